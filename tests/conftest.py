"""What all tests share: properties are judged by what holds, never by how busy the machine is."""

from __future__ import annotations

import multiprocessing

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_unconfigure() -> None:
    """End what a test left running: a pool with a killed worker may wait for the others for ever when Python exits."""
    for child in multiprocessing.active_children():
        child.kill()
