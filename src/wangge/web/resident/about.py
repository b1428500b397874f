"""How a table is spoken of to residents."""

from dataclasses import dataclass
from typing import Any

from wangge.base.access.rights import Right


@dataclass(frozen=True, slots=True)
class About:
    """A table in words: what it holds, what for, and the rights that let somebody see it."""

    what: Any
    purpose: Any
    seen_with: tuple[Right, ...]
