"""The city's list: worked out from the facts as one set, kept as a version when it differs from the one before."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from wangge.base import clock, sets, signing
from wangge.base.problems import Problem
from wangge.domains.codes import queries
from wangge.domains.codes.models import CodeSlot, StatusList
from wangge.domains.codes.numbers import DOMAIN
from wangge.domains.codes.queries.listing import as_text, newest_fact, sizes
from wangge.domains.codes.rules import State
from wangge.domains.protocol.models import Response

KEPT = 180  # versions from which a difference can be had: three hours of changes each minute


@transaction.atomic
def publish(*, response: Response) -> StatusList:
    """The list as it is now. The same as before is only noted as still true; no fact of its own: it follows from them.

    Who takes turns here is decided by the Response's row: two workers make one version.
    """
    response = Response.objects.select_for_update(of=("self",)).select_related("area").get(pk=response.pk)
    now, seen = clock.now(), newest_fact()
    statuses = queries.not_green(response, now)
    _give_slots(response, statuses.keys())
    content = queries.content_now(response, statuses, now)
    kid, day = signing.current(settings.WANGGE_KEYS, now).kid, clock.day_of(now)
    last, text = queries.latest(response), as_text(content)
    if last and (last.content, last.day, last.kid) == (text, day, kid):
        last.checked_at, last.seen = now, seen
        last.save(update_fields=["checked_at", "seen"])
        return last
    counts = sizes(content)
    made = StatusList.objects.create(
        response=response, version=last.version + 1 if last else 1, day=day, made_at=now, checked_at=now, seen=seen,
        kid=kid, content=text, yellow=counts[State.YELLOW], red=counts[State.RED], void=counts[State.VOID],
    )  # fmt: skip
    StatusList.objects.filter(response=response, version__lte=made.version - KEPT).delete()
    return made


def _give_slots(response: Response, people: Iterable[int]) -> None:
    """A place among the numbers for whoever is not green and has none: somebody may get a code any minute."""
    missing = sorted(set(people) - queries.slot_keys(response).keys())
    if missing:  # a city's first list has tens of thousands: one statement
        chosen = sets.pairs(dict.fromkeys(missing, 0))
        sets.run(
            f"INSERT INTO {CodeSlot._meta.db_table} (response_id, person_id)"  # noqa: S608  # our own names
            f" SELECT %s, p.key FROM ({chosen.sql}) AS p ORDER BY p.key",
            (response.pk, *chosen.params),
        )
    if missing and max(queries.slot_keys(response).values()) >= DOMAIN:
        raise Problem("codes_full")
