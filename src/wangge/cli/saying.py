"""How commands speak: figures on the left, and problems with what to do next."""

import sys
from collections.abc import Sequence

from wangge.base.problems import Problem
from wangge.base.receipts import words as receipts
from wangge.domains.asking import words as asking
from wangge.domains.duty import words as duty
from wangge.domains.lists import words as lists
from wangge.domains.people import words as people
from wangge.domains.places import words as places
from wangge.domains.protocol import words as protocol
from wangge.domains.risk import words as risk
from wangge.domains.venues import words as venues

#: A street's words come after those of receipts: what is said of a file of places is said by places.
SENTENCES = {
    **duty.PROBLEMS, **receipts.PROBLEMS, **venues.PROBLEMS, **people.PROBLEMS, **places.PROBLEMS, **protocol.PROBLEMS,
    **risk.PROBLEMS, **asking.PROBLEMS, **lists.PROBLEMS,
}  # fmt: skip


def say(line: str = "") -> None:
    print(line, flush=True)


def refuse(sentence: str, code: int = 1) -> int:
    """Say on the error stream why not and what to do; returns the exit code (2: the call or its input is wrong)."""
    print(f"wangge: {sentence}", file=sys.stderr, flush=True)
    return code


def problem(error: Problem) -> str:
    """A problem's two sentences in the installation's language."""
    sentence = str(SENTENCES.get(error.code, error.code))
    return sentence % error.values if error.values else sentence


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines of aligned columns; Chinese characters count double."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if "\u2e80" <= char <= "\uffef" else 1 for char in text)
