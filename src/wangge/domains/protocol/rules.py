"""What a protocol says, as data. A protocol file fills these; streets and flows read them and know no disease.

A *role* is what a fact makes of a person (a close contact, someone in a flood area). Days are counted from the
role's reason: ``first_day`` 1 means that the measure's first day is the day after the last exposure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wangge.domains.protocol.rules_colours import ColourRule
from wangge.domains.protocol.rules_entry import Entry
from wangge.domains.protocol.rules_words import Confidence as Confidence
from wangge.domains.protocol.rules_words import Text as Text


class Where(StrEnum):
    """Where a measure is spent. Only at home nobody has to leave."""

    HOME = "home"
    CENTRAL = "central"
    HOSPITAL = "hospital"


Marks = Mapping[str, Confidence]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A clause and what it says."""

    clause: str
    quote: Text
    mark: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, how many days it lasts and where."""

    kind: str
    days: int
    where: Where = Where.HOME


@dataclass(frozen=True, slots=True)
class TestDay:
    """A test on a day of the role, taken at the person's door or elsewhere; ``times`` 2 is a double test.

    ``day`` counts from the first measure on; ``of`` names the measure whose own day the text speaks of.
    """

    day: int
    times: int = 1
    at_door: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class DoorItem:
    """Something to do at the door: within so many hours, for each person or once for the door.

    ``when``: 'known' as soon as the role is known, 'ordered' once an authority has confirmed the order.
    """

    kind: str
    within_hours: float
    per_door: bool = False
    when: str = "known"


@dataclass(frozen=True, slots=True)
class Role:
    """What follows for a person with this role. ``rank``: the highest of several decides."""

    key: str
    rank: int
    label: Text
    clause: str
    quote: Text
    first_day: int = 0
    provisional_hours: float = 0
    retest_hours: float = 0
    measures: tuple[Measure, ...] = ()
    tests: tuple[TestDay, ...] = ()
    items: tuple[DoorItem, ...] = ()
    marks: Marks = field(default_factory=dict)

    @property
    def days(self) -> int:
        """How long all measures last, one after the other."""
        return sum(one.days for one in self.measures)


@dataclass(frozen=True, slots=True)
class ExposureRule:
    """What a kind of exposure makes of the other person, and who decides it."""

    kind: str
    role: str
    by_tracer: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Area:
    """A level or kind of area: how large one is as a rule, what holds in it, when it is over and what it is then.

    ``tube``: how many people share one test tube (0: not said); ``release_days``: days without a new infection.
    """

    key: str
    label: Text
    unit: Text
    rule: Text
    clause: str
    release: Text | None = None
    release_days: int = 0
    becomes: str = ""
    first_screen_hours: float = 0
    tests: tuple[int, ...] = ()
    tube: int = 0
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Traveller:
    """What is asked of somebody who comes from an area of some kind."""

    area: str
    rule: Text
    clause: str
    measures: tuple[Measure, ...] = ()
    tests: tuple[TestDay, ...] = ()
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnVisit:
    """Who comes from an area of this kind is visited: what is done at the door, within so many hours of arriving."""

    area: str
    kind: str
    within_hours: float


@dataclass(frozen=True, slots=True)
class SelfReporting:
    """People who come back are asked to say so. Only what stands under ``visits`` and ``needs`` makes work.

    ``lookback_days``: stays count as far back from the day of arrival.
    """

    rule: Text
    clause: str
    lookback_days: int
    visits: tuple[ReturnVisit, ...] = ()
    needs: ReturnVisit | None = None
    marks: Marks = field(default_factory=dict)

    def visit(self, area: str) -> ReturnVisit | None:
        """What is done at the door of somebody from an area of this kind, if anything."""
        return next((one for one in self.visits if area and one.area == area), None)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often everybody in a kind of place is tested once somebody there is infected."""

    label: Text
    rule: Text


@dataclass(frozen=True, slots=True)
class MassTesting:
    """Testing of everybody. ``asked`` False: the edition does not test by area, and ``rule`` says what it does."""

    asked: bool
    rule: Text
    clause: str
    complete_hours: float = 0
    frequencies: tuple[Frequency, ...] = ()
    marks: Marks = field(default_factory=dict)


class Named(StrEnum):
    """What exists only where the order that opened a Response names it, and ends with the Response."""

    CODES = "codes"  # 健康码: personal codes, the status list, checkpoints that scan them
    CHECK_IN = "check_in"  # 场所码: who was at a venue


@dataclass(frozen=True, slots=True)
class Codes:
    """Where somebody may be asked to show a code: anywhere it is posted, at the listed kinds of place, or nowhere.

    ``colours``: what makes one yellow or red; the first rule that holds decides. Without any nobody's code is either.
    """

    asked: str
    at: tuple[Text, ...]
    clause: str
    colours: tuple[ColourRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """One edition of one protocol. ``on`` maps a signal (screen_positive, case, opening) to a role.

    Editions of one ``family`` may follow each other inside a Response. ``switch`` is the clause under which what
    runs already is worked out again. ``all_off``: nothing is asked of anybody any more.
    """

    key: str
    family: str
    label: Text
    valid_from: date
    valid_to: date | None
    saves_lives: bool
    roles: Mapping[str, Role]
    on: Mapping[str, str]
    exposures: Mapping[str, ExposureRule]
    words: Mapping[str, Text]
    switch: Quoted
    sources: tuple[Text, ...] = ()
    all_off: bool = False
    areas: Mapping[str, Area] = field(default_factory=dict)
    travellers: tuple[Traveller, ...] = ()
    mass_testing: MassTesting | None = None
    codes: Codes | None = None
    self_report: SelfReporting | None = None
    entry: Entry | None = None
    forbidden: tuple[Quoted, ...] = ()
    marks: Marks = field(default_factory=dict)
    lookback_days: int = 0
    stays: Mapping[str, int] = field(default_factory=dict)
    candidates_cap: int = 0
    checkins_days: int = 0
    escalate_hours: float = 4

    def role_on(self, signal: str) -> Role | None:
        """The role a signal gives, if this protocol answers it."""
        key = self.on.get(signal)
        return self.roles[key] if key else None

    def role_met(self, kind: str) -> Role | None:
        """The role that a kind of exposure gives, if this edition still judges it."""
        rule = self.exposures.get(kind)
        return self.roles[rule.role] if rule else None

    def role_given(self, *, kind: str, role: str, under: str) -> Role | None:
        """What an exposure makes of somebody under this edition: the role it was decided with, or, where another
        edition decided it, the one this edition gives for its kind."""
        return self.roles.get(role) if under in ("", self.key) else self.role_met(kind)

    def asks_code_at(self, kind: str) -> bool:
        """Whether a code may be asked for at all at a checkpoint of this kind."""
        asked = self.codes.asked if self.codes else "nowhere"
        return asked != "nowhere" and self.entry is not None and kind in self.entry.asks

    def where(self, measure: str) -> Where:
        """Where a measure is spent; at home when this edition does not know it."""
        known = (one.where for role in self.roles.values() for one in role.measures if one.kind == measure)
        return next(known, Where.HOME)

    def word(self, key: str) -> Text:
        """The protocol's words for a measure or an item; the key itself where it has none."""
        return self.words.get(key) or Text(key, key)

    def strictest(self, keys: list[str]) -> Role | None:
        """The role of highest rank among these."""
        return max((self.roles[key] for key in keys), key=lambda role: role.rank, default=None)
