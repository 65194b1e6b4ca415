"""`python -m builder` is `briefing`."""

import sys

from builder.cli import main

if __name__ == "__main__":  # worker processes of a batch import this file as well
    sys.exit(main())
