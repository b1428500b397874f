"""What is held about somebody's door: the sensors that hung there, everything these said, and what else was fixed."""

from collections.abc import Iterator
from itertools import islice

from django.db import models
from django.utils.translation import gettext as _

from wangge.domains.fixtures import queries as fixtures
from wangge.domains.fixtures.models import Fixture, OpensCheck
from wangge.domains.fixtures.words import STATES, THINGS
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.sensors import queries
from wangge.domains.sensors.models import Fit, Reading
from wangge.domains.sensors.words import SAID
from wangge.web.desk.words import moment

Rows = list[list[tuple[str, str]]]


def rows(person: Person, most: int) -> Iterator[tuple[type[models.Model], Rows]]:
    """For each kind of row its pairs of label and value, at most so many."""
    fits = list(queries.ever_at(door_of(person.home))[:most])
    yield (
        Fit,
        [
            [(_("Sensor"), one.sensor.code), (_("Fitted"), moment(one.fitted_at)), (_("clause"), one.clause)]
            for one in fits
        ],
    )
    yield from _fixed(door_of(person.home), most)
    said = (each for one in fits for each in queries.readings(one)[:most])
    yield Reading, [[(_("when"), moment(each.at)), (_("what"), str(SAID[each.said]))] for each in islice(said, most)]


def _fixed(door: Place, most: int) -> Iterator[tuple[type[models.Model], Rows]]:
    """What was fixed to the door, and who tried it from inside."""
    hung = list(fixtures.ever_at(door)[:most])
    yield (
        Fixture,
        [
            [
                (_("what"), str(THINGS[one.thing])), (_("Fixed by"), one.installer),
                (_("when"), moment(one.recorded_at)), (_("State"), str(STATES[fixtures.state_of(one)])),
                *_words(fixtures.words_of(one)),
            ]
            for one in hung
        ],
    )  # fmt: skip
    tries = (each for one in hung for each in fixtures.checks(one))
    rows = [[(_("when"), moment(each.at)), (_("who"), fixtures.name_of(each))] for each in islice(tries, most)]
    yield OpensCheck, rows


def _words(said: dict[str, str]) -> list[tuple[str, str]]:
    named = {"words": _("In words"), "confirmed": _("who")}
    return [(label, said[key]) for key, label in named.items() if said.get(key)]
