"""Papers handed over at a door, and the helpers of a home who hold no post."""

from datetime import datetime

from django.db import IntegrityError, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.isolation.inputs import HandingInput, HelperInput
from wangge.domains.isolation.models import HELPERS, PAPERS, HomeHelper, Order, PaperHanded
from wangge.domains.isolation.rules_home import Paper, Signed, handing_refusal, signing_refusal
from wangge.domains.people.rules import age_on
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open


@transaction.atomic
def hand_over(*, order: Order, typed: HandingInput, by: By) -> PaperHanded:
    """Note that a paper reached the person, and what stands under it. Sent twice under one id it is one.

    A community carries an order out: it needs the door, not the order's right. Raises Problem.
    """
    if known := PaperHanded.objects.within(EVERYTHING).filter(uuid=typed.uuid).first():
        return known
    home = order.person.home
    by.need(Right.WORK_DOORS, home.path, home.grid_id)
    _check(order, typed)
    sealed = sealing.seal(PAPERS, typed.uuid, {"guardian": typed.guardian}, response=order.response.uuid)
    one, new = PaperHanded.objects.within(EVERYTHING).get_or_create(
        uuid=typed.uuid,
        defaults={
            "order": order, "kind": typed.paper, "signed": typed.signed, "at": typed.at, "recorded_at": clock.now(),
            "account": by.account, "post": by.post, "sealed": sealed if typed.guardian else b"",
        },
    )  # fmt: skip
    if new:
        record(
            "isolation.paper_handed", by=by, subject=order.uuid, place=home.uuid, response=order.response.uuid,
            occurred_at=typed.at, protocol=order.protocol, data={"paper": typed.paper, "signed": typed.signed},
        )  # fmt: skip
    return one


def _check(order: Order, typed: HandingInput) -> None:
    if order.person.died_on is not None:
        raise Problem("order_person_died")
    if not held_open(order.response.uuid):
        raise Problem("paper_response_closed")
    begins, ends = _stood(order, typed.paper)
    if code := handing_refusal(typed.at, clock.now(), begins, ends):
        raise Problem(code, field="at")
    age = age_on(order.person.birth_date, clock.day_of(typed.at))
    if code := signing_refusal(typed.signed, age, typed.guardian):
        raise Problem(code, field="guardian" if typed.signed is Signed.GUARDIAN else "signed")


def _stood(order: Order, paper: Paper) -> tuple[datetime | None, datetime | None]:
    """From when until when there was this paper. That of an order which ended can be handed over no more."""
    return (order.confirmed_at, order.ended_at) if paper is Paper.ORDER else (order.ended_at, None)


@transaction.atomic
def set_helper(*, response: Response, place: Place, typed: HelperInput, by: By) -> HomeHelper | None:
    """Who is the police officer or volunteer of a home, or of every home of a place around it. An empty name: nobody.

    Whoever leads there may say it: the community's posts open records and work at doors. Raises Problem once the
    Response is closed.
    """
    if known := HomeHelper.objects.within(EVERYTHING).filter(uuid=typed.uuid).first():
        return known
    for right in (Right.OPEN_RECORD, Right.WORK_DOORS):
        by.need(right, place.path, place.grid_id)
    if not held_open(response.uuid):
        raise Problem("paper_response_closed")
    now = clock.now()
    standing = HomeHelper.objects.within(EVERYTHING).filter(
        response=response, place=place, kind=typed.kind, ended_at__isnull=True
    )
    ended = standing.update(ended_at=now)
    one = _named(response, place, typed, by) if typed.name else None
    if one or ended:
        record(
            "isolation.helper_set", by=by, place=place.uuid, response=response.uuid,
            data={"kind": typed.kind, "named": one is not None},
        )  # fmt: skip
    return one


def _named(response: Response, place: Place, typed: HelperInput, by: By) -> HomeHelper:
    said = {"name": typed.name, "phone": typed.phone}
    try:
        with transaction.atomic():
            return HomeHelper.objects.create(
                uuid=typed.uuid, response=response, place=place, kind=typed.kind, set_at=clock.now(), set_post=by.post,
                sealed=sealing.seal(HELPERS, typed.uuid, said, response=response.uuid),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("helper_meanwhile") from error
