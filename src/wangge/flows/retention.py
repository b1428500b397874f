"""What the passing of days sets off once a Response is closed: what is due is deleted, in parts, with proof."""

from datetime import timedelta

from django.conf import settings

from wangge.base import clock, keys
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.retention import actions, queries
from wangge.base.retention.queries import Term
from wangge.domains.people.renewing import renew_ids
from wangge.domains.protocol.queries import closed_responses, response
from wangge.domains.venues import storage

PART = actions.PART


def due(event: Event) -> None:
    """Answer ``clock.day_began``: begin the deletion of every term that is over; destroy keys that came back."""
    now, held, over = clock.now(), keys.load(settings.WANGGE_KEYS).responses, []
    for one in closed_responses():
        terms = [term for term in queries.terms(one.uuid, one.closed_at or now) if term.due <= now]
        for term in terms:
            actions.begin(term=term, by=SYSTEM, cause=event.uuid)
        if terms and one.uuid in held:
            over.append(one.uuid)
    needed = storage.responses() if over else set()
    for uuid in over:
        if uuid not in needed:
            actions.destroy_key(response=uuid, by=SYSTEM, cause=event.uuid)
    for term in queries.own_terms(now):
        actions.begin(term=term, by=SYSTEM, cause=event.uuid)


def follow(event: Event) -> None:
    """Answer ``retention.deletion_began`` and ``retention.part_deleted``: the next part, or the proof."""
    began = event if event.kind == "retention.deletion_began" else Event.objects.get(uuid=event.data["began"])
    term = _term(began)
    part = actions.delete_part(term=term, limit=PART)
    if not part.size:
        actions.finish(term=term, began=began, by=SYSTEM)
        return
    renewed = renew_ids(people=part.touched.get("Person", ()), homes=part.touched.get("Place", ()), by=SYSTEM)
    actions.note_part(part=part, term=term, began=began.uuid, renewed=renewed, by=SYSTEM, cause=event.uuid)


def done(event: Event) -> None:
    """Answer ``retention.deletion_done``: with the last envelope of a Response its key goes.

    Numbers of visitors may lie under it while another order keeps their days: then the night after these went.
    """
    if event.response and event.response not in storage.responses():
        actions.destroy_key(response=event.response, by=SYSTEM, cause=event.uuid)


def _term(began: Event) -> Term:
    days = int(began.data["days"])
    if began.response is None:
        return Term(None, days, began.recorded_at)
    closed = response(began.response).closed_at
    if closed is None:
        raise ValueError(f"Response {began.response} is open: nothing of it is due")
    return Term(began.response, days, closed + timedelta(days=days))
