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
from wangge.domains.places.rules import COMMUNITY_LEVEL
from wangge.domains.protocol.queries import in_force, protocol
from wangge.domains.protocol.rules import Protocol, Role
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import named
from wangge.web.desk.words import day, language
from wangge.web.explained import Explained, of_exposure


@dataclass
class Gathered:
    """A case with its exposures, and the words for each. Names of people met stay masked."""

    case: Case
    exposures: list[Exposure]

    @cached_property
    def edition(self) -> Protocol:
        """The protocol under which the case was traced."""
        known = self.case.protocol
        return protocol(known) if known else in_force(self.case.response, clock.day_of(self.case.confirmed_at))

    def role(self, one: Exposure) -> Role | None:
        """What a meeting makes of somebody, under the edition by which it was decided."""
        edition = protocol(one.protocol) if one.protocol else self.edition
        return edition.roles.get(one.role)

    def explained(self, one: Exposure) -> Explained:
        """Of a contact: the rule of its day, and today's. The case's own Response is asked, once for all."""
        one.response, one.case = self.case.response, self.case
        return of_exposure(one)

    def rank(self, one: Exposure) -> int:
        role = self.role(one)
        return role.rank if role else 0

    @cached_property
    def venues(self) -> dict[UUID, Venue]:
        return named(one.venue for one in self.exposures if one.venue)

    @cached_property
    def _full(self) -> dict[int, list[str]]:
        """Every home and place by key, from the city down, in words."""
        places = {one.person.home for one in self.exposures} | {one.place for one in self.exposures if one.place}
        return {key: text.split(" ", COMMUNITY_LEVEL) for key, text in labels(places, divisions=True).items()}

    @cached_property
    def _by_key(self) -> dict[int, Exposure]:
        return {one.pk: one for one in self.exposures}

    def where(self, one: Exposure) -> str:
        """The venue or place of a meeting; empty where nobody knows."""
        if one.venue in self.venues:
            return self.venues[one.venue].name
        return self._full[one.place_id][-1] if one.place_id else ""

    def door(self, one: Exposure) -> str:
        return self._full[one.person.home_id][-1]

    def row(self, one: Exposure) -> dict[str, Any]:
        """One exposure in words, for a list."""
        role = self.role(one)
        return {
            "uuid": one.uuid, "state": one.state, "word": STATES[one.state], "rank": one.rank, "why": KINDS[one.kind],
            "name": mask_name(one.person.name), "age": age_on(one.person.birth_date, clock.today()),
            "home": f"{self._full[one.person.home_id][1]} {self.door(one)}", "door": self.door(one),
            "meta": [word for word in self._meta(one) if word], "minutes": lasted(one.minutes), "via": self._via(one),
            "clause": one.clause, "explained": self.explained(one),
            "role": role.label.into(language()) if role else one.role,
            "phone": bool(one.person.phone_index) and one.person.died_on is None,
        }  # fmt: skip

    def _meta(self, one: Exposure) -> list[str]:
        """Where, when and how many were there; for a list in which how long and why stand by themselves."""
        crowd = ngettext("%(n)d person there", "%(n)d people there", one.crowd) % {"n": one.crowd} if one.crowd else ""
        return [self.where(one), span(one.starts, one.ends), crowd]

    def _via(self, one: Exposure) -> str:
        near = self._by_key.get(one.via_id or 0)
        return mask_name(near.person.name) if near else ""

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
