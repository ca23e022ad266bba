"""Source, cue and content of every attribution: by the model's layers where it ran, else by rule."""
