"""Named reads: which terms there are, which rows belong to one, and how many fields are still filled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wangge.base.events.models import Event
from wangge.base.retention.fields import Field, free, personal_fields

#: Numbers of filled fields, by table and field.
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Term:
    """The fields kept so many days: of one Response from its closing, or of rows in none (``response`` empty)."""

    response: UUID | None
    days: int
    due: datetime  # for rows in no Response: those that began so long before are due now


def terms(response: UUID, closed_at: datetime) -> list[Term]:
    """The terms of a closed Response, the earliest first."""
    days = sorted({field.days for field in personal_fields() if field.kept.response})
    return [Term(response, number, closed_at + timedelta(days=number)) for number in days]


def own_terms(now: datetime) -> list[Term]:
    """The terms of rows in no Response: each runs from the row's own beginning."""
    days = {_own_days(field) for field in personal_fields() if field.kept.since}
    return [Term(None, number, now) for number in sorted(days)]


def _own_days(field: Field) -> int:
    return field.days if field.kept.days is None else field.kept.days


def fields_of(term: Term) -> list[Field]:
    """The fields a term is about. What stands in a row that goes as a whole is counted with it."""
    found = []
    for field in personal_fields():
        if term.response and field.kept.response:
            days = min([field.days, *(link.days for link in _links(field))])
            found += [field] if days == term.days else []
        elif not term.response and field.kept.since and _own_days(field) == term.days:
            found.append(field)
    return found


def rows(field: Field, term: Term) -> QuerySet[Any]:
    """The rows of a field's table that belong to a term and still hold something."""
    every = field.model._base_manager.filter(field.filled)
    if term.response:
        return every.filter(**{field.kept.response: term.response})
    alone = Q(**{f"{field.kept.response}__isnull": True}) if field.kept.response else Q()
    return every.filter(alone, **{f"{field.kept.since}__lt": term.due - timedelta(days=term.days)})


def ready(field: Field, term: Term) -> QuerySet[Any]:
    """Those of them that can go now: nothing that is still kept points at them."""
    found = rows(field, term)
    return found.filter(free(field.model)) if _links(field) else found


def _links(field: Field) -> list[Field]:
    return [other for other in personal_fields() if other.model is field.model and other.link]


def goes_with_its_row(field: Field, term: Term) -> bool:
    """Whether the field's row is deleted in this term: then nothing in it is emptied first."""
    return any(link.days == term.days for link in _links(field))


def count(term: Term) -> Counts:
    """How many fields of a term are still filled, by table and field; those that something else holds included."""
    found: Counts = {}
    for field in fields_of(term):
        found.setdefault(field.table, {})[field.name] = rows(field, term).aggregate(number=Count("pk"))["number"]
    return found


def count_ready(term: Term) -> Counts:
    """How many of them can go now, by table and field; a table without any is left out."""
    found: Counts = {}
    for field in fields_of(term):
        if number := ready(field, term).aggregate(number=Count("pk"))["number"]:
            found.setdefault(field.table, {})[field.name] = number
    return found


def less(counts: Counts, by: Counts) -> Counts:
    """What is more in ``counts`` than in ``by``."""
    return {
        table: {name: number - by.get(table, {}).get(name, 0) for name, number in fields.items()}
        for table, fields in counts.items()
    }


def total(counts: Counts) -> int:
    return sum(number for fields in counts.values() for number in fields.values())


def anything_left(term: Term) -> bool:
    """Whether any field of a term is still filled that can go now."""
    return any(ready(field, term).exists() for field in fields_of(term))


def sealed_left(response: UUID) -> bool:
    """Whether an envelope of a Response is left, that only its key can open."""
    sealed = [field for field in personal_fields() if field.sealed and field.kept.response]
    return any(
        field.model._base_manager.filter(field.filled, **{field.kept.response: response}).exists() for field in sealed
    )


def began(term: Term) -> Event | None:
    """The deletion of a term that has begun and is not done."""
    known = Event.objects.filter(
        kind="retention.deletion_began", response=term.response, data__days=term.days
    ).order_by("-id").first()  # fmt: skip
    done = known and Event.objects.filter(kind="retention.deletion_done", cause=known.uuid).exists()
    return None if done else known


def proofs(response: UUID | None) -> list[Event]:
    """The deletions done of a Response, or of rows in none, the oldest first."""
    kinds = ("retention.deletion_done", "retention.key_destroyed")
    return list(Event.objects.filter(kind__in=kinds, response=response).order_by("id"))
