"""From a report's text and its analysis to statements, events and accounts with claims: pure functions only.

``account`` is the way in. One folder a question, each importing only from those before it (a test proves it):
``sentences`` · ``speaking`` (who speaks) · ``attribution`` (source, cue, content) · ``statements`` · ``means`` (with
what) · ``harm`` (how many) · ``where`` · ``happenings`` (what happened) · ``parties`` (who did it, and to whom). The
files beside them are what these share and what gathers them.
"""
