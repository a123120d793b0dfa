from __future__ import annotations

from typing import Any, Mapping


class TepalError(Exception):
    """An error that you can do something about: a code, a message, where it is, and what to do."""

    def __init__(self, message: str, *, code: str, hint: str = "", place: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{message}. {hint} [{code}]" if hint else f"{message} [{code}]")
        self.message = message
        self.code = code
        self.hint = hint
        self.place = dict(place or {})
