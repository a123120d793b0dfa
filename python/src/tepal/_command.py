"""Runs the tepal command, and turns its errors into exceptions."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, Sequence

from ._errors import TepalError
from ._node import find_node

SCRIPT = str(Path(__file__).parent / "_command" / "dist" / "tepal.js")


def run(words: Sequence[str], *, stdin: str = "", progress: bool = False) -> str:
    """What the command prints. Its progress goes to sys.stderr, which notebooks show. Raises TepalError."""
    process = subprocess.Popen(
        [find_node(), SCRIPT, *words, "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin and process.stdout and process.stderr
    notes: list[str] = []
    # All three at once: each pipe blocks when it is full.
    reader = threading.Thread(target=_read_notes, args=(process.stderr, notes, progress))
    writer = threading.Thread(target=_write, args=(process.stdin, stdin))
    reader.start()
    writer.start()
    try:
        out = process.stdout.read()
        status = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        raise
    finally:
        writer.join()
        reader.join()
    if status != 0:
        raise _error_of(out, "".join(notes))
    return out


def _read_notes(stream: IO[str], notes: list[str], progress: bool) -> None:
    for line in stream:
        notes.append(line)
        if progress:
            sys.stderr.write(line)


def _write(stream: IO[str], text: str) -> None:
    try:
        stream.write(text)
        stream.close()
    except OSError:
        pass  # The command ended before it read its input: its status tells why.


def _error_of(out: str, notes: str) -> TepalError:
    try:
        error: dict[str, Any] = json.loads(out)["error"]
        return TepalError(
            error["message"], code=error["code"], hint=error.get("hint", ""), place=error.get("place")
        )
    except (ValueError, KeyError, TypeError):
        return TepalError(notes.strip() or "The tepal command failed without a message", code="command-failed")
