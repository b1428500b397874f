"""Voices of one need: a request for help, a daily report and an answer at the door may speak of the same medicine. It
is one thing with several voices, and what they say later can only make it sooner."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.domains.medicine import queries
from wangge.domains.medicine.models import Need, NeedVoice
from wangge.domains.medicine.rules import UNDERWAY, Source, State, deadline, held_until, sooner
from wangge.domains.protocol.queries import response as response_named


@transaction.atomic
def hear(*, need: Need, source: Source, origin: UUID, by: By, days: int | None = None) -> Need:
    """Somebody says it once more, elsewhere. ``origin``: the request, report or answer; ``days``: for how many whole
    days it still lasts, where that was said. Heard twice is once; a need that is over is left as it is."""
    Need.objects.within(EVERYTHING).select_for_update().get(pk=need.pk)
    row = Need.objects.within(EVERYTHING).select_related("person__home").get(pk=need.pk)
    if row.ended_at:
        return row
    _voice, new = NeedVoice.objects.within(EVERYTHING).get_or_create(
        need=row, source=source, origin=origin, defaults={"at": clock.now()}
    )
    if not new:
        return row
    moved = days is not None and row.state in UNDERWAY and _sooner(row, days)
    record(
        "medicine.heard", by=by, subject=row.uuid, place=row.person.home.uuid, response=row.response, cause=origin,
        uuid=derived("need", "heard", row.uuid, source, origin), data={"source": source.value, "sooner": moved},
    )  # fmt: skip
    return row


def _sooner(row: Need, days: int) -> bool:
    """Work the deadline out again where less is left than was known. It is never put off by a later word."""
    now = clock.now()
    runs_out = sooner(row.runs_out_at, now + timedelta(days=days))
    if runs_out == row.runs_out_at:
        return False
    terms = queries.terms_of(queries.edition_at(response_named(row.response)))
    row.runs_out_at, row.due_at = runs_out, min(row.due_at, deadline(runs_out, now, terms))
    until = held_until(State(row.state), now, row.due_at, terms)
    row.until = min(row.until, until) if row.until else until
    row.save(update_fields=["runs_out_at", "due_at", "until"])
    return True
