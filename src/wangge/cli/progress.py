"""What is being done now, on a line of its own that is written over. In a pipe or a journal: nothing."""

import sys
from types import TracebackType


class Progress:
    """``with Progress() as now: now("wangge_person")``."""

    def __init__(self) -> None:
        self.shown = 0

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, words: str) -> None:
        if sys.stderr.isatty():
            line = f"  {words} …"
            print("\r" + line.ljust(self.shown), end="", file=sys.stderr, flush=True)
            self.shown = len(line)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.shown:
            print("\r" + " " * self.shown + "\r", end="", file=sys.stderr, flush=True)
