"""Orders about people, and the tasks at doors."""

from uuid import UUID

from ninja import Query, Router, Schema

from wangge.api.access import Caller, scope_of_any
from wangge.api.paging import Page, Paging, page
from wangge.api.people import PURPOSE
from wangge.api.shapes import ItemOut, OrderOut, OrderReasonOut, StageOut, TaskOut
from wangge.api.showing import Shown, local
from wangge.base.access.rights import Right
from wangge.domains.isolation import queries as orders_queries
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.places.queries import labels
from wangge.domains.work import queries as work_queries
from wangge.domains.work.models import Task

router = Router(tags=["orders and tasks"])


class OrderFilter(Schema):
    response: UUID | None = None
    state: OrderState | None = None


class TaskFilter(Schema):
    response: UUID | None = None
    state: Task.State | None = None


@router.get("/orders", response=Page[OrderOut])
def orders(
    request: Caller, paging: Query[Paging], chosen: Query[OrderFilter], x_purpose: str | None = PURPOSE
) -> Page[OrderOut]:
    """Orders about people who live in the token's places, in every state, with stages and standing reasons."""
    found = orders_queries.listed(request.by.scope(Right.CONFIRM_ORDERS), chosen.response, chosen.state or "")
    rows, further = page(found, "orders", paging)
    shown = Shown(request, [one.person for one in rows])
    return Page[OrderOut](items=[_order(one, shown) for one in rows], next=further)


@router.get("/orders/{uuid:id}", response=OrderOut)
def order(request: Caller, id: UUID, x_purpose: str | None = PURPOSE) -> OrderOut:
    """One order."""
    one = orders_queries.listed(request.by.scope(Right.CONFIRM_ORDERS)).get(uuid=id)
    return _order(one, Shown(request, [one.person]))


def _order(one: Order, shown: Shown) -> OrderOut:
    stages = [StageOut(measure=s.measure, first_day=s.first_day, last_day=s.last_day) for s in one.stages.all()]
    reasons = [
        OrderReasonOut(kind=r.kind, cause=r.cause, role=r.role, since=r.since, clause=r.clause)
        for r in one.reasons.all()
    ]
    same = ("role", "state", "provisional", "protocol", "clause", "authority", "document_no", "ground", "remedy",
            "end_cause")  # fmt: skip
    instants = ("starts_at", "ends_at", "proposed_at", "confirmed_at", "ended_at")
    return OrderOut(
        id=one.uuid, response=one.response.uuid, person=shown.of(one.person), stages=stages, reasons=reasons,
        supersedes=one.supersedes.uuid if one.supersedes else None,
        **{name: getattr(one, name) for name in same}, **{name: local(getattr(one, name)) for name in instants},
    )  # fmt: skip


@router.get("/tasks", response=Page[TaskOut])
def tasks(request: Caller, paging: Query[Paging], chosen: Query[TaskFilter]) -> Page[TaskOut]:
    """Tasks at the doors of the token's places, in every state, with what is to be done at each."""
    scope = scope_of_any(request.by, Right.SEE_BOARD, Right.WORK_DOORS)
    rows, further = page(work_queries.listed(scope, chosen.response, chosen.state or ""), "tasks", paging)
    addresses = labels([one.door for one in rows])
    return Page[TaskOut](items=[_task(one, addresses[one.door_id]) for one in rows], next=further)


def _task(one: Task, address: str) -> TaskOut:
    items = [
        ItemOut(
            id=item.uuid, person=item.person.uuid if item.person else None, kind=item.kind, cause=item.cause,
            state=item.state, outcome=item.outcome, due_at=local(item.due_at), closed_at=local(item.closed_at),
        )
        for item in one.items.all()
    ]  # fmt: skip
    return TaskOut(
        id=one.uuid, response=one.response.uuid, door=one.door.uuid, address=address,
        grid=one.grid.uuid if one.grid else None, post=one.post.uuid, state=one.state, outcome=one.outcome,
        opened_at=local(one.opened_at), due_at=local(one.due_at), closed_at=local(one.closed_at),
        raised_to=one.raised_to.uuid if one.raised_to else None, items=items,
    )  # fmt: skip
