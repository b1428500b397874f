"""Places among the numbers of a Response: counted from 0 in each, so that another's codes use up none of its own."""

from collections.abc import Iterable

from wangge.base import sets
from wangge.base.problems import Problem
from wangge.domains.codes import queries
from wangge.domains.codes.models import CodeSlot
from wangge.domains.codes.numbers import DOMAIN
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response


def give_slots(response: Response, people: Iterable[int]) -> None:
    """A place for whoever has none: of a city's first list tens of thousands, in one statement.

    Desk and worker give places at one time without waiting for a lock of the Response: whose number another took first
    is left out by the statement and gets the next one; a number may stay without anybody then. Raises Problem when all
    numbers are given.
    """
    while missing := sorted(set(people) - queries.slots_of(response, people).keys()):
        first = queries.next_slot(response)
        if first + len(missing) > DOMAIN:
            raise Problem("codes_full")
        chosen = sets.pairs({person: first + number for number, person in enumerate(missing)})
        sets.run(
            f"INSERT INTO {CodeSlot._meta.db_table} (response_id, person_id, slot)"  # noqa: S608  # our own names
            f" SELECT %s, p.key, p.value FROM ({chosen.sql}) AS p WHERE p.value >= 0 ORDER BY p.value"
            " ON CONFLICT DO NOTHING",  # SQLite needs the WHERE to tell this from the ON of a join
            (response.pk, *chosen.params),
        )


def slot_of(person: Person, response: Response) -> int:
    """Their place among the numbers, given when it is first needed. Raises Problem."""
    held = queries.slots_of(response, [person.pk])
    if person.pk not in held:
        give_slots(response, [person.pk])
        held = queries.slots_of(response, [person.pk])
    return held[person.pk]
