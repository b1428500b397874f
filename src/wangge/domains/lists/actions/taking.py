"""Looking at a list before anything is asked of anybody: its rows are matched, part by part, and shown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.bulk import insert, update
from wangge.base.collecting import resting
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.receipts import bulk
from wangge.base.receipts import queries as receipts
from wangge.base.receipts.forms import Row
from wangge.base.receipts.models import Intake, IntakePart
from wangge.base.receipts.rows import Reader, reader
from wangge.domains.lists import queries
from wangge.domains.lists.columns import FORM
from wangge.domains.lists.inputs import ListInput, RowInput, again, kept, read_row
from wangge.domains.lists.matching import Matched, Matching
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import ListState, RowState, Telling, repeats
from wangge.domains.people import envelope
from wangge.domains.people.rules import normal_name
from wangge.domains.places.addresses import spoken
from wangge.domains.places.models import Place
from wangge.domains.places.naming import split_address
from wangge.domains.places.queries import root
from wangge.domains.places.queries.scoped import widest
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import touching

PART = 2000  # rows of one transaction


@resting()
def keep_file(*, name: str, content: bytes, by: By) -> tuple[Intake, bool]:
    """Keep a list's file; its columns can then be corrected. The same bytes again: (the first intake, False)."""
    by.scope(Right.IMPORT_RECORDS)
    return bulk.keep_file(form=FORM, name=name, content=content, by=by)


@transaction.atomic
def look_at(*, intake: Intake, fields: Sequence[str], said: ListInput, by: By) -> HandedList:
    """Choose the columns, say whose list it is, and have its rows matched. Nothing is asked of anybody yet.

    Looked at again before it is taken, it is matched anew. Raises Problem without an open Response.
    """
    scope = by.scope(Right.IMPORT_RECORDS)
    place = root() if scope.everything else widest(scope)
    response = touching(scope).filter(closed_at__isnull=True).first()
    if response is None or place is None:
        raise Problem("list_without_response")
    if HandedList.objects.within(EVERYTHING).filter(intake=intake.uuid).exists():
        raise Problem("file_taken_already")
    intake = bulk.choose_columns(intake=intake, fields=fields, form=FORM, by=by)
    intake.look_asked_at = intake.take_asked_at = clock.now()
    intake.save(update_fields=["look_asked_at", "take_asked_at"])
    one = HandedList.objects.create(
        response=response, place=place, post=by.post, intake=intake.uuid, title=said.title, sender=said.sender,
        batch=said.batch, received_at=intake.received_at, due_at=said.due_at, heading=intake.columns,
        shape=intake.shape, questions=queries.questions_of(said.form),
    )  # fmt: skip
    data = {"rows": receipts.size(intake)}
    record("lists.list_received", by=by, subject=one.uuid, place=place.uuid, response=response.uuid, data=data)
    return one


@resting()
@transaction.atomic
def read_on(*, list_: HandedList, by: By, limit: int = PART, cause: UUID | None = None) -> int:
    """Match the next rows; returns how many are left. With the last of them the list is ready to be looked at."""
    if list_.state != ListState.READING or list_.intake is None:
        return 0
    intake = receipts.named(list_.intake)
    scope = by.scope(Right.IMPORT_RECORDS)
    parts = receipts.parts(intake, [IntakePart.State.WAITING], limit // bulk.SIZE or 1)
    read, matching = reader(intake, FORM), Matching(scope)
    for part in parts:
        if above := receipts.top(part):
            list_.top = queries.sealed_top(list_, above)
            list_.save(update_fields=["top"])
        write(list_, receipts.rows(part), read, matching)
        part.content, part.state = b"", IntakePart.State.TAKEN
        part.save(update_fields=["content", "state"])
    left = receipts.left(intake, [IntakePart.State.WAITING])
    if left:
        record("lists.part_read", by=by, subject=list_.uuid, cause=cause, data={"left": left})
    else:
        finish(list_, by, cause)
    return left


def write(list_: HandedList, some: Sequence[Row], read: Reader, matching: Matching) -> None:
    """Rows as they came, with what each is."""
    typed = [read_row(_fields(read, number, cells), cells) for number, cells in some]
    raw = [(number, cells) for number, cells in some]
    write_rows(list_, list(zip(raw, typed, strict=True)), matching)


def _fields(read: Reader, number: int, cells: Sequence[str]) -> Mapping[str, str]:
    """The cells by field; of a row that is damaged in part, what can be read."""
    found = read.fields(number, cells)
    return read.as_written(cells) if isinstance(found, Problem) else found


def write_rows(list_: HandedList, rows: Sequence[tuple[Row, RowInput]], matching: Matching) -> list[ListRow]:
    """The same for rows that were read already, such as those another office forwarded."""
    matched = matching.match([typed for _, typed in rows])
    areas = queries.communities(one.area for one in matched)
    made = [_made(list_, row, typed, one, areas) for (row, typed), one in zip(rows, matched, strict=True)]
    insert(made)
    return made


def _made(list_: HandedList, row: Row, typed: RowInput, one: Matched, areas: Mapping[str, Place]) -> ListRow:
    uuid, (number, cells) = uuid7(), row
    chosen = one.verdict.chosen
    state = RowState.REMARK if typed.nobody else one.state
    reason = ("struck" if typed.mark == "struck" else "nobody_named") if typed.nobody else one.reason
    area = areas.get(one.area)
    return ListRow(
        uuid=uuid, list=list_, number=number, state=state, reason=reason[:40], urgent=typed.mark == "urgent",
        content=sealing.seal(queries.TABLE, uuid, kept(typed, cells), response=list_.response.uuid),
        document_index=envelope.document_index(typed.document),
        person_id=chosen.key if chosen and chosen.inside and not typed.nobody else None,
        evidence=",".join(chosen.evidence) if chosen else "", against=",".join(chosen.against) if chosen else "",
        home_id=(one.where.home or None) if one.where.inside else None, area=area,
    )  # fmt: skip


def finish(list_: HandedList, by: By, cause: UUID | None = None) -> None:
    """With all rows matched: which of them are about one person. The list can then be looked at."""
    join_repeats(list_)
    list_.state = ListState.LOOKED
    list_.save(update_fields=["state"])
    sums = queries.sums([list_])[list_.pk]
    record(
        "lists.list_matched", by=by, subject=list_.uuid, place=list_.place.uuid, response=list_.response.uuid,
        cause=cause, data={name: number for name, number in sums.items() if number},
    )  # fmt: skip


def join_repeats(list_: HandedList) -> None:
    """Mark rows about somebody whom an earlier row is about. A repeat that was matched lends its match to the first."""
    rows = {row.number: row for row in queries.rows(list_).exclude(state=RowState.REMARK)}
    same = repeats(_tellings(rows.values()))
    changed: dict[int, ListRow] = {}
    for number, first in same.items():
        row, kept_row = rows[number], rows[first]
        if row.person_id and not kept_row.person_id and kept_row.state == RowState.TO_RESOLVE:
            kept_row.person_id, kept_row.evidence, kept_row.against = row.person_id, row.evidence, row.against
            kept_row.state, kept_row.reason = RowState.MATCHED, ""
            changed[first] = kept_row
        row.state, row.reason, row.repeats = RowState.REPEATED, "", kept_row
        changed[number] = row
    fields = ["state", "reason", "repeats", "person", "evidence", "against"]
    update(list(changed.values()), fields)


def _tellings(rows: Any) -> Iterator[Telling]:
    for row in rows:
        said = again(queries.content(row))
        born = said.born.isoformat() if said.born else ""
        address = _door(spoken(said.address)) if said.address.says_where else ""
        yield Telling(row.number, row.person_id, normal_name(said.name), said.document, said.phones, born, address)


def _door(text: str) -> str:
    """An address in one form: 东岗里1-1-101 is 东岗里1号楼1单元101."""
    found = split_address(text)
    return "-".join([found.head, *(number for _, number in found.parts)]) if found else text


@transaction.atomic
def throw_away(*, list_: HandedList, by: By) -> None:
    """Delete a list of which nothing was asked yet, with its file; it can be sent again."""
    by.need(Right.IMPORT_RECORDS, list_.place.path)
    if list_.state not in (ListState.READING, ListState.LOOKED) or list_.above_id:
        raise Problem("list_taken_already")
    record("lists.list_thrown_away", by=by, subject=list_.uuid, data={"rows": queries.rows(list_).count()})
    intake = receipts.perhaps(list_.intake) if list_.intake else None
    list_.delete()
    if intake:
        intake.delete()


def response_of(list_: HandedList) -> Response:
    """The Response a list is worked on in. Raises Problem once it is closed."""
    if list_.response.closed_at:
        raise Problem("list_response_closed")
    return list_.response
