"""Results as the desk shows them: the person masked, with the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wangge.base.privacy import mask_name
from wangge.domains.places.queries import label, labels
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.words import FIELDS, PURPOSES, VALUES
from wangge.web.desk.words import moment


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    specimen: str
    name: str
    door: str
    purpose: str
    value: str
    positive: bool
    collected: str
    recorded: str
    withdrawn: bool


def rows(results: Iterable[TestResult]) -> list[Row]:
    """A page of results with one query for all their doors."""
    results = list(results)
    doors = labels([one.person.home for one in results])
    return [
        Row(
            reverse("result", args=[one.uuid]), one.specimen_no, mask_name(one.person.name), doors[one.person.home_id],
            str(PURPOSES[one.purpose]), str(VALUES[one.value]), one.value == "positive", moment(one.collected_at),
            moment(one.recorded_at), one.state == TestResult.State.WITHDRAWN,
        )
        for one in results
    ]  # fmt: skip


def facts(one: TestResult) -> list[tuple[str, Any]]:
    """One result as terms and values."""
    symptoms = {True: _("yes"), False: _("no"), None: _("not stated")}[one.symptoms]
    pairs = [
        (_("Person"), f"{mask_name(one.person.name)} · {label(one.person.home)}"),
        (FIELDS["specimen_no"], one.specimen_no),
        (FIELDS["laboratory"], one.laboratory),
        (FIELDS["purpose"], PURPOSES[one.purpose]),
        (FIELDS["value"], VALUES[one.value]),
        (FIELDS["symptoms"], symptoms),
        (FIELDS["collected_at"], moment(one.collected_at)),
        (FIELDS["reported_at"], moment(one.reported_at)),
        (_("recorded"), moment(one.recorded_at)),
    ]
    return [(capfirst(str(term)), value) for term, value in pairs]
