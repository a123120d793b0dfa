"""The tepal command."""

from __future__ import annotations

import os
import subprocess
import sys

from ._command import SCRIPT
from ._errors import TepalError
from ._node import find_node


def main() -> None:
    try:
        words = [find_node(), SCRIPT, *sys.argv[1:]]
    except TepalError as error:
        sys.exit(f"tepal: {error.message}\n  {error.hint}")
    if sys.platform != "win32":
        os.execv(words[0], words)
    # exec on Windows returns to the shell before the program ends.
    sys.exit(subprocess.call(words))


if __name__ == "__main__":
    main()
