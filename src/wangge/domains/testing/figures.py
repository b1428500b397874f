"""Counts of due tests for the board."""

from django.db.models import Count, Q

from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.domains.protocol.models import Response
from wangge.domains.testing.models import TestDue
from wangge.domains.testing.rules import Purpose


def figures(scope: Scope, response: Response) -> dict[str, int]:
    """How many tests are due and overdue in a scope, and how many of either are re-tests of positives."""
    late = Q(due_at__lte=clock.now())
    again = Q(purpose=Purpose.RETEST)
    open_ = TestDue.objects.within(scope).filter(response=response, state=TestDue.State.DUE)
    return open_.aggregate(
        due=Count("pk"), overdue=Count("pk", filter=late),
        retests=Count("pk", filter=again), retests_overdue=Count("pk", filter=again & late),
    )  # fmt: skip
