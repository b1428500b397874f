"""Invented people: families and lodgers, with documents and phones that add up.

Document numbers carry a right check digit (GB 11643) and a sequence number above 800, which offices hardly
reach; mobile numbers stand in 19900xxxxxx and land lines in 0351-0xxxxxx, which no exchange gives out.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wangge.demo import families
from wangge.demo.names import SURNAMES, full_name
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.rules import DocumentType, check_digit

HERE = ("140105", "140106", "140106", "140106", "140107", "140108", "140109", "140110", "140121")
#: Districts abolished in 1997: whoever was numbered before keeps the code.
BEFORE_1997 = ("140102", "140103", "140104", "140112", "140113")
ELSEWHERE = (
    "140202", "140302", "140402", "140602", "140702", "140802", "140902", "141002", "141102", "130102",
    "410102", "610102", "370102", "510104", "320102", "340104", "420102", "411302", "150102", "622301",
)  # fmt: skip
OTHER = (("H", DocumentType.HK_MACAO), ("T", DocumentType.TAIWAN), ("E", DocumentType.PASSPORT))


@dataclass
class People:
    """Makes people as old as they are on a day. ``lot`` (0-99) keeps a place's phone numbers apart from others'.

    Each household and lodger has chances of its own: on another day the same people live there.
    """

    day: date
    lot: int
    taken: set[str] = field(default_factory=set)
    phones: int = 0
    rng: random.Random = field(default_factory=random.Random)

    def household(self, chance: random.Random, roles: str) -> list[PersonInput]:
        """The people of a household by its roles, see ``families``."""
        self.rng = chance
        ages = families.ages(chance, roles)
        surname, phone = self.rng.choice(SURNAMES), self._mobile()
        return [self._member(role, age, surname, phone, len(roles)) for role, age in zip(roles, ages, strict=True)]

    def lodger(self, chance: random.Random, low: int, high: int, *, male: bool | None = None) -> PersonInput:
        """Somebody in a dormitory, a camp or a home, aged between two ages (both included)."""
        self.rng = chance
        return self._person(chance.randint(low, high), self._sex(male), phone=self._mobile(), away=0.4)

    def _member(self, role: str, age: int, family: str, shared: str, size: int) -> PersonInput:
        male = {"H": True, "W": False, "M": True, "F": False}.get(role, self._sex(None))
        surname = family if role in "HCYM" and self.rng.random() < 0.95 else ""
        return self._person(age, male, phone=self._phone(age, shared, size), surname=surname, away=0.12)

    def _person(self, age: int, male: bool, *, phone: str, away: float, surname: str = "") -> PersonInput:
        born = born_on(self.rng, self.day, age)
        name = full_name(self.rng, born.year, male=male, surname=surname)
        kind, number = self._document(born, male, age, away)
        return PersonInput(name, "male" if male else "female", born, kind, number, phone)

    def _sex(self, male: bool | None) -> bool:
        return self.rng.random() < 0.51 if male is None else male

    def _phone(self, age: int, shared: str, size: int) -> str:
        """Small children and some of the old use the family's phone, or a land line, or none."""
        chance = self.rng.random()
        if age < 12:
            return shared if chance < 0.85 else ""
        if age < families.OLD:
            return shared if chance < 0.3 else self._mobile()
        if chance < 0.5:
            return self._mobile()
        if chance < 0.75:
            return f"03510{self._next()}"
        return shared if chance < 0.92 and size > 1 else ""

    def _mobile(self) -> str:
        return f"19900{self._next()}"

    def _next(self) -> str:
        """Six digits: the lot and a number that comes once in ten thousand."""
        self.phones += 1
        return f"{self.lot:02d}{self.phones * 7919 % 10_000:04d}"

    def _document(self, born: date, male: bool, age: int, away: float) -> tuple[DocumentType, str]:
        """Almost everybody has an ID card; some small children nothing yet, a few people another document."""
        chance = self.rng.random()
        if age < 6 and chance < 0.4:
            return DocumentType.ID_CARD, ""
        if age >= 18 and chance < 0.003:
            letter, kind = self.rng.choice(OTHER)
            return kind, self._unused(lambda: f"{letter}{self.rng.randrange(10_000_000, 99_999_999)}")
        areas: Sequence[str] = HERE if self.rng.random() >= away else ELSEWHERE
        if areas is HERE and born.year < 1997 and self.rng.random() < 0.35:
            areas = BEFORE_1997
        return DocumentType.ID_CARD, self._unused(lambda: id_number(self.rng, areas, born, male=male))

    def _unused(self, make: Callable[[], str]) -> str:
        number = make()
        while number in self.taken:
            number = make()
        self.taken.add(number)
        return number


def id_number(rng: random.Random, areas: Sequence[str], born: date, *, male: bool) -> str:
    """A number with a right check digit: area, birth date, sequence (odd for men)."""
    first17 = f"{rng.choice(areas)}{born:%Y%m%d}{rng.randrange(400, 500) * 2 + male:03d}"
    return first17 + check_digit(first17)


def born_on(rng: random.Random, day: date, age: int) -> date:
    """A date of birth that makes somebody so many completed years old on a civil day."""
    leap_day = (day.month, day.day) == (2, 29)
    birthday = date(day.year - age, day.month, 28 if leap_day else day.day)
    return birthday - timedelta(days=rng.randrange(365))
