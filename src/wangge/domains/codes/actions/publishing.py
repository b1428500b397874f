"""The city's list: worked out from the facts as one set, kept as a version when it differs from the one before."""

from django.conf import settings
from django.db import connection, transaction

from wangge.base import clock, signing
from wangge.domains.codes import queries
from wangge.domains.codes.actions.numbering import give_slots
from wangge.domains.codes.models import StatusList
from wangge.domains.codes.queries.carried import day_key
from wangge.domains.codes.queries.listing import as_text, newest_fact, sizes
from wangge.domains.codes.rules import State
from wangge.domains.protocol.models import Response

ALONE = 0x636F_6465  # a class of advisory locks: one list of a Response at a time
KEPT = 180  # versions from which a difference can be had: three hours of changes each minute


@transaction.atomic
def publish(*, response: Response) -> StatusList:
    """The list as it is now. The same as before is only noted as still true; no fact of its own: it follows from them.

    Two workers make one version. They take turns by a lock of their own and not by the Response's row, which every line
    of a gate's register and every link names: a city's list takes seconds of each minute.
    """
    _alone(response)
    now, seen = clock.now(), newest_fact()
    day_key(response, now)  # a key that is gone is found before a city is worked out, every few seconds
    statuses = queries.not_green(response, now)
    give_slots(response, statuses.keys())
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


def _alone(response: Response) -> None:
    """SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ALONE, response.pk])
