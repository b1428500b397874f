"""Problems that a person can do something about. Each says what happened and what to do next.

A verb raises one; a face shows it in the reader's language; nothing was written.
"""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):
    """A refusal with a code. ``words`` of the street turn the code into two sentences; ``field`` names an input."""

    def __init__(self, code: str, *, field: str = "", **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values: Mapping[str, Any] = values


class Problems(Exception):
    """Several at once: a form shows them all, a row of a file keeps the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
