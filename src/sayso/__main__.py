"""``python -m sayso``: the same as the command ``sayso``."""

import sys

from sayso.cli import main

sys.exit(main())
