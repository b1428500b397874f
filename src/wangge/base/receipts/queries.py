"""Named reads of intakes. Whoever sent one, and whoever holds the post it was sent from, sees it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from wangge.base import sealing
from wangge.base.access.by import By
from wangge.base.problems import Problem
from wangge.base.receipts.models import Intake, IntakeRow

TABLE = "wangge_intakerow"


def mine(kind: str, by: By) -> QuerySet[Intake]:
    """The intakes of a kind that somebody may see, the latest first."""
    chosen = Intake.objects.filter(kind=kind)
    if not by.system:
        chosen = chosen.filter(Q(account=by.account) | Q(post=by.post, post__isnull=False))
    return chosen.order_by("-received_at", "-id")


def intake(kind: str, by: By, uuid: UUID) -> Intake:
    """Raises Intake.DoesNotExist, also for another post's."""
    return mine(kind, by).get(uuid=uuid)


def named(uuid: UUID) -> Intake:
    """For a flow, which works for whoever sent it. Raises Intake.DoesNotExist."""
    return Intake.objects.get(uuid=uuid)


def totals(intakes: Iterable[Intake]) -> dict[int, dict[str, int]]:
    """For each intake (by key) how many rows stand in each state; they add up to the rows of its file."""
    found = {one.pk: dict.fromkeys(IntakeRow.State.values, 0) for one in intakes}
    counted = IntakeRow.objects.filter(intake__in=list(found)).values("intake", "state").annotate(number=Count("pk"))
    for row in counted:
        found[row["intake"]][row["state"]] = row["number"]
    return found


def how_many_wait(intake: Intake) -> int:
    """Rows still to be taken, read from an index of these alone."""
    return intake.rows.filter(state=IntakeRow.State.WAITING).count()


def refused(intake: Intake) -> QuerySet[IntakeRow]:
    """The rows that came back, in the order of the file."""
    return intake.rows.filter(state=IntakeRow.State.REFUSED).order_by("number")


def row(intake: Intake, number: int) -> IntakeRow:
    """Raises IntakeRow.DoesNotExist."""
    return intake.rows.get(number=number)


def waiting(intake: Intake, limit: int) -> list[IntakeRow]:
    """The next rows to be taken, held until the transaction ends; rows that somebody else holds are skipped."""
    chosen = intake.rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    return list(chosen.filter(state=IntakeRow.State.WAITING).order_by("number")[:limit])


def cells(one: IntakeRow) -> dict[str, str]:
    """The text of a row by field. Personal: only for whoever may see the intake."""
    found: dict[str, str] = sealing.unseal(TABLE, one.uuid, one.content).get("cells", {})
    return found


def problem(one: IntakeRow) -> Problem:
    """Why the row was refused, with the words its sentence names."""
    said: dict[str, Any] = sealing.unseal(TABLE, one.uuid, one.content).get("said", {})
    return Problem(one.reason, field=one.column, **said)
