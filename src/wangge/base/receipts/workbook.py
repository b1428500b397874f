"""Workbooks (xlsx, xls, ods): opened in a child process with limits, so that no file can hold this one up."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import IO, Any

from wangge.base.problems import Problem
from wangge.base.receipts.forms import Row

CHILD = Path(__file__).with_name("workbook_child.py")
MOST_EXPANDED = 400 * 1024 * 1024  # bytes of all members together, as the archive says
MOST_MEMORY = 1536 * 1024 * 1024  # bytes of address space
MOST_SECONDS = 60  # of processor time
PATIENCE = 120.0  # seconds by the clock

Top = tuple[str, list[Row]]


def read_workbook(content: bytes, choose: Callable[[Sequence[Top]], int], most_rows: int) -> tuple[int, list[Row]]:
    """The rows of the sheet that ``choose`` picks by the first rows of each. Raises Problem when it cannot be read."""
    with _child(most_rows) as (give, take):
        with suppress(BrokenPipeError):  # it has said why before it read everything
            give.write(len(content).to_bytes(8, "big") + content)
            give.flush()
        tops = _next(take, most_rows)
        chosen = choose([(one["name"], [(number, cells) for number, cells in one["rows"]]) for one in tops])
        return chosen, _rows_of(chosen, give, take, most_rows)


def read_sheets(
    content: bytes, most_rows: int, *, expanded: int = MOST_EXPANDED, seconds: int = MOST_SECONDS
) -> list[tuple[str, int, list[Row]]]:
    """Every sheet that holds anything: its name, how many columns are empty before its first, and its rows.

    ``expanded`` (bytes) and ``seconds`` (of processor time): less for somebody who waits for the answer.
    """
    with _child(most_rows, expanded, seconds) as (give, take):
        with suppress(BrokenPipeError):
            give.write(len(content).to_bytes(8, "big") + content)
            give.flush()
        tops = _next(take, most_rows)
        return [
            (one["name"], one["left"], _rows_of(at, give, take, most_rows))
            for at, one in enumerate(tops) if not one["hidden"]
        ]  # fmt: skip


def _rows_of(sheet: int, give: IO[bytes], take: IO[bytes], most_rows: int) -> list[Row]:
    with suppress(BrokenPipeError):
        give.write(f"{sheet}\n".encode())
        give.flush()
    rows: list[Row] = []
    while (part := _next(take, most_rows)) is not None:
        rows += [(number, cells) for number, cells in part]
    return rows


def _next(take: IO[bytes], most_rows: int) -> Any:
    line = take.readline()
    if not line.endswith(b"\n"):
        raise Problem("workbook_too_big", field="file")  # a limit has ended it
    said = json.loads(line)
    if isinstance(said, dict):
        values = {"most": most_rows} if said["refused"] == "file_too_many_rows" else {}
        raise Problem(said["refused"], field="file", **values)
    return said


@contextmanager
def _child(
    most_rows: int, expanded: int = MOST_EXPANDED, seconds: int = MOST_SECONDS
) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    limits = [str(number) for number in (expanded, MOST_MEMORY, seconds, most_rows)]
    process = subprocess.Popen(  # noqa: S603  # our own script
        [sys.executable, "-I", str(CHILD), *limits],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    timer = Timer(PATIENCE, process.kill)
    timer.start()
    try:
        assert process.stdin is not None  # both were asked for as pipes
        assert process.stdout is not None
        yield process.stdin, process.stdout
    finally:
        timer.cancel()
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        process.wait()
