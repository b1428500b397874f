"""Named reads of the record of looks."""

from uuid import UUID

from django.db.models import QuerySet

from wangge.base.access.models import AccessLog


def looks_at(person: UUID) -> QuerySet[AccessLog]:
    """Everybody who looked at a person's record, the latest first."""
    return AccessLog.objects.filter(person=person).order_by("-at", "-id")
