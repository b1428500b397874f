"""What a protocol says, as data. A protocol file fills these; streets and flows read them and know no disease.

A *role* is what a fact makes of a person (a close contact, someone in a flood area). Days are counted from the
role's reason: ``first_day`` 1 means that the measure's first day is the day after the last exposure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the two languages a protocol file carries, and in traditional characters as its reader derived them."""

    zh: str
    en: str
    hant: str = ""

    def __str__(self) -> str:
        return self.zh

    def into(self, language: str) -> str:
        """The words for a language code such as 'zh-hans', 'zh-hant' or 'en'."""
        if language.startswith("en"):
            return self.en
        return self.hant or self.zh if language == "zh-hant" else self.zh


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure and how many days it lasts."""

    kind: str
    days: int


@dataclass(frozen=True, slots=True)
class TestDay:
    """A test on a day of the role, taken at the person's door or elsewhere; ``times`` 2 is a double test."""

    day: int
    times: int = 1
    at_door: bool = False


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


@dataclass(frozen=True, slots=True)
class ExposureRule:
    """What a kind of exposure makes of the other person, and who decides it."""

    kind: str
    role: str
    by_tracer: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """One edition of one protocol. ``on`` maps a signal (screen_positive, case, opening) to a role."""

    key: str
    label: Text
    valid_from: date
    valid_to: date | None
    saves_lives: bool
    roles: Mapping[str, Role]
    on: Mapping[str, str]
    exposures: Mapping[str, ExposureRule]
    words: Mapping[str, Text]
    lookback_days: int = 0
    stays: Mapping[str, int] = field(default_factory=dict)
    candidates_cap: int = 0
    checkins_days: int = 0
    escalate_hours: float = 4

    def role_on(self, signal: str) -> Role | None:
        """The role a signal gives, if this protocol answers it."""
        key = self.on.get(signal)
        return self.roles[key] if key else None

    def word(self, key: str) -> Text:
        """The protocol's words for a measure or an item; the key itself where it has none."""
        return self.words.get(key) or Text(key, key)

    def strictest(self, keys: list[str]) -> Role | None:
        """The role of highest rank among these."""
        return max((self.roles[key] for key in keys), key=lambda role: role.rank, default=None)
