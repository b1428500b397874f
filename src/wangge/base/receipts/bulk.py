"""Files of many rows: kept in parts, looked through without writing anything, taken set by set.

A row is never lost and never half taken: a part is taken in one transaction together with the mark that it was. A
row that cannot be taken costs nobody else: its set is tried again in halves, each in a savepoint.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.base.receipts import queries
from wangge.base.receipts.actions import Became, digest_of, problem_of
from wangge.base.receipts.forms import Form, Sheet
from wangge.base.receipts.models import Intake, IntakePart, IntakeRow
from wangge.base.receipts.rows import Fields, reader
from wangge.base.receipts.tables import read_sheet

SIZE = 500  # rows of a part
LETTERS = {"new": "n", "changed": "c", "known": "k", "refused": "r"}

#: A street's verb for many rows: for each what it became, or why it cannot be taken. Dry, it writes nothing.
TakeMany = Callable[[Sequence[Mapping[str, str]]], Sequence[Became | Problem]]
Done = tuple[int, Sequence[str], Fields | None, Became | Problem]


def keep_file(*, form: Form, name: str, content: bytes, by: By) -> tuple[Intake, bool]:
    """Keep a file's rows with all their cells, sealed, its columns as recognised. The same bytes again from the same
    post: (the first intake, False). Raises Problem when the whole file is refused; then nothing was written.
    """
    digest = digest_of(content, by)
    if known := Intake.objects.filter(kind=form.kind, digest=digest).first():
        return known, False
    return _keep(form, name, digest, read_sheet(content, form), by)


@transaction.atomic
def _keep(form: Form, name: str, digest: str, sheet: Sheet, by: By) -> tuple[Intake, bool]:
    shape = asdict(sheet.shape) | {"line": sheet.line, "cut": sheet.cut, "why": [one.why for one in sheet.columns]}
    intake, new = Intake.objects.get_or_create(
        kind=form.kind, digest=digest,
        defaults={"name": name[-200:], "received_at": clock.now(), "account": by.account, "post": by.post,
                  "columns": [[one.field, one.heading] for one in sheet.columns], "shape": shape},
    )  # fmt: skip
    if new:
        IntakePart.objects.bulk_create(_parts(intake, sheet), batch_size=50)
    return intake, new


def _parts(intake: Intake, sheet: Sheet) -> Iterator[IntakePart]:
    """The rows in parts; what stands above the heading is with the first."""
    top = {"top": [[at, list(cells)] for at, cells in sheet.top]}
    for number, start in enumerate(range(0, len(sheet.rows), SIZE), 1):
        some, uuid = [[at, list(cells)] for at, cells in sheet.rows[start : start + SIZE]], uuid7()
        sealed = sealing.seal(queries.PARTS, uuid, {"rows": some} | (top if number == 1 else {}))
        yield IntakePart(uuid=uuid, intake=intake, number=number, size=len(some), content=sealed)


@transaction.atomic
def choose_columns(*, intake: Intake, fields: Sequence[str], form: Form, by: By) -> Intake:
    """Say for each column what it holds ('' for nothing that is taken). Raises Problem; then they stay as they were."""
    intake = _held(intake)
    if intake.take_asked_at:
        raise Problem("file_taken_already")
    given = [field for field in fields if field]
    unknown = len(fields) != len(intake.columns) or any(field not in form.columns for field in given)
    twice = next((field for field in given if given.count(field) > 1), "")
    missing = [form.columns[field][0] for field in form.needed if field not in given]
    if unknown or twice:
        raise Problem("column_twice", field=twice or "columns")
    if missing:
        raise Problem("columns_unchosen", field="columns", missing="、".join(missing))
    why = ["hand" if now != before[0] else reason
           for now, before, reason in zip(fields, intake.columns, intake.shape["why"], strict=True)]  # fmt: skip
    intake.columns = [[field, heading] for field, (_, heading) in zip(fields, intake.columns, strict=True)]
    intake.shape, intake.repeats = intake.shape | {"why": why}, {}
    intake.save(update_fields=["columns", "shape", "repeats"])
    intake.parts.update(state=IntakePart.State.WAITING, outcomes="", doors=[], **dict.fromkeys(LETTERS, 0))
    return intake


@transaction.atomic
def ask_look(*, intake: Intake, form: Form, same: Callable[[Mapping[str, str]], str], by: By) -> Intake:
    """Ask for the dry run; the worker looks through whatever part waits. ``same`` is what tells two rows apart."""
    intake = _held(intake)
    intake.look_asked_at, intake.repeats = clock.now(), _repeats(intake, form, same)
    intake.save(update_fields=["look_asked_at", "repeats"])
    record("receipts.look_asked", by=by, subject=intake.uuid, data={"rows": queries.size(intake)})
    return intake


def _repeats(intake: Intake, form: Form, same: Callable[[Mapping[str, str]], str]) -> dict[str, int]:
    """Rows about somebody whom an earlier row is about: the taking will know them by then."""
    read, first, found = reader(intake, form), dict[str, int](), dict[str, int]()
    for part in intake.parts.order_by("number").iterator(chunk_size=20):
        for number, cells in queries.rows(part):
            if (key := same(read.as_written(cells))) and first.setdefault(key, number) != number:
                found[str(number)] = first[key]
    return found


@transaction.atomic
def look_through(*, intake: Intake, form: Form, look: TakeMany, limit: int) -> int:
    """Foresee what becomes of the next rows, writing nothing of it but the outcome; returns how many rows are left."""
    parts = queries.parts(intake, [IntakePart.State.WAITING], limit // SIZE or 1)
    for part, done in _done(intake, form, parts, look):
        _count(part, _with_repeats(intake, done), IntakePart.State.LOOKED)
    return queries.left(intake, [IntakePart.State.WAITING])


def _with_repeats(intake: Intake, done: Sequence[Done]) -> Sequence[Done]:
    """A row about somebody new who came before in this file is known by the time it is taken."""
    if not intake.repeats:
        return done
    return [
        (number, cells, fields, Became(became.uuid, new=False))
        if isinstance(became, Became) and became.new and str(number) in intake.repeats
        else (number, cells, fields, became)
        for number, cells, fields, became in done
    ]


@transaction.atomic
def ask_take(*, intake: Intake, by: By) -> Intake:
    """Ask for the rows to be taken, once the dry run was looked at. Again changes nothing."""
    intake = _held(intake)
    if intake.look_asked_at is None or queries.left(intake, [IntakePart.State.WAITING]):
        raise Problem("look_first")
    if intake.take_asked_at is None:
        intake.take_asked_at = clock.now()
        intake.save(update_fields=["take_asked_at"])
        record("receipts.take_asked", by=by, subject=intake.uuid, data={"rows": queries.size(intake)})
    return intake


@transaction.atomic
def work_through_many(*, intake: Intake, form: Form, take_many: TakeMany, limit: int) -> int:
    """Take the next rows, set by set; returns how many are left. Two at once take different parts."""
    open_ = [IntakePart.State.WAITING, IntakePart.State.LOOKED]
    parts = queries.parts(intake, open_, limit // SIZE or 1)
    for part, done in _done(intake, form, parts, take_many):
        IntakeRow.objects.bulk_create(_refused(intake, done))
        part.content = b""
        _count(part, done, IntakePart.State.TAKEN)
    return queries.left(intake, open_)


def part_done(*, intake: Intake, left: int, by: By, cause: UUID) -> None:
    """Say that a part was looked through or taken: what is left is the next fact."""
    record("receipts.part_done", by=by, subject=intake.uuid, cause=cause, data={"left": left})


def _done(
    intake: Intake, form: Form, parts: Sequence[IntakePart], take: TakeMany
) -> Iterator[tuple[IntakePart, Sequence[Done]]]:
    """What becomes of the rows of each part; the verb is asked once for all of them."""
    read = reader(intake, form)
    of = [[(number, cells, read.fields(number, cells)) for number, cells in queries.rows(part)] for part in parts]
    became = iter(took([one for rows in of for _, _, one in rows if not isinstance(one, Problem)], take))
    for part, rows in zip(parts, of, strict=True):
        yield (
            part,
            [
                (number, cells, None, fields) if isinstance(fields, Problem) else (number, cells, fields, next(became))
                for number, cells, fields in rows
            ],
        )


def took(rows: Sequence[Fields], take: TakeMany) -> list[Became | Problem]:
    """What became of each row. A set that fails as a whole is tried in halves, down to the row that is to blame."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            return list(take(rows))
    except NotAllowed as error:
        return [problem_of(error)] * len(rows)
    except (Problem, Problems) as error:
        reason = problem_of(error)
    except (DataError, IntegrityError, ValueError):
        reason = Problem("row_failed")
    if len(rows) == 1:
        return [reason]
    half = len(rows) // 2
    return took(rows[:half], take) + took(rows[half:], take)


def _count(part: IntakePart, done: Sequence[Done], state: IntakePart.State) -> None:
    named = [_name(became) for *_, became in done]
    for name in LETTERS:
        setattr(part, name, named.count(name))
    part.outcomes = "".join(LETTERS[name] for name in named)
    made = {became.door for *_, became in done if isinstance(became, Became) and became.door}
    part.doors = [hashlib.blake2s(door.encode(), digest_size=8).hexdigest() for door in sorted(made)]
    part.state = state
    part.save(update_fields=["state", "outcomes", "doors", "content", *LETTERS])


def _name(became: Became | Problem) -> str:
    if isinstance(became, Problem):
        return "refused"
    return "new" if became.new else "changed" if became.changed else "known"


def _refused(intake: Intake, done: Sequence[Done]) -> Iterator[IntakeRow]:
    for number, cells, fields, why in done:
        if isinstance(why, Problem):
            uuid = uuid7()
            said = {key: str(value) for key, value in why.values.items()}
            content = {"cells": fields or _as_they_stand(intake, cells), "said": said, "row": list(cells)}
            yield IntakeRow(
                uuid=uuid, intake=intake, number=number, state=IntakeRow.State.REFUSED, reason=why.code[:60],
                column=why.field[:60], content=sealing.seal(queries.TABLE, uuid, content),
            )  # fmt: skip


def _as_they_stand(intake: Intake, cells: Sequence[str]) -> Fields:
    return {field: cells[at] for at, (field, _) in enumerate(intake.columns) if field and at < len(cells)}


@transaction.atomic
def throw_away(*, intake: Intake, by: By) -> None:
    """Delete a file that was not taken, with all it held; it can be sent again."""
    intake = _held(intake)
    if intake.take_asked_at:
        raise Problem("file_taken_already")
    record("receipts.thrown_away", by=by, subject=intake.uuid, data={"rows": queries.size(intake)})
    intake.delete()


def _held(intake: Intake) -> Intake:
    return Intake.objects.select_for_update().get(pk=intake.pk)
