"""Named reads of intakes. Whoever sent one, and whoever holds the post it was sent from, sees it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from wangge.base import sealing
from wangge.base.access.by import By
from wangge.base.problems import Problem
from wangge.base.receipts.forms import Row
from wangge.base.receipts.models import Intake, IntakePart, IntakeRow

TABLE, PARTS = "wangge_intakerow", "wangge_intakepart"


def mine(kind: str, by: By) -> QuerySet[Intake]:
    """The intakes of a kind that somebody may see, the latest first."""
    return mine_of([kind], by)


def mine_of(kinds: Sequence[str], by: By) -> QuerySet[Intake]:
    """The same of several kinds."""
    chosen = Intake.objects.filter(kind__in=kinds)
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


def row_as_it_came(one: IntakeRow) -> list[str]:
    """Every cell of a row of a file of many, in the file's order."""
    found: list[str] = sealing.unseal(TABLE, one.uuid, one.content).get("row", [])
    return found


def parts(intake: Intake, states: Sequence[str], limit: int) -> list[IntakePart]:
    """The next parts in these states, held until the transaction ends; parts that somebody else holds are skipped."""
    chosen = intake.parts.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    return list(chosen.filter(state__in=states).order_by("number")[:limit])


def rows(part: IntakePart) -> list[Row]:
    """The rows of a part as they came, by the number Excel shows; none once it was taken."""
    found = sealing.unseal(PARTS, part.uuid, part.content).get("rows", [])
    return [(number, cells) for number, cells in found]


def top(part: IntakePart) -> list[Row]:
    """What stood above the heading, where this is the first part; none once it was taken."""
    found = sealing.unseal(PARTS, part.uuid, part.content).get("top", [])
    return [(number, cells) for number, cells in found]


def size(intake: Intake) -> int:
    """How many rows a file of many has."""
    return intake.parts.aggregate(all=Sum("size"))["all"] or 0


def left(intake: Intake, states: Sequence[str]) -> int:
    """How many of its rows stand in parts of these states."""
    return intake.parts.filter(state__in=states).aggregate(all=Sum("size"))["all"] or 0


def foreseen(intake: Intake) -> dict[str, int]:
    """The sums over a file's parts: size, new, changed, known, refused; and how many doors are made for them."""
    names = ("size", "new", "changed", "known", "refused")
    found = intake.parts.aggregate(**{f"all_{name}": Sum(name) for name in names})
    doors = {door for some in intake.parts.values_list("doors", flat=True) for door in some}
    return {name: found[f"all_{name}"] or 0 for name in names} | {"doors": len(doors)}


def totals_of_many(intakes: Iterable[Intake]) -> dict[int, dict[str, int]]:
    """For each file of many (by key): its rows by what became of them; they add up to the rows of the file."""
    found = {
        one.pk: dict.fromkeys(("taken", "changed", "known", "refused", "corrected", "waiting"), 0) for one in intakes
    }
    taken = Q(state=IntakePart.State.TAKEN)
    sums = {"taken": Sum("new", filter=taken), "changed_": Sum("changed", filter=taken),
            "known_": Sum("known", filter=taken), "waiting": Sum("size", filter=~taken)}  # fmt: skip
    for row in IntakePart.objects.filter(intake__in=list(found)).values("intake").annotate(**sums):
        names = {"taken": "taken", "changed": "changed_", "known": "known_", "waiting": "waiting"}
        found[row["intake"]] |= {name: row[key] or 0 for name, key in names.items()}
    for row in IntakeRow.objects.filter(intake__in=list(found)).values("intake", "state").annotate(number=Count("pk")):
        found[row["intake"]][row["state"]] += row["number"]
    return found


def some_rows(intake: Intake, letter: str, start: int, count: int) -> list[tuple[Row, str]]:
    """Rows of a file that was looked through, with the letter of what was foreseen; ``letter`` '' for all of them."""
    found: list[tuple[Row, str]] = []
    for part in intake.parts.order_by("number").defer("content"):
        here = [at for at, one in enumerate(part.outcomes) if not letter or one == letter]
        wanted = here[start : start + count - len(found)]
        start = max(0, start - len(here))
        if wanted:
            there = rows(part)
            found += [(there[at], part.outcomes[at]) for at in wanted]
        if len(found) >= count:
            break
    return found


def perhaps(uuid: UUID) -> Intake | None:
    """A file for a flow; None for one that was thrown away."""
    return Intake.objects.filter(uuid=uuid).first()
