"""Alerts: a saved query tells somebody of what is new in it: as a feed, a web hook, mail, or lines in a file.

What is new is noted in the transaction that writes the messages (``noticing``), and messages are sent afterwards until
somebody takes them (``outbox``, ``running``): at least once, with an id that stays, never "exactly once" (G11).
"""
