"""Named reads of the record of looks."""

from uuid import UUID

from django.db.models import QuerySet

from wangge.base.access.models import AccessLog


def looks_at(*people: UUID) -> QuerySet[AccessLog]:
    """Everybody who looked at a person's record, or at one that it absorbed; the latest first."""
    return AccessLog.objects.filter(person__in=people).order_by("-at", "-id")
