"""Needs that go up a level: what is nearly finished, what stays too long in one hand, what the patient never got."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.domains.duty.queries import levels_above
from wangge.domains.medicine import queries
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import UNDERWAY
from wangge.domains.protocol.queries import open_responses

BATCH = 200  # needs named in one event


@transaction.atomic
def raise_needs(needs: Sequence[Need], *, now: datetime, why: str, by: By) -> int:
    """Send needs up one level, on the record; at the top they stay and are late there. Returns how many went up."""
    higher = levels_above({one.pk: one.raised_to or one.post for one in needs})
    for one in needs:
        one.raised_to, one.raised_at = higher.get(one.pk, one.raised_to), now
        if why == "urgent":
            one.urgent_at = now
    Need._base_manager.bulk_update(needs, ["raised_to", "raised_at", "urgent_at"], batch_size=BATCH)
    for start in range(0, len(needs), BATCH):
        part = needs[start : start + BATCH]
        _record(part, why, by)
    return len(higher)


def _record(part: Sequence[Need], why: str, by: By) -> Event:
    return record("medicine.raised", by=by, data={"needs": [str(one.uuid) for one in part], "why": why})


@transaction.atomic
def raise_due(*, now: datetime, by: By) -> int:
    """What the clock sends up: less left than the edition's hours, once; too long in one hand, again each time the
    edition's hours have gone by. Returns how many rows it looked at."""
    seen = 0
    for response in open_responses().prefetch_related("phases"):
        edition = queries.edition_at(response)
        rows = Need.objects.within(EVERYTHING).filter(response=response.uuid, ended_at__isnull=True)
        rows = rows.select_related("post__parent", "raised_to__parent").order_by("runs_out_at", "id")
        short = now + queries.terms_of(edition).urgent
        urgent = list(rows.filter(urgent_at__isnull=True, runs_out_at__lt=short, state__in=list(UNDERWAY)))
        again = now - timedelta(hours=edition.escalate_hours)
        waited = Q(raised_at__isnull=True) | Q(raised_at__lt=F("until")) | Q(raised_at__lte=again)
        late = list(rows.filter(waited, until__lte=now).exclude(pk__in=[one.pk for one in urgent]))
        for found, why in ((urgent, "urgent"), (late, "late")):
            if found:
                raise_needs(found, now=now, why=why, by=by)
        seen += len(urgent) + len(late)
    return seen
