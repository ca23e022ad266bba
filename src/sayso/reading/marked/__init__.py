"""What the model's layer ``claim`` marks as telling a field, where no rule has read it."""
