"""What forms say of accounts, made uniform."""

import re
import unicodedata
from dataclasses import dataclass

from wangge.base.problems import Problem, Problems
from wangge.domains.people.rules import normal_phone

USERNAME = re.compile(r"[\w.@-]{3,60}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be invited. The phone is normalised; it may be empty."""

    name: str
    phone: str


def read_newcomer(*, name: str, phone: str) -> Newcomer:
    """Raises Problems with every mistake at once."""
    problems, name, digits = [], " ".join(name.split()), normal_phone(phone)
    if not name:
        problems.append(Problem("newcomer_nameless", field="name"))
    if phone.strip() and not 5 <= len(digits) <= 15:
        problems.append(Problem("staff_phone_wrong", field="phone"))
    if problems:
        raise Problems(problems)
    return Newcomer(name[:60], digits)


def read_username(text: str) -> str:
    """Letters, digits and . @ - _, three at least, and not all digits: those are phones."""
    name = unicodedata.normalize("NFKC", text).strip()
    if not USERNAME.fullmatch(name) or name.isdigit():
        raise Problem("username_wrong", field="username")
    return name
