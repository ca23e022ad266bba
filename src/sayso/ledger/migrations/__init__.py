"""How a database of an older version becomes one of the newest; one file a step, never changed once released."""
