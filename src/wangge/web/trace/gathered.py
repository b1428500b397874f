"""All a case page shows, read in a number of queries that does not grow with the people met."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.base import clock
from wangge.base.privacy import mask_name
from wangge.domains.cases import queries
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.cases.rules import ExposureState
from wangge.domains.cases.words import KINDS, STATES
from wangge.domains.people.rules import age_on
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.rules import Protocol
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import named
from wangge.web.desk.words import day, language


@dataclass
class Gathered:
    """A case with its exposures, and the words for each. Names of people met stay masked."""

    case: Case
    exposures: list[Exposure]

    @cached_property
    def edition(self) -> Protocol:
        """The protocol under which the case was traced."""
        return in_force(self.case.response, clock.day_of(self.case.confirmed_at))

    @cached_property
    def venues(self) -> dict[UUID, Venue]:
        return named(one.venue for one in self.exposures if one.venue)

    @cached_property
    def _places(self) -> dict[int, str]:
        places = {one.person.home for one in self.exposures} | {one.place for one in self.exposures if one.place}
        return labels(places)

    @cached_property
    def _districts(self) -> dict[int, str]:
        full = labels({one.person.home for one in self.exposures}, divisions=True)
        return {key: [*text.split(" "), ""][1] for key, text in full.items()}

    def where(self, one: Exposure) -> str:
        """The venue or place of a meeting; empty where nobody knows."""
        if one.venue in self.venues:
            return self.venues[one.venue].name
        return self._places.get(one.place_id or 0, "")

    def door(self, one: Exposure) -> str:
        return self._places[one.person.home_id]

    def row(self, one: Exposure) -> dict[str, Any]:
        """One exposure in words, for a list."""
        role = self.edition.roles.get(one.role)
        return {
            "uuid": one.uuid, "state": one.state, "word": STATES[one.state], "kind": one.kind, "why": KINDS[one.kind],
            "name": mask_name(one.person.name), "age": age_on(one.person.birth_date, clock.today()),
            "district": self._districts[one.person.home_id], "door": self.door(one), "where": self.where(one),
            "when": span(one.starts, one.ends), "minutes": one.minutes, "crowd": one.crowd, "rank": one.rank,
            "clause": one.clause, "role": role.label.into(language()) if role else one.role, "via": self._via(one),
            "phone": bool(one.person.phone_index) and one.person.died_on is None, "person": one.person,
        }  # fmt: skip

    def _via(self, one: Exposure) -> str:
        return mask_name(one.via.person.name) if one.via else ""

    def in_state(self, *states: ExposureState) -> list[Exposure]:
        return [one for one in self.exposures if one.state in states]


def gathered(case: Case) -> Gathered:
    """Everything about a case's exposures, wherever the people live."""
    return Gathered(case, list(queries.exposures(case)))


def lasted(minutes: int | None) -> str:
    """'50 min'; nothing where nobody said how long."""
    return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes} if minutes else ""


def span(starts: datetime, ends: datetime) -> str:
    """'2 April 12:00-12:50', or from one day to another."""
    first, last = localtime(starts, clock.LOCAL), localtime(ends, clock.LOCAL)
    if last - first >= timedelta(hours=20):
        return _("%(first)s to %(last)s") % {"first": day(first.date()), "last": day(last.date())}
    over = "" if first.date() == last.date() else f" {day(last.date())} "
    return f"{day(first.date())} {date_format(first, 'H:i')}–{over}{date_format(last, 'H:i')}"
