"""To be written."""


def main() -> None:
    """Run."""
