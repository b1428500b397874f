"""Calls, and answers: reach is noted for the person, and with it for everything they were to be told."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING, ScopedQuerySet
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.messages.models import ContactChoice, Message, PhoneCall
from wangge.domains.messages.queries import holders_of
from wangge.domains.messages.rules import UNCONFIRMED, Outcome, State, call_again
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response

CALLERS = (Right.ANSWER_CALLS, Right.WORK_DOORS)
ANSWERS = frozenset({"1", "１", "收到", "OK", "YES"})
STOPS = frozenset({"TD", "T", "0000", "退订", "STOP", "停"})


def may_call(by: By, person: Person) -> None:
    """Raises NotAllowed unless somebody may call this person."""
    home = person.home
    if not any(by.may(right) and by.scope(right).covers(home.path, home.grid_id) for right in CALLERS):
        raise NotAllowed(CALLERS[0])


@transaction.atomic
def note_call(*, message: Message, outcome: Outcome, by: By, uuid: UUID) -> PhoneCall:
    """What came of a call to whoever a message is for. One call says everything: reached, they are reached with all of
    it, and so are those of their home whose phone this is. Sent twice it is one call. Raises Problem, NotAllowed."""
    if known := PhoneCall.objects.within(EVERYTHING).filter(uuid=uuid).first():
        return known
    may_call(by, message.person)
    open_ = _open(message.person, message.response)
    if not open_.exists():
        raise Problem("told_settled")
    call = PhoneCall.objects.create(
        uuid=uuid, response=message.response, person=message.person, at=clock.now(), outcome=outcome,
        account=by.account, post=by.post,
    )  # fmt: skip
    log_look(by=by, kind=AccessLog.Kind.CALLED, person=message.person.uuid, reason="call list")
    reached = _outcome(open_, message, outcome)
    record(
        "messages.called", by=by, subject=message.uuid, place=message.person.home.uuid,
        response=message.response.uuid, data={"outcome": outcome.value, "reached": reached},
    )  # fmt: skip
    return call


def _outcome(open_: "ScopedQuerySet[Message]", message: Message, outcome: Outcome) -> int:
    if outcome is Outcome.REACHED:
        return _reached(_told_through(message.person, message.response))
    waiting = open_.filter(state=State.CALLS)
    again = clock.now() + call_again(outcome, life_saving=message.life_saving)
    if outcome is Outcome.WRONG_NUMBER:
        waiting.update(wrong_number=True, not_before=again)
    else:
        missed = 1 if outcome is Outcome.NO_ANSWER else 0
        waiting.update(unanswered=F("unanswered") + missed, not_before=again)
    return 0


def _open(person: Person, response: Response) -> "ScopedQuerySet[Message]":
    return Message.objects.within(EVERYTHING).filter(
        person=person, response=response, state__in=[State.CALLS, *UNCONFIRMED]
    )


def _told_through(person: Person, response: Response) -> "ScopedQuerySet[Message]":
    """What this person was told, and what others of their home were told through their phone."""
    return Message.objects.within(EVERYTHING).filter(
        Q(person=person) | Q(via=person), response=response, state__in=[State.CALLS, *UNCONFIRMED]
    )


def _reached(rows: "ScopedQuerySet[Message]") -> int:
    return rows.update(state=State.REACHED, reached_at=clock.now(), sealed=b"", lease_until=None, why="")


@transaction.atomic
def confirm(*, number: str, text: str) -> int:
    """An answer from a phone: everything that went to it is reached, for everybody it was for; or no more texts.

    Anything else is a text that nobody reads here, and the messages stay unconfirmed: a person will call.
    """
    word = text.strip().upper()
    holders = sorted(holders_of(number))
    if not holders:
        return 0
    if word in STOPS:
        return stop_texts(people=holders)
    if word not in ANSWERS:
        return 0
    rows = Message.objects.within(EVERYTHING).filter(
        via__in=holders, state__in=UNCONFIRMED, response__closed_at__isnull=True
    )
    if reached := _reached(rows):
        record("messages.confirmed", by=SYSTEM, data={"messages": reached})
    return reached


@transaction.atomic
def stop_texts(*, people: Sequence[int]) -> int:
    """Somebody answered "stop": no texts to them any more in the Responses that are open. What concerns them alone
    comes by a call. How many people that are."""
    now, count = clock.now(), 0
    open_ = Message.objects.within(EVERYTHING).filter(via__in=people, response__closed_at__isnull=True)
    for person, response in set(open_.values_list("via", "response")):
        known = ContactChoice.objects.within(EVERYTHING).filter(person=person, response=response).first()
        choice = known or ContactChoice(person_id=person, response_id=response)
        if not choice.no_sms:
            choice.no_sms, choice.changed_at, choice.from_door = True, now, False
            choice.chosen = "" if choice.chosen == "sms" else choice.chosen
            choice.save()
            count += 1
    if count:
        record("messages.ways_chosen", by=SYSTEM, data={"people": count, "by": "answer"})
    return count
