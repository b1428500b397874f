"""People as a list shows them: whom to look for, not who it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wangge.base import clock
from wangge.base.privacy import mask_name
from wangge.domains.people.models import Person
from wangge.domains.people.rules import age_on
from wangge.domains.people.words import SEXES
from wangge.domains.places.queries import labels


@dataclass(frozen=True, slots=True)
class Row:
    uuid: UUID
    name: str
    door: str
    sex: str
    age: int | None
    died: bool


def rows(people: Iterable[Person]) -> list[Row]:
    """A page of people with one query for all their doors."""
    people = list(people)
    doors = labels([one.home for one in people])
    today = clock.today()
    return [
        Row(one.uuid, mask_name(one.name), doors[one.home_id], str(SEXES[one.sex]), age_on(one.birth_date, today),
            one.died_on is not None)
        for one in people
    ]  # fmt: skip
