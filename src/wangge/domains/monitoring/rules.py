"""Policy of daily reports: which report of the day it is, what a reading says, when silence becomes a call and a knock.

Silence is a reason to look after somebody and never a mark against them: a report ends it, whoever brings it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SlotState(StrEnum):
    """Where one expected report stands. Each is a column of the tally; together they are what was expected."""

    WAITING = "waiting"  # not due yet
    REPORTED = "reported"
    LATE = "late"  # it came, after its hour
    SILENT = "silent"  # its hour is over and nothing came
    REFUSED = "refused"  # said so, this time


COLUMNS = tuple(state.value for state in SlotState)


class Channel(StrEnum):
    LINK = "link"
    PHONE = "phone"
    DOOR = "door"


class Careful(StrEnum):
    """Why somebody is looked after at the first missed report."""

    ALONE = "alone"
    OLD = "old"
    ILL = "ill"
    PREGNANT = "pregnant"


class Symptom(StrEnum):
    COUGH = "cough"
    THROAT = "throat"
    TIRED = "tired"
    TASTE = "taste"
    DIARRHOEA = "diarrhoea"
    BREATH = "breath"
    CHEST = "chest"
    CONFUSED = "confused"
    OTHER = "other"


#: With one of these 120 is called at once; the page says so before anything else.
GRAVE = frozenset({Symptom.BREATH, Symptom.CHEST, Symptom.CONFUSED})


class Dependant(StrEnum):
    """Who needs care and has nobody."""

    CHILD = "child"
    OLD = "old"
    ILL = "ill"


class Why(StrEnum):
    """Why a doctor calls."""

    FEVER = "fever"
    COLD = "cold"
    GRAVE = "grave"  # a symptom that does not wait
    MIND = "mind"  # wants somebody to talk to
    AGAIN = "again"  # the doctor said so at the last call


#: What was read or felt stays until a doctor called, also when a later report says that it is better: a fever that went
#: down may be the medicine. A wish to talk is taken back by whoever had it.
TAKEN_BACK = frozenset({Why.MIND})


class CallOutcome(StrEnum):
    """What came of a doctor's call."""

    WELL = "well"
    WATCH = "watch"  # called again, at the time that the doctor says
    HOSPITAL = "hospital"
    UNREACHED = "unreached"  # tried again; meanwhile somebody knocks
    DECLINED = "declined"


#: After these somebody calls again.
CALLED_AGAIN = frozenset({CallOutcome.WATCH, CallOutcome.UNREACHED})
TRY_AGAIN = timedelta(minutes=30)  # after nobody answered; our own setting


class ConsentHow(StrEnum):
    """How somebody agreed that another one of the household reports for them."""

    PAGE = "page"  # on their own page
    WORKER = "worker"  # told the worker, in person


LOWEST, HIGHEST = 340, 430  # tenths of a degree that a living person has
ADULT = 18  # years
CHILD = 14  # below it whoever is responsible answers (PIPL art. 31)
OF_LINK, OF_ADDRESS = 12, 600  # reports an hour: of one page; of one address, which may be a whole compound's network
HOUR = timedelta(hours=1)
DRAFT_FOR = timedelta(hours=12)  # as long as a report may have waited on a phone without a network
SLACK = timedelta(minutes=5)

_READING = re.compile(r"(\d{2})(?:[.,。·](\d)\d?)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed as a temperature: tenths of a degree; or, where the point was left out, what may be ``meant``."""

    tenths: int | None = None
    meant: int | None = None


def read_reading(text: str) -> Reading:
    """'36.5' and '36,5℃' are read; '365' is asked back and never guessed; anything else is no temperature."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("度").upper().removesuffix("C").rstrip("° ")
    if (found := _READING.fullmatch(plain)) and plain.isascii() | ("。" in plain):
        tenths = int(found[1]) * 10 + int(found[2] or 0)
        return Reading(tenths if LOWEST <= tenths <= HIGHEST else None)
    if len(plain) == 3 and plain.isascii() and plain.isdigit() and LOWEST <= int(plain) <= HIGHEST:
        return Reading(meant=int(plain))
    return Reading()


@dataclass(frozen=True, slots=True)
class Told:
    """A checked report. ``tenths`` None: not taken. ``medicine_days`` None: none is needed. ``supplies``: assured."""

    tenths: int | None
    symptoms: tuple[Symptom, ...]
    supplies: bool
    medicine_days: int | None
    dependants: tuple[Dependant, ...]
    mind: bool
    help: str


def whys(told: Told, fever: int, cold: int) -> tuple[Why, ...]:
    """Why a doctor calls after this report; the gravest first. ``fever`` and ``cold`` in tenths, by the protocol."""
    found = [
        (Why.GRAVE, bool(GRAVE & set(told.symptoms))),
        (Why.FEVER, told.tenths is not None and told.tenths >= fever),
        (Why.COLD, told.tenths is not None and told.tenths <= cold),
        (Why.MIND, told.mind),
    ]
    return tuple(why for why, true in found if true)


def standing(before: Iterable[Why], now: Iterable[Why]) -> tuple[Why, ...]:
    """The reasons of an open call after another report, in the order of their weight; empty: it is taken back."""
    new = set(now)
    kept = {why for why in before if why not in TAKEN_BACK} | new
    return tuple(why for why in (Why.GRAVE, Why.FEVER, Why.COLD, Why.MIND, Why.AGAIN) if why in kept)


class Step(StrEnum):
    """What silence has become."""

    NONE = ""
    CALL = "call"
    KNOCK = "knock"


def step(misses: int, careful: bool, call_after: int, knock_after: int) -> Step:
    """After how many missed reports in a row somebody is called, and knocked for. ``careful``: alone, frail or in
    heat: both at the first one."""
    if careful and misses:
        return Step.KNOCK
    if misses >= knock_after:
        return Step.KNOCK
    return Step.CALL if misses >= call_after else Step.NONE


def slot_at(hour: int, opens: Sequence[int]) -> int:
    """Which report of the day is due, by what opened last; before the first one it is the first. An index."""
    return max((number for number, begins in enumerate(opens) if begins <= hour), default=0)


def in_time(due_at: datetime, received_at: datetime) -> SlotState:
    """Whether a report came before its hour was over, or late: from the minute of the hour on, as all work is."""
    return SlotState.REPORTED if received_at < due_at else SlotState.LATE


@dataclass(frozen=True, slots=True)
class When:
    """The instant that counts for a report; ``off``: the phone's clock could not be believed."""

    at: datetime
    off: bool


def when(said: datetime | None, received: datetime) -> When:
    """A report may have waited on the phone for as long as ``DRAFT_FOR``; a clock wrong by a day is not believed."""
    if said is None:
        return When(received, False)
    if received - DRAFT_FOR <= said <= received + SLACK:
        return When(min(said, received), False)
    return When(received, True)


def may_answer(agreed: bool, age: int | None, helper_age: int | None) -> bool:
    """Whether one of the household may report for another: by agreement; for a child whoever is grown up."""
    grown = helper_age is None or helper_age >= ADULT
    return agreed or (age is not None and age < CHILD and grown)
