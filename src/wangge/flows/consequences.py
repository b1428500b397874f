"""What reasons do to people: contacts added up, orders re-planned, tests and things to do at doors put or taken back.

Everything is worked out again from the facts that stand, so that repeating it changes nothing, and withdrawing a
fact undoes exactly what followed from it alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.cases import contacts
from wangge.domains.isolation import actions as isolation
from wangge.domains.isolation import switching
from wangge.domains.isolation.actions import Because
from wangge.domains.isolation.models import Order
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of, hold
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, protocol, roles_ever, still_open
from wangge.domains.protocol.rules import DoorItem, Protocol, Role
from wangge.domains.testing import actions as testing
from wangge.domains.testing.actions import PlannedTest
from wangge.domains.testing.queries import positives
from wangge.domains.testing.rules import Purpose
from wangge.domains.work import actions as work
from wangge.domains.work.actions import Wanted
from wangge.domains.work.queries import was_told
from wangge.flows.reasons import reasons_of


def follow_through(response: Response, people: Sequence[Person], event: Event) -> None:
    """Bring contacts, orders, tests and doors of these people in line with the reasons that stand."""
    people = list({person.pk: person for person in people if person.died_on is None}.values())
    edition = in_force(response)
    hold(people)
    contacts.add_up(response=response, people=people, protocol=edition, by=SYSTEM, cause=event.uuid)
    reasons = reasons_of(response, people, edition) if still_open(response) else defaultdict(list)
    resettle(response, people, reasons, edition, event)
    tell = [one for person in people for one in _orders(response, person, reasons[person.pk], edition, event)]
    work.put_items(response=response, wanted=tell, by=SYSTEM, cause=event.uuid)
    _what_is_known(response, people, reasons, edition, event)


def resettle(
    response: Response, people: Sequence[Person], reasons: dict[int, list[Because]], edition: Protocol, event: Event
) -> int:
    """Bring orders made under an earlier edition in line with today's; whoever is free by it is told. How many are."""
    done = switching.resettle(
        response=response, people=people, because=reasons, edition=edition, by=SYSTEM, cause=event.uuid
    )
    due = clock.now() + timedelta(hours=2)
    tell = [
        Wanted(door_of(one.person.home), "explain_release", derived("release", one.uuid), due, one.person)
        for one in done.ended
        if one.person.died_on is None
    ]
    work.put_items(response=response, wanted=tell, by=SYSTEM, cause=event.uuid)
    return len(done.ended)


def _orders(
    response: Response, person: Person, reasons: list[Because], edition: Protocol, event: Event
) -> list[Wanted]:
    """One order for all reasons; what hung on an order that fell is taken back, and whoever knew of it is told."""
    decides = edition.strictest([one.reason.role for one in reasons])
    changed = isolation.replan(
        response=response, person=person, because=[one for one in reasons if one.reason.parts],
        protocol=edition.key, provisional_hours=decides.provisional_hours if decides else 0, by=SYSTEM,
        cause=event.uuid,
    )  # fmt: skip
    take_back([fallen.uuid for fallen in changed.fallen], event)
    knew = any(fallen.confirmed_at for fallen in changed.fallen) or was_told(response, person)
    if changed.order or not changed.fallen or not knew or person.merged_into_id:
        return []  # nothing ended for somebody whose other record goes on
    due = clock.now() + timedelta(hours=2)
    return [Wanted(door_of(person.home), "explain_withdrawal", changed.fallen[0].uuid, due, person)]


def _what_is_known(
    response: Response, people: Sequence[Person], reasons: dict[int, list[Because]], edition: Protocol, event: Event
) -> None:
    """What a role asks for before any order: a call that explains, a re-test; and no more once the role is gone."""
    wanted: list[Wanted] = []
    planned: list[PlannedTest] = []
    gone: list[UUID] = []
    stand: set[UUID] = set()
    for person in people:
        mine = {_role_cause(response, person, one): edition.roles[one.reason.role] for one in reasons[person.pk]}
        top = edition.strictest([role.key for role in mine.values()])
        for cause, role in mine.items():
            planned += _retest(person, role, cause)
            if role is top or role.retest_hours:
                wanted += door_items(response, person, role, "known", cause)
        gone += role_causes(response, person) - set(mine)
        stand |= set(mine)
    gone += set(positives(response, people).values_list("uuid", flat=True)) - stand  # answered or withdrawn screens
    take_back(gone, event)
    testing.plan_tests(response=response, planned=planned, by=SYSTEM, cause=event.uuid)
    wanted += [
        Wanted(door_of(test.person.home), "take_retest", test.uuid, test.due_at, test.person)
        for test in planned
        if test.at_door
    ]
    work.put_items(response=response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def role_causes(response: Response, person: Person) -> set[UUID]:
    """The causes that any role of any edition of this Response gives things to do at this person's door."""
    return {derived("role", response.uuid, person.uuid, key) for key in roles_ever(response)}


def _role_cause(response: Response, person: Person, one: Because) -> UUID:
    """Each new first screen is a cause of its own; several exposures of one role are one: nobody is told thrice."""
    return one.cause if one.kind == "result" else derived("role", response.uuid, person.uuid, one.reason.role)


def _retest(person: Person, role: Role, cause: UUID) -> list[PlannedTest]:
    if not role.retest_hours:
        return []
    due = clock.now() + timedelta(hours=role.retest_hours)
    return [PlannedTest(person, Purpose.RETEST, due, cause, at_door=True)]


def door_items(response: Response, person: Person, role: Role, when: str, cause: UUID) -> list[Wanted]:
    """The role's things to do at the person's door; those for the whole door are put once for all who live there."""
    door = door_of(person.home)

    def wanted(item: DoorItem) -> Wanted:
        due = clock.now() + timedelta(hours=item.within_hours)
        if item.per_door:
            return Wanted(door, item.kind, derived("door", response.uuid, door.uuid, role.key, clock.today()), due)
        return Wanted(door, item.kind, cause, due, person)

    return [wanted(item) for item in role.items if item.when == when]


def take_back(causes: Sequence[UUID], event: Event) -> None:
    """Tests and things to do that hang on causes which no longer stand; what was done stays."""
    work.withdraw_items(causes=causes, by=SYSTEM, cause=event.uuid)
    tests = testing.withdraw_tests(causes=causes, by=SYSTEM, cause=event.uuid)
    work.withdraw_items(causes=tests, by=SYSTEM, cause=event.uuid)


def tests_of(order: Order) -> list[PlannedTest]:
    """The tests of an order's protocol days that still lie ahead, each due by the end of its day."""
    role = protocol(order.protocol).roles[order.role]
    first = clock.day_of(order.starts_at)
    days = ((test, first + timedelta(days=test.day - 1)) for test in role.tests)
    return [
        PlannedTest(order.person, Purpose.ROUTINE, clock.end_of(day), order.uuid, test.day, test.times, test.at_door)
        for test, day in days
        if day >= clock.today()
    ]
