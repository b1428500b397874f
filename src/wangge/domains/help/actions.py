"""Asking, answering, ending. What was said stays sealed; the log holds ids, kinds and steps."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access import tries
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.help import queries
from wangge.domains.help.models import HelpNote, HelpRequest
from wangge.domains.help.queries import NOTES, TABLE
from wangge.domains.help.rules import (
    BY_LINK,
    HOUR,
    LIVE,
    OF_ADDRESS,
    OF_KEY,
    OF_POSTER,
    STEPS,
    Act,
    Away,
    Channel,
    Noted,
    Said,
    State,
    by_link,
    first_state,
    may_reopen,
    may_say,
    missing,
    step,
)
from wangge.domains.help.terms import Term, terms
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open

ANSWERS = frozenset({Act.CONFIRM, Act.DECLINE, Act.DO, Act.RECEIVE, Act.TURN_AWAY, Noted.ANSWERED})


def ask(*, said: Said, place: Place, channel: Channel, by: By, sender: str = "") -> HelpRequest:
    """Take a request down. The same id sent again is one request, with the same answer.

    Raises Problem where no Response is open there, or too many come from one address or for one place; the counts are
    kept whatever becomes of it.
    """
    if (one := queries.known(said.uuid)) is not None:
        return one
    if (response := queries.response_at(place)) is None:
        raise Problem("help_no_response")
    rank = 1
    if channel is Channel.OPEN311 and not tries.take("help key", sender, most=OF_KEY, within=HOUR):
        raise Problem("help_too_often")
    if channel is Channel.LINK:
        if not tries.take("help", sender, most=OF_ADDRESS, within=HOUR):
            raise Problem("help_too_often")
        if not tries.take("help place", place.uuid, most=OF_POSTER, within=HOUR):
            raise Problem("help_too_often")
        rank = _rank(sender)
    return _write(said, place, response, channel, by, sender, rank)


def _rank(sender: str) -> int:
    """The how manieth of the last hour from this address it is."""
    code = sealing.blind("sender", sender)
    recent = HelpRequest.objects.within(EVERYTHING).filter(sender=code, received_at__gt=clock.now() - HOUR)
    return recent.count() + 1 if code else 1


@transaction.atomic
def _write(
    said: Said, place: Place, response: Response, channel: Channel, by: By, sender: str, rank: int
) -> HelpRequest:
    term, now = terms().kinds[said.kind], clock.now()
    state = first_state(said.whom, child=term.child, public=term.public)
    one, new = HelpRequest.objects.within(EVERYTHING).get_or_create(
        uuid=said.uuid,
        defaults={
            "response": response.uuid, "place": place, "kind": said.kind, "public": term.public, "whom": said.whom,
            "channel": channel, "sealed": sealing.seal(TABLE, said.uuid, said.content(), response=response.uuid),
            "sender": sealing.blind("sender", sender), "rank": rank, "state": state, "edition": terms().edition,
            "clause": terms().clause, "received_at": now, "answer_by": now + timedelta(hours=term.answer),
            "due_at": now + timedelta(hours=_hours(term, state)),
        },
    )  # fmt: skip
    if new:
        record(
            "help.asked", by=by, subject=one.uuid, place=place.uuid, response=one.response, protocol=one.edition,
            clause=one.clause, data={"kind": one.kind, "whom": one.whom, "channel": one.channel, "state": one.state},
        )  # fmt: skip
    return one


def _hours(term: Term, state: State) -> float:
    return term.confirm if state is State.ASKING else term.done


@transaction.atomic
def say(*, request: HelpRequest, act: Act, by: By, words: str = "", away: Away | None = None) -> HelpRequest:
    """A step by staff. Said again where it leads to where the request stands already, nothing changes.

    Raises NotAllowed, and Problem where the step is not possible now, or somebody else has to say it.
    """
    one = queries.held(request.uuid)
    need(by, one)
    if act is Act.TURN_AWAY and away is None:
        raise Problem("help_away", field="away")
    if not by.system and not may_say(act, who=by.account, done_by=one.done_by):
        raise Problem("help_second")
    if act is Act.NOT_REACHED and not _called(one, by):
        raise Problem("help_call_first")
    if act is Act.DO:
        _complete(one)
    return _step(one, act, by, words, away)


@transaction.atomic
def say_by_link(*, request: HelpRequest, act: Act, by: By, words: str = "") -> HelpRequest:
    """A step by whoever asked. Raises Problem."""
    one = queries.held(request.uuid)
    if not by_link(act, State(one.state), public=one.public):
        raise Problem("help_everybodys" if one.public and act in BY_LINK else "help_step")
    if act is Act.NOT_HELPED and one.state in (State.RECEIVED, State.UNCONFIRMED):
        act = Act.REOPEN
    return _step(one, act, by, words, None)


def need(by: By, one: HelpRequest) -> None:
    """Raise NotAllowed unless calls are answered for its place, or its door is worked, with one's posts."""
    places = [place for place in (one.place, one.door) if place]
    for right in (Right.ANSWER_CALLS, Right.WORK_DOORS):
        if by.may(right) and any(by.scope(right).covers(place.path, place.grid_id) for place in places):
            return
    raise NotAllowed(Right.ANSWER_CALLS)


def _called(one: HelpRequest, by: By) -> bool:
    calls = HelpNote.objects.within(EVERYTHING).filter(request=one, kind=Noted.NO_ANSWER, account=by.account)
    return by.system or bool(one.done_at and calls.filter(at__gte=one.done_at).exists())


def _complete(one: HelpRequest) -> None:
    """Raises Problem where a child has no carer yet, or the report is not made."""
    term = terms().kinds.get(one.kind)
    lacks = missing(child=bool(term and term.child), noted=queries.noted(one))
    if lacks is not None:
        raise Problem("help_carer" if lacks is Noted.CARER else "help_report")


def _step(one: HelpRequest, act: Act, by: By, words: str, away: Away | None) -> HelpRequest:
    then = step(State(one.state), act)
    if then is None:
        if any(target == one.state and each is act for (_from, each), target in STEPS.items()):
            return one  # said twice
        raise Problem("help_step")
    now = clock.now()
    if act is Act.REOPEN and not may_reopen(one.closed_at, now, terms().reopen_days):
        raise Problem("help_late_reopen")
    if then in LIVE and not held_open(one.response):
        raise Problem("help_over")
    _write_step(one, act, then, by, away)
    _note(one, act, by, words)
    record(
        "help.stepped", by=by, subject=one.uuid, place=one.place.uuid, response=one.response,
        data={"act": act.value, "state": then.value, "late": now > one.due_at},
    )  # fmt: skip
    return one


def _write_step(one: HelpRequest, act: Act, then: State, by: By, away: Away | None) -> None:
    now, term = clock.now(), terms().kinds.get(one.kind)
    one.state, one.away = then, away.value if away and then is State.TURNED_AWAY else ""
    one.closed_at = None if then in LIVE else now
    if act in ANSWERS and one.answered_at is None:
        one.answered_at = now
    if then is State.OPEN and term:
        one.due_at = now + timedelta(hours=term.done)
    if act is Act.DO:
        one.done_at, one.done_by = now, by.account
    if act in (Act.NOT_HELPED, Act.REOPEN):
        one.rounds, one.raised_to, one.raised_at, one.done_at, one.done_by = one.rounds + 1, None, None, None, None
    one.save()


def _note(one: HelpRequest, kind: Act | Noted, by: By, words: str, uuid: UUID | None = None) -> HelpNote:
    uuid = uuid or uuid7()
    sealed = sealing.seal(NOTES, uuid, {"words": words}, response=UUID(str(one.response))) if words else b""
    return HelpNote.objects.within(EVERYTHING).create(
        uuid=uuid, request=one, at=clock.now(), kind=kind, account=by.account, post=by.post, sealed=sealed
    )


@transaction.atomic
def note(*, request: HelpRequest, kind: Noted, by: By, words: str = "", uuid: UUID | None = None) -> HelpRequest:
    """A line of the history by staff: spoken to, nobody answered, who looks after a child, that it was reported."""
    one = queries.held(request.uuid)
    need(by, one)
    return _noted(one, kind, by, words, uuid)


@transaction.atomic
def note_by_link(
    *, request: HelpRequest, kind: Noted, by: By, words: str = "", uuid: UUID | None = None
) -> HelpRequest:
    """A reminder or further words by whoever asked. Sent twice under one id it is one. Raises Problem."""
    one = queries.held(request.uuid)
    if kind not in (Noted.NUDGE, Noted.WORDS):
        raise Problem("help_step")
    if kind is Noted.NUDGE:
        if one.state not in LIVE:
            raise Problem("help_step")
        if one.nudged_at and one.nudged_at > clock.now() - timedelta(hours=terms().nudge_hours):
            raise Problem("help_nudged")
        one.nudged_at, one.nudges = clock.now(), one.nudges + 1
        one.save(update_fields=["nudged_at", "nudges"])
    return _noted(one, kind, by, words, uuid)


def _noted(one: HelpRequest, kind: Noted, by: By, words: str, uuid: UUID | None) -> HelpRequest:
    if uuid and HelpNote.objects.within(EVERYTHING).filter(uuid=uuid).exists():
        return one
    if kind in (Noted.WORDS, Noted.CARER, Noted.REPORTED) and not words:
        raise Problem("help_words", field="words")
    if one.state not in LIVE and not held_open(one.response):
        raise Problem("help_over")
    _note(one, kind, by, words, uuid)
    if kind is Noted.ANSWERED and one.answered_at is None:
        one.answered_at = clock.now()
        one.save(update_fields=["answered_at"])
    record(
        "help.noted", by=by, subject=one.uuid, place=one.place.uuid, response=one.response, data={"kind": kind.value}
    )
    return one


@transaction.atomic
def put_to_door(*, request: HelpRequest, door: Place, by: By) -> HelpRequest:
    """Say at which door it is needed; the door's work follows."""
    one = queries.held(request.uuid)
    need(by, one)
    if one.state not in LIVE:
        raise Problem("help_step")
    if one.door_id == door.pk:
        return one
    one.door = door
    one.save(update_fields=["door"])
    _note(one, Noted.DOOR, by, "")
    record("help.put_to_door", by=by, subject=one.uuid, place=door.uuid, response=one.response)
    return one
