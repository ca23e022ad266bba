"""How many were killed, injured, abducted, arrested, missing or displaced, and of whom."""
