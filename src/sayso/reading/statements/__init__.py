"""From attributions to statements: holder, channel, stance, time of saying, certainty, nesting."""
