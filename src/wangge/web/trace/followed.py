"""What followed from a case: for each contact the order, the tests and the door; and the log, by cause."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from wangge.base import clock
from wangge.base.events import following
from wangge.base.events.models import Event
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.duty.seating import titles
from wangge.domains.isolation import queries as isolation
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.words import STATES
from wangge.domains.testing import queries as testing
from wangge.domains.testing.models import TestDue
from wangge.domains.work import queries as work
from wangge.domains.work.models import TaskItem
from wangge.domains.work.words import OUTCOMES
from wangge.web.desk.words import day, language, moment
from wangge.web.event_words import sentence
from wangge.web.trace.decide import choices
from wangge.web.trace.gathered import Gathered


def followed_by(all_: Gathered, contacts: Sequence[Exposure]) -> list[dict[str, Any]]:
    """Each confirmed contact with what followed, the strictest role first; three queries for all of them."""
    contacts = sorted(contacts, key=lambda one: (-all_.rank(one), one.kind, one.starts, one.pk))
    people, response = [one.person for one in contacts], all_.case.response
    orders: dict[int, list[Order]] = defaultdict(list)
    for order in isolation.of_people(people, response):
        orders[order.person_id].append(order)
    tests: dict[int, list[TestDue]] = defaultdict(list)
    for test in testing.of_people(people, response):
        tests[test.person_id].append(test)
    items: dict[int, list[TaskItem]] = defaultdict(list)
    for item in work.items_of(people, response):
        items[item.person_id or 0].append(item)
    return [
        choices(all_, one) | {
            "orders": [_order(all_, order) for order in orders[one.person_id]], "tests": _tests(tests[one.person_id]),
            "at_door": _door(items[one.person_id]), "order": len(orders[one.person_id]),
        }
        for one in contacts
    ]  # fmt: skip


def _order(all_: Gathered, order: Order) -> dict[str, Any]:
    first = next(iter(order.stages.all()), None)
    measure = all_.edition.word(first.measure).into(language()) if first else ""
    until = day(clock.day_of(order.ends_at)) if order.state == "in_force" else ""
    return {"state": order.state, "word": STATES[order.state], "measure": measure, "until": until,
            "reasons": len(order.reasons.all())}  # fmt: skip


def _tests(tests: Sequence[TestDue]) -> dict[str, Any]:
    """How many of the planned tests are done, and when the next is due."""
    waiting = [one for one in tests if one.state == TestDue.State.DUE]
    following_ = day(clock.day_of(waiting[0].due_at)) if waiting else ""
    return {"all": len(tests), "done": len(tests) - len(waiting), "next": following_}


def _door(items: Sequence[TaskItem]) -> dict[str, Any]:
    """How much at the door is done, and what came of the last try where something is still open."""
    waiting = [one for one in items if one.state == TaskItem.State.OPEN]
    late = any(one.due_at <= clock.now() for one in waiting)
    state = waiting[0].task.outcome if waiting else "done"
    return {"all": len(items), "done": len(items) - len(waiting), "state": state, "word": OUTCOMES[state], "late": late}


def log_of(case: Case, all_: Gathered) -> list[dict[str, Any]]:
    """What happened and what it set off, in order: results, then decisions; each with edition and clause."""
    roots = following.about(case.result)
    roots += following.of_kind("cases.exposure_decided", [one.uuid for one in all_.exposures])
    after = following.caused_by(roots)
    posts = titles(event.post for event in roots if event.post)
    known = {event.uuid for event in roots}
    groups: dict[tuple[Any, ...], list[Event]] = {}
    for event in sorted([*roots, *after], key=lambda one: one.pk):
        minute = event.recorded_at.replace(second=0, microsecond=0)
        groups.setdefault((minute, event.kind, event.clause, event.post), []).append(event)
    return [
        {
            "when": moment(same[0].recorded_at), "what": sentence(same), "main": same[0].uuid in known,
            "who": posts.get(same[0].post, "") if same[0].post else "",
            "clause": " · ".join(filter(None, [same[0].protocol, same[0].clause])),
        }
        for same in groups.values()
    ]  # fmt: skip
