"""From facts to a status: what makes a code yellow or red, with clause, evidence, since and until.

Nothing here is kept. A status is asked for and worked out; when a fact goes, so does what it made. No function of
this street takes a colour and makes it somebody's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID

from wangge.domains.protocol.rules_colours import Colour, ColourRule, When

PRINTED_FOR = timedelta(days=60)  # a printed code; our own setting
LINK_FOR = timedelta(days=60)
APPEAL_WITHIN = timedelta(hours=24)  # an answer to whoever cannot enter somewhere; our own setting
STALE_AFTER = timedelta(hours=6)  # a list older than this says nobody's colour any more; our own setting


class Kind(IntEnum):
    """What carries a code; its number stands under the signature."""

    DAILY = 0  # a phone: another number every day
    PRINTED = 1  # paper: one number until it is replaced


class State(IntEnum):
    """What a status list says of a number, in two bits. A number that is not in it is green."""

    GREEN = 0
    YELLOW = 1
    RED = 2
    VOID = 3  # replaced or taken back: this code is not to be used


STATE = {Colour.GREEN: State.GREEN, Colour.YELLOW: State.YELLOW, Colour.RED: State.RED}


class Consent(StrEnum):
    """How somebody agreed that another phone carries their code."""

    OWN = "own"  # it is their own phone
    AT_DESK = "at_desk"  # said at the desk
    BY_PHONE = "by_phone"  # said on the phone, on a number that was known
    GUARDIAN = "guardian"  # a parent or guardian for a child or somebody in their care
    ON_PAGE = "on_page"  # on their own code's page


class Outcome(StrEnum):
    """How an appeal ends. Neither changes a colour: where the appeal is right, a fact is corrected elsewhere."""

    FACT_CORRECTED = "fact_corrected"  # the fact was wrong and was withdrawn or corrected where it stands
    STANDS = "stands"  # the fact is right, and why
    OVER = "over"  # it had ended by itself meanwhile


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact about somebody that may make a colour. ``what``: the measure, or the colour that a verdict says.

    ``since`` and ``until`` are instants; ``until`` None: until something happens (a test is had). ``ref`` is the id of
    the order, test, answer or verdict; ``source`` who stands for it.
    """

    when: When
    what: str
    since: datetime
    until: datetime | None
    ref: UUID
    source: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What a code is at an instant, and the whole reasoning: the rule that decides and all evidence of that colour."""

    colour: Colour
    rule: ColourRule | None = None
    evidence: tuple[Evidence, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


GREEN = Status(Colour.GREEN)


def holds(rule: ColourRule, one: Evidence, now: datetime) -> bool:
    """Whether a fact is a ground under a rule at an instant."""
    if one.when is not rule.when or now < begins(rule, one) or ((end := ends(rule, one)) is not None and end <= now):
        return False
    if rule.when is When.MEASURE:
        return one.what in rule.of
    return one.what == rule.colour if rule.when is When.VERDICT else True


def begins(rule: ColourRule, one: Evidence) -> datetime:
    """A test is overdue only once its grace is over: a sample on its way is nobody's delay."""
    return one.since + rule.grace


def ends(rule: ColourRule, one: Evidence) -> datetime | None:
    """The fact's own end, or so many days after it was said."""
    if not rule.days:
        return one.until
    end = one.since + timedelta(days=rule.days)
    return min(end, one.until) if one.until else end


def status(rules: Sequence[ColourRule], facts: Iterable[Evidence], now: datetime) -> Status:
    """The first rule with a ground decides. The colour lasts as long as its longest ground."""
    known = sorted(facts, key=lambda one: (one.since, one.ref))
    for rule in rules:
        if grounds := tuple(one for one in known if holds(rule, one, now)):
            found = [ends(rule, one) for one in grounds]
            sure = [end for end in found if end]
            until = max(sure) if len(sure) == len(found) else None
            return Status(rule.colour, rule, grounds, min(begins(rule, one) for one in grounds), until)
    return GREEN


def initials(name: str) -> str:
    """What a guard compares with the person in front: the first character, the rest as stars (王**, W**)."""
    name = name.strip()
    return name[:1].upper() + "*" * min(max(len(name) - 1, 1), 2) if name else ""
