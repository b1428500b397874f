"""For every address an object on each side of the tiny city: the community in 迎泽区, the village in 清徐县."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.domains.asking import bank
from tests.domains.asking.writing import as_csv, named

from wangge.base import clock, sealing, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.receipts.models import Intake
from wangge.demo.small import Small
from wangge.domains.asking.actions import offer_file, record_answers
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.inbox.actions import TABLE as INBOX
from wangge.domains.asking.models import Answer, Ask, Form, FormSource, Overflow, ReceivedForm
from wangge.domains.asking.rules import Source
from wangge.domains.cases.linelists import taking
from wangge.domains.cases.linelists.shapes import Shape
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.duty.actions import accept, create_post, enrol, offer
from wangge.domains.duty.badges import code_of
from wangge.domains.duty.models import Account, ApiToken, Enrolment, Holding, Post
from wangge.domains.duty.queries import by_for
from wangge.domains.duty.rules import PostKind
from wangge.domains.duty.tokens import TokenInput, make_token
from wangge.domains.isolation.models import Order
from wangge.domains.lists import actions as lists
from wangge.domains.lists.inputs import ListInput
from wangge.domains.lists.models import HandedList
from wangge.domains.people.actions import register_person
from wangge.domains.people.duplicates import find
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.merging import merge
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.actions import open_response
from wangge.domains.protocol.models import Response
from wangge.domains.requests.actions import ask, check
from wangge.domains.requests.inputs import Asking
from wangge.domains.requests.models import Request
from wangge.domains.requests.rules import Kind as RequestKind
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.rules import Level
from wangge.domains.selfreports.actions import receive
from wangge.domains.selfreports.inputs import read_report
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import asking as reporting
from wangge.domains.tables.models import SavedTable, TableFile, TableFilePart, TableSchedule
from wangge.domains.testing import files
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.models import TestResult
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.work.models import HandOver, Task
from wangge.flows import importing


@dataclass(frozen=True)
class Side:
    """One half of the city, with something of every kind in it."""

    place: Place
    person: Person
    task: Task
    result: TestResult
    case: Case
    exposure: Exposure
    order: Order
    intake: Intake
    sent: Intake
    token: ApiToken
    import_: Intake
    post: Post
    holding: Holding
    handover: HandOver
    enrolment: Enrolment
    response: Response
    pair: Duplicate
    merge: Merge
    request: Request
    handed: HandedList
    handed_file: Intake
    ask: Ask
    disputed: Answer
    overflow: Overflow
    held: ReceivedForm
    source: FormSource
    offered: FormSource
    report: SelfReport
    table_file: TableFile


#: What the ids in an address stand for, by the address's name. A new address with an id needs its line here.
EXAMPLES: dict[str, Any] = {
    "take-post": lambda side: {"uuid": side.holding.uuid},
    "take-work": lambda side: {"uuid": side.handover.uuid},
    "token-end": lambda side: {"uuid": side.token.uuid},
    "collect-end": lambda side: {"uuid": side.token.uuid},
    "door": lambda side: {"uuid": side.task.uuid},
    "door-intake": lambda side: {"uuid": side.task.uuid, "person": side.person.uuid},
    "door-knowledge": lambda side: {"uuid": side.task.uuid},
    "door-questions": lambda side: {"uuid": side.task.uuid},
    "door-record": lambda side: {"uuid": side.task.uuid},
    "door-stays": lambda side: {"uuid": side.task.uuid, "person": side.person.uuid},
    "door-settle": lambda side: {"uuid": side.task.uuid},
    "door-call": lambda side: {"uuid": side.task.uuid, "person": side.person.uuid},
    "sheet": lambda side: {"uuid": side.task.door.parent.uuid},
    "type-in": lambda side: {"uuid": side.task.door.parent.uuid},
    "result": lambda side: {"uuid": side.result.uuid},
    "result-followed": lambda side: {"uuid": side.result.uuid},
    "result-withdraw": lambda side: {"uuid": side.result.uuid},
    "intake": lambda side: {"uuid": side.intake.uuid},
    "intake-progress": lambda side: {"uuid": side.intake.uuid},
    "intake-correct": lambda side: {"uuid": side.intake.uuid, "number": side.intake.rows.first().number},
    "intake-refused": lambda side: {"uuid": side.intake.uuid},
    "duplicate": lambda side: {"one": side.pair.one.uuid, "other": side.pair.other.uuid},
    "duplicate-decide": lambda side: {"one": side.pair.one.uuid, "other": side.pair.other.uuid},
    "merge-undo": lambda side: {"uuid": side.merge.uuid},
    "import": lambda side: {"uuid": side.import_.uuid},
    "import-look": lambda side: {"uuid": side.import_.uuid},
    "import-progress": lambda side: {"uuid": side.import_.uuid},
    "import-take": lambda side: {"uuid": side.import_.uuid},
    "import-refused": lambda side: {"uuid": side.import_.uuid},
    "import-throw-away": lambda side: {"uuid": side.import_.uuid},
    "handed-file": lambda side: {"uuid": side.handed_file.uuid},
    **{
        f"handed-{name}": lambda side: {"uuid": side.handed.uuid}
        for name in (
            "list",
            "progress",
            "take",
            "accept",
            "forward",
            "throw-away",
            "report-up",
            "report",
            "receipt",
        )
    },
    "handed-row": lambda side: {"uuid": side.handed.uuid, "number": 2},
    "handed-row-decide": lambda side: {"uuid": side.handed.uuid, "number": 2},
    "list-intake": lambda side: {"uuid": side.sent.uuid},
    "person": lambda side: {"uuid": side.person.uuid},
    "person-open": lambda side: {"uuid": side.person.uuid},
    "person-reveal": lambda side: {"uuid": side.person.uuid},
    "order": lambda side: {"uuid": side.order.uuid},
    "case": lambda side: {"uuid": side.case.uuid},
    "interview": lambda side: {"uuid": side.case.uuid},
    "exposure-decide": lambda side: {"uuid": side.case.uuid, "exposure": side.exposure.uuid},
    "exposure-call": lambda side: {"uuid": side.case.uuid, "exposure": side.exposure.uuid},
    "overflow-decide": lambda side: {"uuid": side.overflow.uuid},
    "held-form": lambda side: {"uuid": side.held.uuid},
    "questionnaire": lambda side: {"uuid": side.source.form.uuid},
    "questionnaire-source": lambda side: {"uuid": side.source.form.uuid},
    "questionnaire-file": lambda side: {"uuid": side.offered.uuid},
    "answer-settle": lambda side: {"uuid": side.disputed.uuid},
    **{name: lambda side: {"uuid": side.ask.uuid} for name in ("ask-page", "ask-confirm", "ask-decline")},
    **{
        name: lambda side: {"uuid": side.ask.uuid, "place": side.place.uuid}
        for name in ("ask-at", "ask-figures", "ask-lines")
    },
    "board-place": lambda side: {"uuid": side.place.uuid},
    "board-figures": lambda side: {"uuid": side.place.uuid},
    "not-reached": lambda side: {"uuid": side.place.uuid},
    "post": lambda side: {"uuid": side.post.uuid},
    "post-offer": lambda side: {"uuid": side.post.uuid},
    "post-end": lambda side: {"uuid": side.post.uuid, "holding": side.holding.uuid},
    "notice": lambda side: {"uuid": side.response.uuid},
    "deletion": lambda side: {"uuid": side.response.uuid},
    "asked": lambda side: {"uuid": side.request.uuid},
    **{
        name: lambda side: {"uuid": side.request.uuid}
        for name in ("request", "request-check", "request-held", "request-correct", "request-answer")
    },
    "post-invite": lambda side: {"uuid": side.post.uuid},
    "post-invitation": lambda side: {"uuid": side.post.uuid, "holding": side.holding.uuid},
    "post-office": lambda side: {"uuid": side.post.uuid},
    "staff": lambda side: {"uuid": side.holding.account.uuid},
    "staff-enrol": lambda side: {"uuid": side.holding.account.uuid},
    "staff-end-phone": lambda side: {"uuid": side.holding.account.uuid, "enrolment": side.enrolment.uuid},
    "staff-let-in": lambda side: {"uuid": side.holding.account.uuid},
    "end-session": lambda side: {"uuid": side.holding.uuid},
    "end-phone": lambda side: {"uuid": side.enrolment.uuid},
    "mfa_remove_webauthn": lambda side: {"pk": 1},
    "invited-code": lambda side: {"text": "000000000000"},
    "enrol-code": lambda side: {"text": "00000000"},
    "badge": lambda side: {"text": code_of(side.holding.account)},
    "back-report": lambda side: {"uuid": side.place.uuid},
    "back-told": lambda side: {"uuid": side.report.uuid},
    "poster": lambda side: {"uuid": side.place.uuid},
    **{name: lambda side: {"uuid": side.report.uuid} for name in ("return", "return-settle", "return-turn-away")},
    **{
        name: lambda side: {"name": side.table_file.schedule.table}
        for name in ("table", "table-export", "table-schedule")
    },
    "table-file": lambda side: {"uuid": side.table_file.uuid},
    "table-schedule-end": lambda side: {"uuid": side.table_file.schedule.uuid},
    "risk-area": lambda side: {"uuid": RiskArea.objects.get().uuid},
    "response": lambda side: {"uuid": side.response.uuid},
    "response-switch": lambda side: {"uuid": side.response.uuid},
    "response-close": lambda side: {"uuid": side.response.uuid},
}


def sides(tiny: Small) -> tuple[Side, Side]:
    """The community's side and the village's."""
    seat(tiny, "liudiao-yingze", PostKind.TRACER, tiny.places["district"])
    seat(tiny, "liudiao-qingxu", PostKind.TRACER, tiny.places["county"])
    seat(tiny, "shenji-yingze", PostKind.AUDITOR, tiny.places["district"])
    seat(tiny, "lou", PostKind.BUILDING_GROUP, tiny.places["community"])
    seat(tiny, "jiance-qingxu", PostKind.TEST_DESK, tiny.places["county"])
    Account.objects.create(username="nobody", name="无岗位", invented=True)
    tiny.accounts["nobody"] = Account.objects.get(username="nobody")
    area = Named("山西省", "云州市", "松原区", "学府小区7栋")
    take_list(published=Published(clock.now(), {area.key: Level.HIGH}, {area.key: area}), by=SYSTEM)
    near = _side(tiny, "community", tiny.family, "bingsi-1", "jiance", "bingsi-shuji", "liudiao-yingze")
    yard = tiny.living[tiny.yards[0].pk]
    far = _side(tiny, "village", yard, "dengqiao-1", "jiance-qingxu", "dengqiao-shuji", "liudiao-qingxu")
    return near, far


def seat(tiny: Small, username: str, kind: PostKind, place: Place) -> None:
    """A further post with a holder of its own."""
    account = Account.objects.create(username=username, name=username, invented=True)
    post = create_post(kind=kind, title=username, place=place, by=SYSTEM)
    accept(holding=offer(post=post, account=account, by=SYSTEM), by=SYSTEM)
    tiny.accounts[username], tiny.posts[username] = account, post


def _side(
    tiny: Small, key: str, family: list[Person], worker_name: str, desk: str, secretary: str, tracer: str
) -> Side:
    person = family[0]
    _confirmed(tiny, person)
    result = TestResult._base_manager.filter(person=person).order_by("-id")[0]
    case = Case._base_manager.get(person=person)
    task = Task._base_manager.select_related("door", "door__parent").filter(door=person.home)[0]
    post = tiny.posts[worker_name]
    handover = HandOver.objects.create(uuid=uuid7(), to_post=post, from_post=post, count=1, offered_at=clock.now())
    return Side(
        place=tiny.places[key], person=person, task=task, result=result, case=case,
        exposure=Exposure._base_manager.filter(case=case)[0], order=Order._base_manager.filter(person=family[1])[0],
        intake=_intake(tiny, desk), sent=_sent(tiny, tracer, case), token=_token(tiny, worker_name),
        import_=_import(tiny, secretary), post=post,
        holding=post.holdings.get(), handover=handover, response=_flood(tiny.places[key]),
        pair=_pair(person), merge=merge(into=family[1], absorbed=_again(family[1]), by=SYSTEM),
        request=_asked(tiny.places[key], person), handed_file=_handed_file(tiny, secretary, "x"),
        handed=_handed(tiny, secretary),
        ask=_supplies(tiny, key), disputed=_disputed(task.door),
        overflow=_overflow(tiny.posts[worker_name]), held=_held(tiny, worker_name, task.door),
        source=_source("travel"), offered=_offered("returning"),
        report=_report(tiny.places[key]),
        table_file=_table_file(tiny, key, secretary),
        enrolment=enrol(account=tiny.accounts[worker_name], secret=worker_name * 9, by=SYSTEM),
    )  # fmt: skip


def _again(person: Person) -> Person:
    """A second record of somebody, at the same home and without a document."""
    return register_person(typed=PersonInput(person.name, person.sex, person.birth_date), home=person.home, by=SYSTEM)


def _pair(person: Person) -> Duplicate:
    second = _again(person)
    find(by=SYSTEM)
    return Duplicate._base_manager.select_related("one", "other").get(other=second)


def _confirmed(tiny: Small, person: Person) -> None:
    """A first screen and a re-test, both positive, and everything that follows."""
    for purpose in (Purpose.SCREEN, Purpose.RETEST):
        at = clock.now()
        typed = ResultInput(
            tiny.document(person), "市疾控", f"{purpose}-{person.pk}", purpose, Value.POSITIVE, False,
            at - timedelta(minutes=30), at,
        )  # fmt: skip
        record_result(typed=typed, by=SYSTEM)
        worker.run_pending()


def _intake(tiny: Small, desk: str) -> Intake:
    """A laboratory's file with a row that cannot be taken."""
    content = f"姓名,证件号码,样本编号,检测类型,检测结果,采样时间,报告时间\r\n某某,{desk},1,初筛,阴性,x,y\r\n"
    by = by_for(tiny.accounts[desk])
    intake, _new = files.receive_file(name="结果.csv", content=content.encode(), by=by)
    files.take_rows(intake=intake, limit=10, by=by)
    return intake


def _table_file(tiny: Small, key: str, secretary: str) -> TableFile:
    """A file that waits for the secretary, of a table that was made there and is made by the clock."""
    definition = {"title": "x", "subject": "household", "columns": [{"heading": "x", "source": "place.door"}]}
    SavedTable.objects.create(name=f"doors-{key}", definition=definition, place=tiny.places[key], saved_at=clock.now())
    schedule = TableSchedule.objects.create(
        table=f"doors-{key}", every="day", form="csv", reason="test", account=tiny.accounts[secretary].uuid,
        set_at=clock.now(),
    )  # fmt: skip
    file = TableFile.objects.create(schedule=schedule, name="returnees.csv", count=0, made_at=clock.now())
    part = TableFilePart(file=file, number=0)
    part.content = sealing.seal("wangge_tablefilepart", part.uuid, {"hex": b"x".hex()})
    part.save()
    return file


def _sent(tiny: Small, tracer: str, case: Case) -> Intake:
    """A line list with a row that cannot be taken."""
    by = by_for(tiny.accounts[tracer])
    content = b"id,date_onset\nX,2022-04-01\n"
    intake, _new = taking.receive_list(shape=Shape.LINELIST, name="x", content=content, response=case.response, by=by)
    taking.take_part(intake=intake, limit=10, by=by)
    return intake


def _token(tiny: Small, username: str) -> ApiToken:
    typed = TokenInput("laboratory", clock.today() + timedelta(days=30))
    token, _secret = make_token(account=tiny.accounts[username], typed=typed, by=SYSTEM)
    return token


def _import(tiny: Small, secretary: str) -> Intake:
    """A file of people that was looked through: a row that would come back."""
    by = by_for(tiny.accounts[secretary])
    content = f"姓名,身份证号,住址\r\n{secretary},1,x\r\n".encode()
    intake, _new = importing.receive(kind="people.people", name="居民.csv", content=content, by=by)
    importing.ask_look(intake=intake, fields=["name", "document", "address"], make_doors=False, by=by)
    importing.go_on(intake=intake, by=by)
    return intake


def _handed_file(tiny: Small, secretary: str, name: str) -> Intake:
    content = f"姓名,身份证号,住址\r\n{secretary}{name},,x\r\n".encode()
    return lists.keep_file(name="名单.csv", content=content, by=by_for(tiny.accounts[secretary]))[0]


def _handed(tiny: Small, secretary: str) -> HandedList:
    """A list handed down with one row to resolve, looked at and not taken."""
    by = by_for(tiny.accounts[secretary])
    intake = _handed_file(tiny, secretary, "y")
    said = ListInput("名单", "区防控办", "", clock.now() + timedelta(days=1))
    one = lists.look_at(intake=intake, fields=["name", "document", "address"], said=said, by=by)
    lists.read_on(list_=one, by=by)
    return one


def _asked(place: Place, person: Person) -> Request:
    """A resident's request, checked: it is about the person."""
    asking = Asking(RequestKind.ACCESS, "某某", "13900001111", "", None)
    return check(request=ask(asking=asking, place=place, by=SYSTEM), person=person, by=SYSTEM)


def _disputed(door: Place) -> Answer:
    """A list says something else than the household did."""
    for said, source in (("no", Source.VISIT), ("yes", Source.LIST)):
        record_answers(door=door, values={"has_supplies": said}, at=clock.now(), by=SYSTEM, source=source)
    return Answer._base_manager.get(door=door, state="disputed")


def _overflow(post: Post) -> Overflow:
    """A day that held too much, and nobody beside has room."""
    assert post.parent
    return Overflow.objects.create(
        post=post, to_post=post.parent, day=clock.today(), doors=3, minutes=600, room=450, proposal=[]
    )


def _held(tiny: Small, worker_name: str, door: Place) -> ReceivedForm:
    """A phone's form whose answers could not be recorded when it came."""
    now, uuid = clock.now(), uuid7()
    xml = '<data id="supplies" version="1"><has_supplies>yes</has_supplies></data>'
    return ReceivedForm._base_manager.create(
        uuid=uuid, instance=f"uuid:{uuid}", form=Form.objects.get(form_id="supplies"), door=door, key=uuid7(),
        account=tiny.accounts[worker_name].uuid, post=tiny.posts[worker_name].uuid, at=now, received_at=now,
        sealed=sealing.seal(INBOX, uuid, {"xml": xml, "sha256": "0"}), state="held", reason="no_response_here",
        batch=uuid7(),
    )  # fmt: skip


def _source(form_id: str) -> FormSource:
    """A questionnaire with its file; questionnaires are everybody's, not a place's."""
    take_questionnaire(content=as_csv(named(form_id)), by=SYSTEM)
    return FormSource.objects.get(form__form_id=form_id)


def _offered(form_id: str) -> FormSource:
    """One that somebody looks at before it is published."""
    return offer_file(content=as_csv(named(form_id)), by=SYSTEM)


def _supplies(tiny: Small, key: str) -> Ask:
    """An ask of every household of the place."""
    bank.publish(bank.SUPPLIES)
    return bank.ask(tiny, "has_supplies", place=key)


def _report(place: Place) -> SelfReport:
    """Somebody who comes back to a door that is not there."""
    asked, today = reporting(place), clock.today().isoformat()
    assert asked
    typed = {
        "uuid": str(uuid7()), "whom": "self", "people": "某某", "phone": "13900001111", "came_from": "云州",
        "first": today, "last": today, "arrives": today, "travel": "car", "building": "88", "unit": "8", "door": "808",
    }  # fmt: skip
    report, _verdict = receive(said=read_report(typed, [], 14), place=place, asked=asked, by=SYSTEM)
    worker.run_pending()
    return SelfReport.objects.within(EVERYTHING).get(pk=report.pk)


def _flood(place: Place) -> Response:
    response = open_response(
        title=place.name, protocol="flood-evacuation", area=place, authority="县防指", document_no="防指1号",
        ground="防洪法", remedy="乡政府", drill=True, by=SYSTEM,
    )  # fmt: skip
    worker.run_pending()
    return response
