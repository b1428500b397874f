"""The collector of cycles rests while rows are made by the hundred thousand.

Nearly all of them live until the work is done, and every look at them for cycles is for nothing: half of the time of
a large file went there. What is no longer used is freed at once as ever; only cycles wait until the end.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_resting = 0  # how many pieces of work are going on in this process, in any thread


@contextmanager
def resting() -> Iterator[None]:
    """No search for cycles meanwhile; then one among what was made since. It is switched on again by the last."""
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _resting
    with _lock:
        if _resting == 0:
            gc.disable()
        _resting += 1


def _end() -> None:
    global _resting
    with _lock:
        _resting -= 1
        if _resting == 0:
            gc.collect(0)
            gc.enable()
