"""Profiles."""


def profiles():
    return ()
