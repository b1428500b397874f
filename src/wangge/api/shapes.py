"""What leaves through the API: stable names, ids as UUIDs, instants with their offset, days as civil days."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class PlaceOut(Schema):
    """``code`` is the statistical code of a division (国统字〔2009〕91号), a local one, or empty."""

    id: UUID
    code: str
    kind: str
    name: str
    parent: UUID | None
    grid: UUID | None
    opened: date | None
    closed: date | None


class GridOut(Schema):
    id: UUID
    community: UUID
    number: int
    name: str
    opened: date
    closed: date | None


class PersonOut(Schema):
    """``masked``: the name is shortened and the birth date left out, unless a right and X-Purpose say otherwise."""

    id: UUID
    masked: bool
    name: str
    sex: str
    birth_date: date | None
    place: UUID
    address: str


class PersonWhole(PersonOut):
    """One person; the numbers are masked with the name."""

    document_type: str
    document: str
    phone: str
    died_on: date | None


class CaseOut(Schema):
    id: UUID
    response: UUID
    number: int
    person: PersonOut
    classification: str
    state: str
    confirmed_at: datetime
    infectious_from: date
    onset_on: date | None
    withdrawn_at: datetime | None
    result: UUID


class ExposureOut(Schema):
    """One meeting, or a candidate for one, and what a tracer decided. ``via``: the exposure it hangs on."""

    id: UUID
    response: UUID
    case: UUID
    person: PersonOut
    contact: UUID | None
    kind: str
    role: str
    state: str
    place: UUID | None
    venue: UUID | None
    starts: datetime
    ends: datetime
    minutes: int | None
    via: UUID | None
    decided_at: datetime | None
    clause: str


class ReasonOut(Schema):
    """Why somebody is a contact, without anybody else's name."""

    id: UUID
    case: UUID
    kind: str
    role: str
    starts: datetime
    ends: datetime
    decided_at: datetime | None
    clause: str


class ContactOut(Schema):
    id: UUID
    response: UUID
    person: PersonOut
    role: str
    last_exposure: date
    state: str
    exposures: list[ReasonOut]


class StageOut(Schema):
    measure: str
    first_day: date
    last_day: date


class OrderReasonOut(Schema):
    kind: str
    cause: UUID
    role: str
    since: date
    clause: str


class OrderOut(Schema):
    id: UUID
    response: UUID
    person: PersonOut
    role: str
    state: str
    provisional: bool
    protocol: str
    clause: str
    starts_at: datetime
    ends_at: datetime
    authority: str
    document_no: str
    ground: str
    remedy: str
    proposed_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    end_cause: str
    supersedes: UUID | None
    stages: list[StageOut]
    reasons: list[OrderReasonOut]


class ItemOut(Schema):
    """One thing to do; ``person`` empty: for everybody behind the door."""

    id: UUID
    person: UUID | None
    kind: str
    cause: UUID
    state: str
    outcome: str
    due_at: datetime
    closed_at: datetime | None


class TaskOut(Schema):
    id: UUID
    response: UUID
    door: UUID
    address: str
    grid: UUID | None
    post: UUID
    state: str
    outcome: str
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    raised_to: UUID | None
    items: list[ItemOut]


class ResponseOut(Schema):
    id: UUID
    title: str
    drill: bool
    area: UUID
    protocol: str
    authority: str
    document_no: str
    opened_at: datetime
    closed_at: datetime | None


class DoorCounts(Schema):
    """``expected`` is the sum of the seven below it; ``late`` counts some of them again."""

    expected: int
    done: int
    refused: int
    absent: int
    unreachable: int
    elsewhere: int
    died: int
    not_yet: int
    late: int


class PartCounts(Schema):
    """A place or grid directly below, or (both empty) the doors of a community that lie in no grid."""

    place: UUID | None
    grid: UUID | None
    doors: DoorCounts


class CountsOut(Schema):
    """The board's figures of one place in one Response, at the instant ``as_of``."""

    place: UUID
    response: UUID
    as_of: datetime
    doors: DoorCounts
    parts: list[PartCounts]
    cases: int
    contacts: dict[str, int]
    exposures_to_decide: int
    orders: dict[str, int]
    tests: dict[str, int]


class ChangeOut(Schema):
    """One fact of the log (docs/facts.md). Ids and codes only."""

    id: UUID
    kind: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    actor: UUID | None
    post: UUID | None
    subject: UUID | None
    place: UUID | None
    response: UUID | None
    protocol: str
    clause: str
    cause: UUID | None
    data: dict[str, Any]


class Changes(Schema):
    """``next`` is always there: keep it, and ask with it again. ``more``: there are further facts already."""

    items: list[ChangeOut]
    next: str
    more: bool


class ResultOut(Schema):
    id: UUID
    response: UUID
    person: UUID
    laboratory: str
    specimen_no: str
    purpose: str
    value: str
    symptoms: bool | None
    collected_at: datetime
    reported_at: datetime
    recorded_at: datetime
    state: str
