"""An earlier case of the drill: whom it met is back home under health monitoring and reports, or falls silent.

Days are counted back from today: met on the 17th, confirmed and ordered on the 15th, central isolation to the 3rd, at
home since the 2nd. Every step is a verb's, at the hour at which it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED
from wangge.domains.cases.actions import Found, add_exposures, open_case
from wangge.domains.cases.models import Case
from wangge.domains.cases.rules import Classification, ExposureKind
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for, responsible, who_answers
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.models import Order
from wangge.domains.monitoring import actions as monitoring
from wangge.domains.monitoring.actions import Sent
from wangge.domains.monitoring.inputs import read_report
from wangge.domains.monitoring.models import HomeWatch
from wangge.domains.monitoring.rules import Channel
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.models import TestDue
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.transfer.actions import take_off
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel as How
from wangge.domains.work.rules import Outcome
from wangge.flows.consequences import follow_through

MANY, GRID = 4, 2  # contacts, all of the second grid
PAPER = {
    "authority": "迎泽区疫情防控工作领导小组办公室", "document_no": "迎防办演隔〔2022〕1号",
    "ground": "《中华人民共和国传染病防治法》", "remedy": "可向迎泽区防控办申诉或拨打12345。",
}  # fmt: skip
#: Days back, the hour, who, with what: the first two report as they should, the third with a fever, the last
#: was heard on the first evening and not since.
REPORTS: tuple[tuple[int, float, int | None, str], ...] = (
    (2, 8, 3, "36.6"), (2, 8.5, 0, "36.4"), (2, 9, 1, "36.5"), (2, 9.5, 2, "36.5"),
    (2, 17, 3, "36.7"), (2, 18, 0, "36.4"), (2, 18.5, 1, "36.6"), (2, 19, 2, "36.5"),
    (1, 8, 0, "36.5"), (1, 9, 1, "36.5"), (1, 10, 2, "36.8"),
    (1, 17, 1, "36.6"), (1, 18, 0, "36.4"), (1, 19, 2, "38.2"),
)  # fmt: skip
#: When the clock counted what was missing.
MISSING: tuple[tuple[int, float, int | None, str], ...] = (
    (2, 20.1, None, ""),
    (1, 11.1, None, ""),
    (1, 20.1, None, ""),
)


def back_home(today: date) -> None:
    """Everything up to yesterday evening."""
    people = _people()
    with _at(today, 15, 10.5):
        orders = _ordered(people)
    _tested(people, today)
    with _at(today, 2, 6):
        take_off(orders=[one.uuid for one in orders], why="order_shorter", by=SYSTEM)
        watches = _expected(orders[0].response)
    with _at(today, 1, 0):
        _expected(orders[0].response)
    for back, hour, who, temperature in sorted([*REPORTS, *MISSING], key=lambda one: (-one[0], one[1])):
        with _at(today, back, hour):
            if who is None:
                monitoring.count_misses(now=clock.now(), by=SYSTEM)
                worker.run_pending()
            else:
                _says(watches[people[who].pk], temperature)


@contextmanager
def _at(today: date, back: int, hour: float) -> Iterator[None]:
    with clock.held(clock.start_of(today - timedelta(days=back)) + timedelta(hours=hour)):
        yield


def _people() -> list[Person]:
    """The oldest of different homes of one grid, with a document: whoever is oldest falls silent."""
    community = by_code(BINGSI.code)
    homes = Place.objects.filter(path__startswith=community.path, kind=Kind.HOUSEHOLD, grid__number=GRID)
    found = Person.objects.within(Scope(prefixes=(community.path,))).filter(home__in=homes, died_on__isnull=True)
    chosen: dict[int, Person] = {}
    for one in found.select_related("home", "home__parent").order_by("birth_date", "id")[:200]:
        if details(one).get("document"):
            chosen.setdefault(one.home_id, one)
    return list(chosen.values())[MANY - 1 :: -1]


def _ordered(people: Sequence[Person]) -> list[Order]:
    """The case, whom it met, the authority's orders; the worker was at each door that day."""
    other = Person.objects.within(Scope(prefixes=(by_code(BINGSI.code).path,))).exclude(
        home__in=[one.home for one in people]
    )
    ill = other.filter(home__kind=Kind.HOUSEHOLD).select_related("home").order_by("-birth_date", "-id")[0]
    response = Response.objects.get(uuid=derived(SEED, "response"))
    case = open_case(
        response=response, person=ill, result=derived(SEED, "earlier result"), by=SYSTEM,
        classification=Classification.CONFIRMED, infectious_from=clock.today() - timedelta(days=4),
    )  # fmt: skip
    add_exposures(response=response, found=[_met(case, one) for one in people], by=SYSTEM)
    follow_through(response, people, Event.objects.latest("id"))
    proposed = list(Order.objects.within(EVERYTHING).filter(person__in=people, state="proposed").order_by("id"))
    confirm_orders(orders=proposed, by=_acting("yingze-zhengling"), **PAPER)
    worker.run_pending()
    for task in Task.objects.within(EVERYTHING).filter(door__in=[one.home for one in people], state="open"):
        record_attempt(task=task, outcome=Outcome.DONE, channel=How.DOOR, by=_worker(task.door))
    worker.run_pending()
    return list(Order.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in proposed]).select_related("response"))


def _met(case: Case, person: Person) -> Found:
    at = clock.now() - timedelta(days=2)
    return Found(
        case=case, person=person, kind=ExposureKind.INTERVIEW, role="close_contact", clause="流调：一起打过牌",
        starts=at, ends=at + timedelta(hours=2), confirmed=True,
    )  # fmt: skip


def _tested(people: Sequence[Person], today: date) -> None:
    """Each test that was due before today was had, and negative."""
    due = TestDue.objects.within(EVERYTHING).filter(person__in=people, due_at__lte=clock.start_of(today), state="due")
    for number, one in enumerate(due.select_related("person").order_by("due_at", "id")):
        for time in range(one.times):
            with clock.held(one.due_at - timedelta(hours=6)):
                taken = clock.now() - timedelta(hours=5)
                typed = ResultInput(
                    str(details(one.person)["document"]), "市疾控", f"B{number:03d}-{time}", Purpose.ROUTINE,
                    Value.NEGATIVE, False, taken, clock.now(),
                )  # fmt: skip
                record_result(typed=typed, by=_acting("jiance"))
    worker.run_pending()


def _expected(response: Response) -> dict[int, HomeWatch]:
    """The day's reports are expected, as when a day begins."""
    monitoring.keep_watches(response=response, by=SYSTEM)
    monitoring.expect(response=response, day=clock.today(), by=SYSTEM)
    found = HomeWatch.objects.within(EVERYTHING).filter(response=response, ended_at__isnull=True)
    return {one.person_id: one for one in found.select_related("person", "door", "response")}


def _says(watch: HomeWatch, temperature: str) -> None:
    """The worker calls and takes the report down."""
    said = {"temperature": temperature, "supplies": "yes", "mind": "no"}
    uuid = derived(SEED, "report", watch.person.uuid, clock.now().isoformat())
    typed = read_report(said | {"uuid": str(uuid)}, ("cough",) if temperature > "37.3" else (), ())
    monitoring.receive(watch=watch, typed=typed, sent=Sent(Channel.PHONE), by=_worker(watch.door))
    worker.run_pending()


def _worker(door: Place) -> By:
    """Whoever answers for a door."""
    post = responsible([door])[door.pk]
    holding = who_answers([post])[post.pk]
    assert holding  # the demo leaves no door without somebody
    return by_for(holding.account)


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))
