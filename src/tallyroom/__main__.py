"""`python -m tallyroom` is `tallyroom`."""

import sys

from tallyroom.cli import main

if __name__ == "__main__":
    sys.exit(main())
