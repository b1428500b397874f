"""At doors of 并四: a sensor that said something this evening, a fence at a gate, a chain that a neighbour reported."""

from datetime import timedelta
from uuid import UUID

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.ids import derived
from wangge.demo.plan import BINGSI, SEED, place_id
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for, responsible, who_answers
from wangge.domains.fixtures import actions as fixtures
from wangge.domains.fixtures.inputs import CheckInput, FixtureInput, FoundInput
from wangge.domains.fixtures.queries import open_walks
from wangge.domains.fixtures.rules import Thing, Way
from wangge.domains.isolation.actions import confirm_orders, replan
from wangge.domains.isolation.models import Order
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import covering_open, in_force
from wangge.domains.sensors import actions as sensors
from wangge.domains.sensors.actions import Arrived
from wangge.domains.sensors.rules import Kind
from wangge.flows import fixtures as fixture_flow
from wangge.flows import sensors as sensor_flow
from wangge.flows.reasons import because

CODES = ("MC0101", "MC0102")
AGO = 16  # days since the contact: under the eighth edition fourteen away from home are over, and one is at home
SAID = (
    '{"kind": "battery", "boot": "demo", "seq": 1, "battery": 88}',
    '{"kind": "opened", "boot": "demo", "seq": 2}', '{"kind": "closed", "boot": "demo", "seq": 3}',
)  # fmt: skip
NOBODY = By(account=None, post=None)


def hang() -> None:
    """A fence at the gate that opens, a chain on a unit door that somebody who lives there reported."""
    gate = Place.objects.get(uuid=place_id(BINGSI.code, BINGSI.compounds[0].name))
    secretary = by_for(Account.objects.get(username="bingsi-shuji"))
    typed = FixtureInput(
        _id("fence"),
        Thing.FENCE,
        "西门",
        "桥东街道办事处",
        "桥东防控〔2022〕12号",
        clock.now() + timedelta(days=3),
        None,
    )
    fence = fixture_flow.record(place=gate, typed=typed, by=secretary)
    tried = CheckInput(_id("tried"), True, Way.PAPER, "韩玉梅", clock.now())
    fixtures.check(fixture=fence, typed=tried, by=secretary)
    unit = Place.objects.filter(path__startswith=gate.path, kind="unit").order_by("path")[3]
    found = FoundInput(_id("chain"), Thing.CHAIN, "单元门里侧", "晚上下楼倒垃圾，门从里面推不开。")
    fixtures.report_found(place=unit, typed=found, by=NOBODY)


def walk() -> None:
    """The first weeks' walks are done; this week's is put when the demo begins."""
    for one in open_walks():
        fixtures.end_walk(walk=one, by=SYSTEM)


def fit() -> None:
    """Somebody is home again under monitoring; the sensor at their door said that it was opened and closed."""
    community = by_code(BINGSI.code)
    secretary = by_for(Account.objects.get(username="bingsi-shuji"))
    made = [sensors.issue(code=code, kind=Kind.DOOR, place=community, by=secretary)[0] for code in CODES]
    here = covering_open(community)
    if here is None:
        raise LookupError("the demo's Response is not open")
    person = _somebody(community)
    _order(here, person)
    worker.run_pending()
    post = responsible([person.home])[person.home_id]
    holding = who_answers([post])[post.pk]
    if holding is None:
        raise LookupError("the demo leaves no door without somebody")
    sensor_flow.fit(sensor=made[0], door=person.home, by=by_for(holding.account), uuid=_id("fit"))
    sensors.take([Arrived(CODES[0], one.encode(), clock.now()) for one in SAID])


def _somebody(community: Place) -> Person:
    """At home and free: the last one in the register whom no order binds."""
    found = Person.objects.within(Scope(prefixes=(community.path,))).filter(
        home__kind="household", orders__isnull=True, died_on__isnull=True, home__grid__isnull=False
    )
    return found.select_related("home").order_by("-id")[40]


def _order(here: Response, person: Person) -> None:
    edition = in_force(here)
    since = clock.today() - timedelta(days=AGO)
    reason = because("exposure", _id("contact"), edition.roles["close_contact"], since)
    replan(response=here, person=person, because=[reason], protocol=edition.key, by=SYSTEM)
    orders = Order.objects.within(EVERYTHING).filter(person=person).select_related("response", "person__home")
    confirm_orders(
        orders=list(orders), authority="迎泽区疫情防控工作领导小组办公室", document_no="迎防办演隔〔2022〕2号",
        ground="《中华人民共和国传染病防治法》", remedy="可向迎泽区防控办申诉或拨打12345。",
        by=by_for(Account.objects.get(username="yingze-zhengling")),
    )  # fmt: skip


def _id(what: str) -> UUID:
    return derived(SEED, "doors", what)
