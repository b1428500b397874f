"""Counting tries at what may be guessed: codes and numbers. In the database, so that all processes count together."""

from datetime import timedelta

from axes.models import AccessAttempt
from axes.models import AccessLog as SignedIn
from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.models import Tries


@transaction.atomic
def take(what: str, who: object, *, most: int, within: timedelta) -> bool:
    """Count one try; False when there were ``most`` since the first within this time. Call it before looking."""
    now = clock.now()
    key = sealing.blind("tries", f"{what}:{who}")
    row, _new = Tries.objects.select_for_update().get_or_create(key=key, defaults={"since": now})
    if row.since + within <= now:
        row.since, row.count = now, 0
    if row.count >= most:
        return False
    row.count += 1
    row.save(update_fields=["since", "count"])
    return True


def spent(what: str, who: object, *, most: int, within: timedelta) -> bool:
    """Whether no try is left."""
    key = sealing.blind("tries", f"{what}:{who}")
    return Tries.objects.filter(key=key, since__gt=clock.now() - within, count__gte=most).exists()


def forget(what: str, who: object) -> None:
    """After something right, the wrong ones before it no longer count."""
    Tries.objects.filter(key=sealing.blind("tries", f"{what}:{who}")).delete()


def drop_old() -> None:
    """Nothing is counted for longer than a day, wrong passwords neither; of right ones nothing is kept at all."""
    Tries.objects.filter(since__lt=clock.now() - timedelta(days=1)).delete()
    AccessAttempt.objects.filter(attempt_time__lt=clock.now() - timedelta(days=1)).delete()
    SignedIn.objects.all().delete()  # an earlier version kept them
