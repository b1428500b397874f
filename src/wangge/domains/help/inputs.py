"""What a request for help says, made uniform. The only parser for it."""

import unicodedata
from collections.abc import Mapping
from uuid import UUID

from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.help.rules import Said, Whom
from wangge.domains.help.terms import terms
from wangge.domains.people.rules import normal_phone

MOST = {"where": 80, "words": 500, "guardian": 80, "carer": 120}


def read_help(typed: Mapping[str, str]) -> Said:
    """A checked request. Raises Problems with every mistake at once. Phone, address and name may all be unknown."""
    problems: list[Problem] = []
    term = terms().kinds.get(typed.get("kind", ""))
    whom = member(Whom, typed.get("whom", "") or Whom.SELF)
    if term is None:
        problems.append(Problem("help_kind", field="kind"))
    if whom is None:
        problems.append(Problem("help_whom", field="whom"))
    phone = normal_phone(typed.get("phone", "")[:40])
    if phone and not 3 <= len(phone) <= 15:
        problems.append(Problem("help_phone", field="phone"))
    where, words, guardian = (text(typed, name) for name in ("where", "words", "guardian"))
    if term and term.public and not where:
        problems.append(Problem("help_where", field="where"))
    if not (where or phone or words):
        problems.append(Problem("help_nothing", field="where"))
    if whom is Whom.CHILD and not guardian:
        problems.append(Problem("help_guardian", field="guardian"))
    uuid = read_uuid(typed.get("uuid", ""), problems)
    if problems or term is None or whom is None or uuid is None:
        raise Problems(problems)
    return Said(uuid, term.key, Whom.SELF if term.public else whom, where, phone, words, guardian)


def read_uuid(typed: str, problems: list[Problem]) -> UUID | None:
    """The id that a page made."""
    try:
        return UUID(typed)
    except ValueError:
        problems.append(Problem("help_number"))
        return None


def text(typed: Mapping[str, str], name: str) -> str:
    """A free text in one line, as long as it may be."""
    plain = unicodedata.normalize("NFC", typed.get(name, "")[: 4 * MOST[name]]).replace("\0", " ")
    return " ".join(plain.split())[: MOST[name]]
