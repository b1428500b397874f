"""The path of a need, step by step: chosen, bought, brought, said by the patient to be there. Each verb is one move of
the table in ``rules``."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions.raising import raise_needs
from wangge.domains.medicine.inputs import BuyInput, HandInput
from wangge.domains.medicine.models import Need, NeedStep
from wangge.domains.medicine.queries import STEPS, TABLE
from wangge.domains.medicine.rules import MOVES, OPEN, Call, Move, State, Who, held_until, leads
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.protocol.queries import still_open

NUDGE_EVERY = timedelta(hours=1)


@transaction.atomic
def place(*, need: Need, where: str, venue: UUID | None, by: By, uuid: UUID | None = None) -> Need:
    """The hospital or pharmacy is chosen, by its name (``where``) and, for a venue that is known, its id; another one
    may be chosen later."""
    return _moved(need, Move.PLACE, by, uuid, {"where": where}, venue=venue, buyer=None, buyer_post=None)


@transaction.atomic
def give(*, need: Need, to: Account, by: By, uuid: UUID | None = None) -> Need:
    """Somebody buys it. Raises Problem where they hold no post that reaches the home any more."""
    return _into(need, Move.GIVE, to, by, uuid)


@transaction.atomic
def pass_on(*, need: Need, to: Account, by: By, uuid: UUID | None = None) -> Need:
    """What was bought goes into another hand, which brings it. Raises Problem as ``give`` does."""
    return _into(need, Move.HAND_ON, to, by, uuid)


def _into(need: Need, move: Move, to: Account, by: By, uuid: UUID | None) -> Need:
    held = queries.posts_reaching(to, need.person.home)
    if not held:
        raise Problem("buyer_without_post", field="to", name=to.name)
    said = {"to": str(to.uuid)}
    return _moved(need, move, by, uuid, said, buyer=to.uuid, buyer_post=held[0], round=None, turn=None)


@transaction.atomic
def buy(*, need: Need, typed: BuyInput, by: By, uuid: UUID | None = None) -> Need:
    """Bought: price, receipt and what had been handed out for it."""
    said = {"price": typed.price, "handed": typed.handed, "receipt": typed.receipt}
    return _moved(need, Move.BUY, by, uuid, said, price=typed.price, handed=typed.handed)


@transaction.atomic
def set_out(*, need: Need, by: By, uuid: UUID | None = None) -> Need:
    """On the way to the door."""
    return _moved(need, Move.SET_OUT, by, uuid, {})


@transaction.atomic
def hand_over(*, need: Need, typed: HandInput, by: By, uuid: UUID | None = None) -> Need:
    """Handed over at the door, in words: what, how many, who took it. It is closed by the patient, not by this."""
    said = {"what": typed.what, "count": typed.count, "received": typed.received.value, "taker": typed.taker,
            "returned": typed.returned}  # fmt: skip
    return _moved(
        need, Move.HAND_OVER, by, uuid, said, bringer=by.account, returned=typed.returned, delivered_at=clock.now()
    )


@transaction.atomic
def receive(*, need: Need, by: By, own: bool = False, proxy: bool = False, uuid: UUID | None = None) -> Need:
    """The patient, or who speaks for them (``proxy``), has it. ``own``: said on their own page; else somebody notes
    what they said on the telephone, and not whoever brought it."""
    said = {"by": "proxy" if proxy else "patient", "through": "page" if own else "phone"}
    return _moved(need, Move.RECEIVE, by, uuid, said, own=own)


@transaction.atomic
def confirm(*, need: Need, why: str, by: By, uuid: UUID | None = None) -> Need:
    """A second person looked and could not reach the patient: it ends as brought and not confirmed (送达未确认)."""
    return _moved(need, Move.CONFIRM, by, uuid, {"why": why})


@transaction.atomic
def out_of_stock(*, need: Need, by: By, uuid: UUID | None = None) -> Need:
    """It is not to be had there; the next place is to be chosen."""
    said = {"where": where} if (where := queries.where(need)) else {}
    return _moved(need, Move.OUT_OF_STOCK, by, uuid, said, venue=None, buyer=None, buyer_post=None)


@transaction.atomic
def wrong(*, need: Need, why: str, by: By, uuid: UUID | None = None) -> Need:
    """The wrong medicine: bought anew by the same hand, and the level above knows."""
    return _moved(need, Move.WRONG, by, uuid, {"why": why}, delivered_at=None)


@transaction.atomic
def not_received(*, need: Need, by: By, own: bool = False, uuid: UUID | None = None) -> Need:
    """The patient says that it is not there: it is open again, with whoever brought it, and goes up at once."""
    return _moved(
        need, Move.NOT_RECEIVED, by, uuid, {"through": "page" if own else "phone"}, own=own, delivered_at=None,
        buyer=need.bringer,
    )  # fmt: skip


@transaction.atomic
def substitute(*, need: Need, name: str, doctor: str, by: By, uuid: UUID | None = None) -> Need:
    """Another medicine instead, on a doctor's word, which is kept with it. Raises Problem where it is asked for
    already."""
    content = queries.said(need)
    new = content | {"name": name}
    index = queries.index_of(new)
    double = Need.objects.within(EVERYTHING).filter(person=need.person, ended_at__isnull=True, **index)
    if double.exclude(pk=need.pk).exists():
        raise Problem("need_already_open", field="name", name=need.person.name)
    said = {"before": content.get("name", ""), "name": name, "doctor": doctor}
    sealed = sealing.seal(TABLE, need.uuid, new, response=need.response)
    return _moved(need, Move.SUBSTITUTE, by, uuid, said, sealed=sealed, name_index=index["name_index"])


@transaction.atomic
def end(*, need: Need, move: Move, by: By, why: str = "", uuid: UUID | None = None, cause: UUID | None = None) -> Need:
    """It ends without having been received: not needed, in hospital, died, or with its Response."""
    if MOVES[move].to in OPEN or MOVES[move].to is None or move in (Move.RECEIVE, Move.CONFIRM):
        raise Problem("move_not_now")
    return _moved(need, move, by, uuid, {"why": why} if why else {}, cause=cause)


@transaction.atomic
def lose_buyer(*, account: UUID, by: By, cause: UUID | None = None) -> int:
    """Whoever bought holds no post any more that reaches the home: what is in their hand goes back to be given anew,
    and up. Returns how many."""
    rows = queries.out_of_reach(account, queries.reach_of(account))
    held = [one for one in rows if leads(Move.LOSE_BUYER, State(one.state))]
    for one in held:
        _moved(one, Move.LOSE_BUYER, by, None, {}, buyer=None, buyer_post=None, cause=cause)
    return len(held)


def end_of_person(*, person: Person, by: By, cause: UUID) -> None:
    """Somebody has died: nothing is bought or brought any more."""
    for one in queries.of_person(person).filter(ended_at__isnull=True):
        end(need=one, move=Move.DIED, by=by, cause=cause)


def end_of_response(*, response: Response, by: By, cause: UUID) -> None:
    """Needs end with their Response."""
    for one in Need.objects.within(EVERYTHING).filter(response=response.uuid, ended_at__isnull=True):
        end(need=one, move=Move.END, by=by, cause=cause)


@transaction.atomic
def note_call(*, need: Need, how: Call, by: By) -> Need:
    """Somebody called after it had been brought: how they are, whether it is the right medicine."""
    if not queries.works_at(by, need.person.home) and by.account != need.buyer:
        raise NotAllowed(queries.SEES[0])
    row = _locked(need)
    if row.delivered_at is None:
        raise Problem("call_before_delivery")
    row.called_at, row.called_how = clock.now(), how
    row.save(update_fields=["called_at", "called_how"])
    record(
        "medicine.called", by=by, subject=row.uuid, place=row.person.home.uuid, response=row.response,
        data={"how": how.value},
    )  # fmt: skip
    return row


@transaction.atomic
def nudge(*, need: Need, by: By) -> Need:
    """Whoever asked says that they still wait. Once an hour is enough: the page says when it was heard."""
    row, now = _locked(need), clock.now()
    if row.ended_at:
        raise Problem("need_is_over")
    if row.nudged_at and now - row.nudged_at < NUDGE_EVERY:
        raise Problem("nudged_already")
    row.nudged_at = now
    row.save(update_fields=["nudged_at"])
    record("medicine.nudged", by=by, subject=row.uuid, place=row.person.home.uuid, response=row.response)
    return row


def _locked(need: Need) -> Need:
    """The row, held until the transaction ends: two people at one need follow each other."""
    Need.objects.within(EVERYTHING).select_for_update().get(pk=need.pk)
    chosen = Need.objects.within(EVERYTHING).select_related("person__home__parent", "post__parent", "raised_to__parent")
    return chosen.get(pk=need.pk)


def _moved(
    need: Need, move: Move, by: By, uuid: UUID | None, said: dict[str, Any], *, own: bool = False,
    cause: UUID | None = None, **fields: Any,
) -> Need:  # fmt: skip
    """Make one move: who may, from where, the row, the step, the fact; up where the table says so."""
    row = _locked(need)
    if uuid and NeedStep.objects.within(EVERYTHING).filter(uuid=uuid).exists():
        return row
    _may(row, move, by, own)
    if not leads(move, State(row.state)):
        raise Problem("move_not_now")
    state, now = MOVES[move].to or State(row.state), clock.now()
    response = response_named(row.response)
    if state in OPEN and not still_open(response):
        raise Problem("medicine_no_response")
    if row.ended_at and state in OPEN:
        _alone(row)
    terms = queries.terms_of(queries.edition_at(response))
    ended = None if state in OPEN else row.ended_at or now
    until = held_until(state, now, row.due_at, terms) if state in OPEN else None
    changed = fields | {"state": state, "state_at": now, "until": until, "ended_at": ended}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    _kept(row, move, by, uuid or uuid7(), said, cause)
    if MOVES[move].up:
        raise_needs([row], now=now, why=move.value, by=by)
    return row


def _alone(row: Need) -> None:
    """A need that is opened again must not meet a newer one of the same medicine. Raises Problem."""
    same = Need.objects.within(EVERYTHING).filter(person=row.person, name_index=row.name_index, ended_at__isnull=True)
    if same.exists():
        raise Problem("need_already_open", name=row.person.name)


def _may(row: Need, move: Move, by: By, own: bool) -> None:
    """Raises NotAllowed, or Problem where somebody else has to say it."""
    who = MOVES[move].who
    if by.system or (own and who is Who.PATIENT):
        return
    if who is Who.SYSTEM:
        raise NotAllowed(queries.SEES[0])
    mine, desk = by.account is not None and by.account == row.buyer, queries.works_at(by, row.person.home)
    if who is Who.BUYER and not mine:
        raise Problem("not_in_your_hand")
    if not (desk or mine):
        raise NotAllowed(queries.SEES[0])
    if who in (Who.PATIENT, Who.SECOND) and by.account == row.bringer and move is not Move.NOT_RECEIVED:
        raise Problem("bringer_closes_nothing")


def _kept(row: Need, move: Move, by: By, uuid: UUID, said: dict[str, Any], cause: UUID | None) -> None:
    NeedStep.objects.create(
        uuid=uuid, need=row, move=move, state=row.state, at=row.state_at, account=by.account, post=by.post,
        sealed=sealing.seal(STEPS, uuid, said, response=row.response),
    )  # fmt: skip
    record(
        "medicine.moved", by=by, subject=row.uuid, place=row.person.home.uuid, response=row.response, cause=cause,
        uuid=derived("need", "moved", uuid), data={"move": move.value, "state": str(row.state)},
    )  # fmt: skip
