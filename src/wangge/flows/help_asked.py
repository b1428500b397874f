"""What a request for help sets off.

    asked        the one home that is meant; where none or several can be, the office of the place has it   match
    asked, stepped, put to a door
                 one thing at the door as the request stands: ask the person first, bring it, or nothing    follow
    a try at the door, or its settlement
                 the person was asked and wants it; it was brought; or it comes back to the office          at_door
A child alone also gives the report that the law asks for (未成年人保护法 art. 11), until it is noted.
"""

from datetime import datetime, timedelta

from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.help import actions, holding, queries
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import LIVE, Act, Noted, State
from wangge.domains.help.terms import terms
from wangge.domains.medicine.queries import open_at
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.protocol.queries import response, still_open
from wangge.domains.work.actions import Wanted, finish_items, put_items, withdraw_items
from wangge.domains.work.models import TaskItem
from wangge.flows.medicine_voices import KIND, need_of

REPORT = "asked_report"


def match(event: Event) -> None:
    """Answer ``help.asked``."""
    one = queries.held(subject_of(event))
    if one.state not in LIVE:
        return
    if one.door is None and not one.public and (home := queries.home_meant(one)):
        one.door = door_of(home)
        one.save(update_fields=["door"])
    _settle(one, event)


def follow(event: Event) -> None:
    """Answer ``help.stepped``, ``help.put_to_door`` and ``help.noted``."""
    if event.kind != "help.noted" or event.data["kind"] == Noted.REPORTED:
        _settle(queries.held(subject_of(event)), event)


def _settle(one: HelpRequest, event: Event) -> None:
    """Bring the work at the door in line with how the request stands. Done again it changes nothing."""
    within, need = response(one.response), need_of(one)
    wanted = None if need else holding.wanted_item(one)
    cause = need or (wanted[1] if wanted and still_open(within) else None)
    if one.item and one.item != cause:
        served = not need and one.state in (State.DONE, State.RECEIVED, State.OPEN)
        (finish_items if served else withdraw_items)(causes=[one.item], by=SYSTEM, cause=event.uuid)
    if cause and wanted and one.door:
        put_items(response=within, wanted=[Wanted(one.door, wanted[0], cause, one.due_at)], by=SYSTEM, cause=event.uuid)
    holding.hold(request=one, item=cause, by=SYSTEM)
    _report(one, event)


def settle_at(door: Place, event: Event) -> None:
    """Answer ``medicine.need_taken``: a request for medicine at that door is the same thing now."""
    for one in queries.at_home(door).filter(kind=KIND, closed_at__isnull=True):
        one = queries.held(one.uuid)
        if one.state == State.ASKING and open_at(door).count() == 1:  # they have said themselves that they want it
            one = actions.say(request=one, act=Act.CONFIRM, by=SYSTEM)
        _settle(one, event)


def _report(one: HelpRequest, event: Event) -> None:
    term, cause = terms().kinds.get(one.kind), derived("help report", one.uuid)
    if term is None or not term.child or one.door is None:
        return
    if Noted.REPORTED in queries.noted(one):
        finish_items(causes=[cause], by=SYSTEM, cause=event.uuid)
    elif one.state in LIVE and still_open(within := response(one.response)):
        due = one.received_at + timedelta(hours=term.done)
        put_items(response=within, wanted=[Wanted(one.door, REPORT, cause, due)], by=SYSTEM, cause=event.uuid)
    else:
        withdraw_items(causes=[cause], by=SYSTEM, cause=event.uuid)


def at_door(event: Event) -> None:
    """Answer ``work.attempt_recorded``, ``work.task_settled`` and ``work.difference_settled``."""
    over = (TaskItem.State.DONE, TaskItem.State.ENDED)
    items = TaskItem.objects.within(EVERYTHING).filter(task__uuid=subject_of(event), state__in=over)
    states = dict(items.values_list("cause", "state"))
    who = By(account=event.actor, post=event.post, system=True)
    for uuid in queries.of_items(list(states)):
        one = queries.held(uuid)
        if one.item in states:
            _after(one, served=states[one.item] == TaskItem.State.DONE, who=who, event=event)


def _after(one: HelpRequest, *, served: bool, who: By, event: Event) -> None:
    """Said at the door by whoever was there: they may not be the second person for it."""
    if served:
        try:
            actions.say(request=one, act=Act.CONFIRM if one.state == State.ASKING else Act.DO, by=who)
        except Problem:  # a child without a carer or a report: it is not over, whatever was tapped
            _again(one, who, event)
        return
    actions.note(request=one, kind=Noted.AT_DOOR, by=who)
    holding.hold(request=queries.held(one.uuid), item=None, by=SYSTEM)


def _again(one: HelpRequest, who: By, event: Event) -> None:
    actions.note(request=one, kind=Noted.AT_DOOR, by=who)
    one = queries.held(one.uuid)
    one.rounds += 1
    one.save(update_fields=["rounds"])
    _settle(one, event)


def late(now: datetime) -> None:
    """An alarm: what is late at an office goes up a level."""
    holding.raise_late(now=now, by=SYSTEM)
