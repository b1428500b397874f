"""What is held about somebody's door: the sensors that hung there, and everything these said."""

from collections.abc import Iterator
from itertools import islice

from django.db import models
from django.utils.translation import gettext as _

from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
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
    said = (each for one in fits for each in queries.readings(one)[:most])
    yield Reading, [[(_("when"), moment(each.at)), (_("what"), str(SAID[each.said]))] for each in islice(said, most)]
