"""The command, as ``python -m wholenet``: where the folder of commands is not on the path, as often on Windows."""

import sys

from wholenet.cli import main

if __name__ == "__main__":
    sys.exit(main())
