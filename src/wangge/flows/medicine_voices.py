"""One thing and not three: a request for help, a daily report or an answer that speaks of a medicine whose need is open
becomes a voice of it, and what becomes of the need is said there too.

    a request for medicine at a door with one open need     joins it; nobody goes for it a second time    need_of
    the need moved                                          the request is done, received, open again     moved
    received, or not helped, said with the request          the need is received, or open again           said
"""

from contextlib import suppress
from uuid import UUID

from wangge.base.access.by import SYSTEM, By
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.problems import Problem
from wangge.domains.help import actions as help_
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.queries import held
from wangge.domains.help.rules import Act, step
from wangge.domains.help.rules import State as Asked
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import moving, voices
from wangge.domains.medicine.rules import DONE, Move, Source, State, leads
from wangge.domains.people.queries import door_of
from wangge.domains.work.actions import finish_items
from wangge.domains.work.queries import causes_at

KIND = "medicine"  # of a request for help
VISIT = "help_medicine"  # the thing at a door that an answer or a report puts
#: What is said of the request when its need has come to a state: each that leads on from where the request stands.
SAID: dict[State, tuple[Act, ...]] = {
    State.DELIVERED: (Act.DO,), State.CLOSED: (Act.DO, Act.RECEIVE), State.UNCONFIRMED: (Act.DO, Act.NOT_REACHED),
    State.NOT_RECEIVED: (Act.NOT_HELPED, Act.REOPEN), State.NOT_NEEDED: (Act.TAKE_BACK,),
    State.HOSPITAL: (Act.TAKE_BACK,), State.DIED: (Act.TAKE_BACK,),
}  # fmt: skip


def need_of(one: HelpRequest) -> UUID | None:
    """The open need that a request for help speaks of. Where several are open at its door nobody guesses."""
    if one.kind != KIND or one.door is None or one.state not in (Asked.OPEN, Asked.DONE):
        return None
    if known := queries.voiced(Source.HELP, one.uuid):
        return known.uuid if known.ended_at is None else None
    found = list(queries.open_at(one.door)[:2])
    if len(found) != 1:
        return None
    voices.hear(need=found[0], source=Source.HELP, origin=one.uuid, by=SYSTEM)
    return found[0].uuid


def moved(event: Event) -> None:
    """Answer ``medicine.moved``: what the need has come to is said with each request that speaks of it."""
    need = queries.known(subject_of(event))
    if need is None or need.state != event.data["state"]:
        return  # it has moved on: a later fact says so
    who = By(account=event.actor, post=event.post, system=True)
    for voice in queries.voices(need):
        if voice.source == Source.HELP:
            _say(held(voice.origin), State(need.state), who)
    if need.state in DONE:
        visits = causes_at(door_of(need.person.home), VISIT, need.person)
        finish_items(causes=visits, by=SYSTEM, cause=event.uuid)


def _say(one: HelpRequest, state: State, who: By) -> None:
    for act in SAID.get(state, ()):
        if step(Asked(one.state), act):
            with suppress(Problem):  # too late to open it again: the need itself is open
                one = help_.say(request=one, act=act, by=who)


def said(event: Event) -> None:
    """Answer ``help.stepped``: whoever asked by a request says that it is there, or that it is not."""
    need = queries.voiced(Source.HELP, subject_of(event))
    act = Act(event.data["act"])
    if need is None:
        return
    if act is Act.RECEIVE and leads(Move.RECEIVE, State(need.state)):
        moving.receive(need=need, by=SYSTEM, own=True)
    elif act in (Act.NOT_HELPED, Act.REOPEN) and leads(Move.NOT_RECEIVED, State(need.state)):
        with suppress(Problem):  # a newer need of the same medicine is open
            moving.not_received(need=need, by=SYSTEM, own=True)
