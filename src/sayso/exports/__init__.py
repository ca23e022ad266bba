"""Out of the door: one writer a format, each in a file of its own, all named in ``registry``; nothing here decides."""
