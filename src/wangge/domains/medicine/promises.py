"""Of needs, how often the medicine was at the door by its deadline."""

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import State
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT

#: Ends in which nothing was to be brought any more: no promise was kept or broken.
NO_PROMISE = (State.NOT_NEEDED, State.HOSPITAL, State.DIED, State.ENDED)


def promised(scope: Scope) -> list[tuple[str, int, int]]:
    """Of the needs whose deadline is over, or that were brought: how many (community's path, asked, there in time).
    Not to be shown as it is: ``base.promises`` says what may be."""
    over = Q(delivered_at__isnull=False) | Q(due_at__lte=clock.now())
    found = Need.objects.within(scope).filter(over).exclude(state__in=NO_PROMISE).order_by()
    rows = found.annotate(community=Substr("person__home__path", 1, SEGMENT * COMMUNITY_LEVEL)).values("community")
    counted = rows.annotate(asked=Count("pk"), in_time=Count("pk", filter=Q(delivered_at__lte=F("due_at"))))
    return [(row["community"], row["asked"], row["in_time"]) for row in counted.order_by("community")]
