"""Verbs: keep a table made from an office's headings; have one made by the clock; make it; take the file."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.actions import log_look
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for
from wangge.domains.places.models import Place
from wangge.domains.tables import queries, writing
from wangge.domains.tables.inputs import as_data, of_data
from wangge.domains.tables.models import SavedTable, TableFile, TableFilePart, TableSchedule
from wangge.domains.tables.rules import Definition, Every

PART = "wangge_tablefilepart"
PART_BYTES = 256 * 1024
MOST_SCHEDULES = 20
MONDAY = 0


@transaction.atomic
def save_table(*, definition: Definition, place: Place, by: By) -> SavedTable:
    """Keep a table for a place, under a name no other has. Raises Problem."""
    by.need(Right.OPEN_RECORD, place.path)
    taken = definition.name in queries.shipped() or SavedTable.objects.filter(name=definition.name, retired_at=None)
    if taken:
        raise Problem("table_name_taken", field="name", name=definition.name)
    data = as_data(of_data(as_data(definition), definition.name))
    table = SavedTable.objects.create(
        name=definition.name, definition=data, place=place, account=by.account, post=by.post, saved_at=clock.now()
    )
    record(
        "tables.table_saved", by=by, subject=table.uuid, place=place.uuid,
        data={"table": table.name, "columns": len(definition.columns)},
    )  # fmt: skip
    return table


@transaction.atomic
def schedule_table(
    *, definition: Definition, area: Place | None, every: Every, form: str, reason: str, by: By
) -> TableSchedule:
    """Have a table made every day or Monday for this account. Raises Problem."""
    by.scope(Right.OPEN_RECORD)
    if by.account is None:
        raise ValueError("a schedule is somebody's: the system has no desk")
    if not reason.strip():
        raise Problem("table_reason_missing", field="reason")
    mine = queries.schedules(by)
    if mine.count() >= MOST_SCHEDULES:
        raise Problem("table_schedules_many", most=MOST_SCHEDULES)
    if mine.filter(table=definition.name, area=area, every=every, form=form).exists():
        raise Problem("table_scheduled_already", field="every")
    one = TableSchedule.objects.create(
        table=definition.name, area=area, every=every, form="xlsx" if form == "xlsx" else "csv",
        reason=reason.strip()[:150], account=by.account, post=by.post, set_at=clock.now(),
    )  # fmt: skip
    record("tables.schedule_set", by=by, subject=one.uuid, data={"table": one.table, "every": one.every})
    return one


@transaction.atomic
def end_schedule(*, schedule: TableSchedule, by: By, cause: str = "asked") -> None:
    """No more files; those that wait stay until they are deleted. Raises Problem for somebody else's."""
    if not by.system and schedule.account != by.account:
        raise TableSchedule.DoesNotExist
    if TableSchedule.objects.filter(pk=schedule.pk, ended_at__isnull=True).update(ended_at=clock.now()):
        record("tables.schedule_ended", by=by, subject=schedule.uuid, data={"table": schedule.table, "why": cause})


@transaction.atomic
def note_due(*, by: By, cause: UUID) -> int:
    """Each schedule whose day is today becomes a fact of its own, so that one that fails fails alone."""
    today = clock.today()
    due = [one for one in queries.running() if one.every == Every.DAY or today.weekday() == MONDAY]
    for one in due:
        record(
            "tables.file_due", by=by, subject=one.uuid, cause=cause, uuid=derived("table file", one.uuid, today),
            data={"table": one.table},
        )  # fmt: skip
    return len(due)


@transaction.atomic
def make_file(*, schedule: TableSchedule, by: By, cause: Event) -> TableFile | None:
    """Make a schedule's file as its account would take it now, once a day. Who lost the right has it ended."""
    if schedule.ended_at is not None or schedule.last_on == clock.today():
        return None
    account = Account.objects.filter(uuid=schedule.account).first()
    acting = by_for(account, schedule.post) if account else None
    if acting is None or not acting.may(Right.OPEN_RECORD):
        end_schedule(schedule=schedule, by=by, cause="right lost")
        return None
    try:
        definition = queries.table(schedule.table, acting)
    except Problem:
        end_schedule(schedule=schedule, by=by, cause="table gone")
        return None
    about = writing.begin(definition=definition, area=schedule.area, reason=schedule.reason, by=acting)
    file = TableFile.objects.create(
        schedule=schedule, name=about.file_name(schedule.form), count=about.count, made_at=about.at
    )
    _keep(file, about, schedule.form)
    TableSchedule.objects.filter(pk=schedule.pk).update(last_on=clock.today())
    record(
        "tables.file_made", by=by, subject=file.uuid, cause=cause.uuid,
        data={"table": schedule.table, "rows": about.count},
    )  # fmt: skip
    return file


def _keep(file: TableFile, about: writing.About, form: str) -> None:
    """Sealed in parts: nothing of it lies readable on a disk, and memory stays flat."""
    if form == "xlsx":
        with writing.as_workbook(about) as book:
            pieces: Iterator[bytes] = iter(lambda: book.read(PART_BYTES), b"")
            _keep_parts(file, pieces)
    else:
        _keep_parts(file, writing.as_csv(about))


def _keep_parts(file: TableFile, pieces: Iterator[bytes]) -> None:
    for number, piece in enumerate(pieces):
        part = TableFilePart(file=file, number=number)
        part.content = sealing.seal(PART, part.uuid, {"hex": piece.hex()})
        part.save(force_insert=True)


@transaction.atomic
def pick_up(*, uuid: UUID, by: By) -> tuple[TableFile, Iterator[bytes]]:
    """A file for whom it was made, on record before its first byte leaves. Raises DoesNotExist, or Problem."""
    by.scope(Right.OPEN_RECORD)
    file = queries.files(by).get(uuid=uuid)
    parts = list(file.parts.order_by("number").values_list("uuid", "content"))
    if not parts or not all(content for _, content in parts):
        raise Problem("table_file_gone", field="file")
    log_look(
        by=by, kind=AccessLog.Kind.EXPORTED, person=None, count=file.count,
        reason=f"table:{file.schedule.table} picked up: {file.schedule.reason}",
    )  # fmt: skip
    TableFile.objects.filter(pk=file.pk, picked_up_at__isnull=True).update(picked_up_at=clock.now())
    return file, (_opened(part, content) for part, content in parts)


def _opened(part: UUID, content: bytes | memoryview) -> bytes:
    return bytes.fromhex(str(sealing.unseal(PART, part, content)["hex"]))
