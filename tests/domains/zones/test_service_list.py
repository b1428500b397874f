"""Who needs what in a zone: the unknown first, denominators that add up, statements that do not grow."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.zones.drawing import Drawing

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.ids import uuid7
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.actions.shipping import publish_shipped
from wangge.domains.asking.queries.answers import form_in_use
from wangge.domains.asking.rules import Source
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.zones import queries, service
from wangge.domains.zones.rules import Entry
from wangge.domains.zones.service import Need

NOTHING = {"has_helper": "yes", "daily_medicine": "no", "cannot_wait": "no"}


def say(door: Place, person: Person | None = None, **values: str) -> None:
    record_answers(
        door=door, person=person, values=values, at=clock.now(), by=SYSTEM, source=Source.VISIT, instance=uuid7()
    )


@pytest.fixture
def entries(drawing: Drawing) -> tuple[Entry, ...]:
    publish_shipped(by=SYSTEM)
    zone = drawing.drawn(drawing.compound)
    return queries.entries_of([zone])[zone.pk]


def order(entries: tuple[Entry, ...], need: Need | None = None) -> list[str]:
    return [str(one.pk) for one in service.listed(entries, EVERYTHING, need)]


def test_at_first_nothing_is_known_of_anybody(entries: tuple[Entry, ...]) -> None:
    found = service.figures(entries)
    assert (found.doors, found.unknown, found.known) == (13, 13, 0)


def test_figures_say_what_each_door_needs_and_add_up(drawing: Drawing, entries: tuple[Entry, ...]) -> None:
    homes = drawing.tiny.homes
    say(homes[0], **NOTHING)
    say(homes[1], **NOTHING | {"has_helper": "nobody"})
    say(homes[2], **NOTHING | {"daily_medicine": "yes", "daily_medicine_names": "降压药", "daily_medicine_days": "2"})
    say(homes[3], **NOTHING | {"cannot_wait": "yes", "cannot_wait_what": "dialysis",
                               "cannot_wait_on": clock.today().isoformat()})  # fmt: skip
    found = service.figures(entries)
    assert (found.doors, found.unknown) == (13, 9)
    assert [found.needs[one] for one in (Need.NOBODY, Need.MEDICINE, Need.CANNOT_WAIT)] == [1, 1, 1]
    last = [str(homes[at].pk) for at in (3, 2, 1, 0)]
    assert order(entries)[9:] == last, "unknown first, then what cannot wait, medicine, nobody; nothing needed last"
    assert order(entries, Need.MEDICINE) == [str(homes[2].pk)]


def test_what_somebody_said_of_themselves_before_counts(drawing: Drawing, entries: tuple[Entry, ...]) -> None:
    home = drawing.tiny.homes[5]
    form = form_in_use("life_support")
    assert form
    person = drawing.tiny.living[home.pk][0]
    said = {"oxygen": "no", "power_device": "none", "dialysis": "yes", "dialysis_kind": "home"}
    record_answers(
        door=home, person=person, values=said, at=clock.now(), by=SYSTEM, source=Source.VISIT, form=form,
        instance=uuid7(),
    )  # fmt: skip
    assert service.figures(entries).needs[Need.CANNOT_WAIT] == 1
    (one,) = service.households([home])
    assert (one.visits, one.known) == (["dialysis"], False), "the rest of the household is still not known"


def test_a_household_says_until_when_its_medicine_lasts(drawing: Drawing, entries: tuple[Entry, ...]) -> None:
    home = drawing.tiny.homes[2]
    say(home, **NOTHING | {"daily_medicine": "yes", "daily_medicine_names": "降压药", "daily_medicine_days": "2"})
    (one,) = service.households([home])
    assert one.known
    assert one.texts["daily_medicine_names"] == "降压药"
    assert (one.runs_out - clock.today()).days == 2  # type: ignore[operator]  # it was said


def test_somebody_sees_the_doors_of_their_own_scope(drawing: Drawing, entries: tuple[Entry, ...]) -> None:
    mine = Scope(grids=frozenset({drawing.tiny.grids[0].pk}))
    assert service.figures(entries, mine).doors == 6
    assert len(service.listed(entries, mine, None)) == 6


def statements(act: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    return len(caught)


def test_statements_do_not_grow_with_the_doors(drawing: Drawing, entries: tuple[Entry, ...]) -> None:
    one, three = drawing.tiny.homes[:1], drawing.tiny.homes[:3]
    for home in three:
        say(home, **NOTHING)
    assert statements(lambda: service.households(one)) == statements(lambda: service.households(three))
