"""What a request for help says, made uniform. The only parser for it."""

import unicodedata
from collections.abc import Mapping
from uuid import UUID

from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.help.rules import BACK, Said, Spoken, Whispered, Whom
from wangge.domains.help.terms import terms
from wangge.domains.people.rules import normal_phone

MOST = {"where": 80, "words": 500, "guardian": 80, "carer": 120, "who": 60, "whom": 120, "what": 500, "safe": 200}


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


def read_call(typed: Mapping[str, str], *, missed: bool = False) -> Spoken:
    """A checked call; a missed one is a number alone. Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    phone = normal_phone(typed.get("phone", "")[:40])
    if (phone or missed) and not 3 <= len(phone) <= 15:
        problems.append(Problem("call_phone", field="phone"))
    who, whom, what = ("", "", "") if missed else (text(typed, name) for name in ("who", "whom", "what"))
    back = typed.get("back", "") or "0"
    minutes = int(back) if back.isdecimal() and len(back) < 5 else -1
    if not missed and not what:
        problems.append(Problem("call_what", field="what"))
    if minutes not in BACK:
        problems.append(Problem("call_back", field="back"))
    if minutes > 0 and not phone:
        problems.append(Problem("call_phone_back", field="phone"))
    uuid = read_uuid(typed.get("uuid", ""), problems)
    if problems or uuid is None:
        raise Problems(problems)
    return Spoken(uuid, who, phone, whom, what, minutes)


def read_whisper(typed: Mapping[str, str]) -> Whispered:
    """What is told apart. Nothing is demanded but some words or a number. Raises Problems."""
    problems: list[Problem] = []
    what, safe, phone = text(typed, "what"), text(typed, "safe"), normal_phone(typed.get("phone", "")[:40])
    if not (what or phone):
        problems.append(Problem("apart_empty", field="what"))
    uuid = read_uuid(typed.get("uuid", ""), problems)
    if problems or uuid is None:
        raise Problems(problems)
    return Whispered(uuid, what, safe, phone[:15])


def uuid_in(typed: str) -> UUID:
    """The id that a page made for what it sends. Raises Problem."""
    try:
        return UUID(typed)
    except ValueError as error:
        raise Problem("help_number") from error


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
