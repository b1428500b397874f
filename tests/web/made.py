"""One of every kind of thing that an address can be about, made by the verbs that make it."""

from datetime import timedelta

from tests.domains.asking import bank
from tests.domains.asking.writing import as_csv, named

from wangge.base import clock, sealing, worker
from wangge.base.access.by import SYSTEM, By
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
from wangge.domains.cases.models import Case
from wangge.domains.checkpoints import actions as gates
from wangge.domains.checkpoints.inputs import EmergencyInput, LineInput, ShiftInput
from wangge.domains.checkpoints.models import Emergency
from wangge.domains.checkpoints.rules import Called, Entered
from wangge.domains.checkpoints.rules import Kind as Gate
from wangge.domains.codes.models import CodeAppeal
from wangge.domains.duty.models import ApiToken, Post
from wangge.domains.duty.queries import by_for
from wangge.domains.duty.tokens import TokenInput, make_token
from wangge.domains.lists import actions as lists
from wangge.domains.lists.inputs import ListInput
from wangge.domains.lists.models import HandedList
from wangge.domains.people.actions import register_person
from wangge.domains.people.duplicates import find
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Duplicate, Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.actions import open_response
from wangge.domains.protocol.models import Response
from wangge.domains.requests.actions import ask, check
from wangge.domains.requests.inputs import Asking
from wangge.domains.requests.models import Request
from wangge.domains.requests.rules import Kind as RequestKind
from wangge.domains.selfreports.actions import receive
from wangge.domains.selfreports.inputs import read_report
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.queries import asking as reporting
from wangge.domains.tables.models import SavedTable, TableFile, TableFilePart, TableSchedule
from wangge.domains.testing import files
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.venues.actions import register_venue
from wangge.domains.venues.inputs import Applying
from wangge.domains.venues.models import Venue, VenueApplication
from wangge.domains.venues.posters import apply
from wangge.domains.venues.rules import VenueKind
from wangge.domains.work.actions import note_difference, record_attempt
from wangge.domains.work.models import Attempt, Difference, Task
from wangge.domains.work.rules import Channel, Outcome
from wangge.flows import importing


def again(person: Person) -> Person:
    """A second record of somebody, at the same home and without a document."""
    return register_person(typed=PersonInput(person.name, person.sex, person.birth_date), home=person.home, by=SYSTEM)


def pair(person: Person) -> Duplicate:
    second = again(person)
    find(by=SYSTEM)
    return Duplicate._base_manager.select_related("one", "other").get(other=second)


def confirmed(tiny: Small, person: Person) -> None:
    """A first screen and a re-test, both positive, and everything that follows."""
    for purpose in (Purpose.SCREEN, Purpose.RETEST):
        at = clock.now()
        typed = ResultInput(
            tiny.document(person), "市疾控", f"{purpose}-{person.pk}", purpose, Value.POSITIVE, False,
            at - timedelta(minutes=30), at,
        )  # fmt: skip
        record_result(typed=typed, by=SYSTEM)
        worker.run_pending()


def difference(tiny: Small, task: Task) -> Difference:
    """Two tries at a door by two who could not know of each other."""
    at = clock.now()
    by = [By(account=uuid7(), post=None, system=True) for _each in "12"]
    for who, outcome in zip(by, (Outcome.MOVED, Outcome.EMPTY), strict=True):
        record_attempt(task=task, outcome=outcome, channel=Channel.DOOR, by=who, at=max(at, task.opened_at))
    one, other = Attempt._base_manager.filter(task=task).order_by("-id")[:2]
    return note_difference(counted=other, other=one, by=SYSTEM)


def intake(tiny: Small, desk: str) -> Intake:
    """A laboratory's file with a row that cannot be taken."""
    content = f"姓名,证件号码,样本编号,检测类型,检测结果,采样时间,报告时间\r\n某某,{desk},1,初筛,阴性,x,y\r\n"
    by = by_for(tiny.accounts[desk])
    intake, _new = files.receive_file(name="结果.csv", content=content.encode(), by=by)
    files.take_rows(intake=intake, limit=10, by=by)
    return intake


def table_file(tiny: Small, key: str, secretary: str) -> TableFile:
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


def sent(tiny: Small, tracer: str, case: Case) -> Intake:
    """A line list with a row that cannot be taken."""
    by = by_for(tiny.accounts[tracer])
    content = b"id,date_onset\nX,2022-04-01\n"
    intake, _new = taking.receive_list(shape=Shape.LINELIST, name="x", content=content, response=case.response, by=by)
    taking.take_part(intake=intake, limit=10, by=by)
    return intake


def appeal(person: Person, post: Post) -> CodeAppeal:
    """An objection to a code, which this post answers."""
    now = clock.now()
    response = Response.objects.filter(closed_at__isnull=True).order_by("id")[0]
    return CodeAppeal.objects.create(
        response=response, person=person, ground="provisional", ref=uuid7(), clause="x", protocol="covid19-v8",
        made_at=now, due_at=now + timedelta(hours=24), post=post,
    )  # fmt: skip


def token(tiny: Small, username: str) -> ApiToken:
    typed = TokenInput("laboratory", clock.today() + timedelta(days=30))
    token, _secret = make_token(account=tiny.accounts[username], typed=typed, by=SYSTEM)
    return token


def imported(tiny: Small, secretary: str) -> Intake:
    """A file of people that was looked through: a row that would come back."""
    by = by_for(tiny.accounts[secretary])
    content = f"姓名,身份证号,住址\r\n{secretary},1,x\r\n".encode()
    intake, _new = importing.receive(kind="people.people", name="居民.csv", content=content, by=by)
    importing.ask_look(intake=intake, fields=["name", "document", "address"], make_doors=False, by=by)
    importing.go_on(intake=intake, by=by)
    return intake


def handed_file(tiny: Small, secretary: str, name: str) -> Intake:
    content = f"姓名,身份证号,住址\r\n{secretary}{name},,x\r\n".encode()
    return lists.keep_file(name="名单.csv", content=content, by=by_for(tiny.accounts[secretary]))[0]


def handed(tiny: Small, secretary: str) -> HandedList:
    """A list handed down with one row to resolve, looked at and not taken."""
    by = by_for(tiny.accounts[secretary])
    intake = handed_file(tiny, secretary, "y")
    said = ListInput("名单", "区防控办", "", clock.now() + timedelta(days=1))
    one = lists.look_at(intake=intake, fields=["name", "document", "address"], said=said, by=by)
    lists.read_on(list_=one, by=by)
    return one


def asked(place: Place, person: Person) -> Request:
    """A resident's request, checked: it is about the person."""
    asking = Asking(RequestKind.ACCESS, "某某", "13900001111", "", None)
    return check(request=ask(asking=asking, place=place, by=SYSTEM), person=person, by=SYSTEM)


def disputed(door: Place) -> Answer:
    """A list says something else than the household did."""
    for said, source in (("no", Source.VISIT), ("yes", Source.LIST)):
        record_answers(door=door, values={"has_supplies": said}, at=clock.now(), by=SYSTEM, source=source)
    return Answer._base_manager.get(door=door, state="disputed")


def overflow(post: Post) -> Overflow:
    """A day that held too much, and nobody beside has room."""
    assert post.parent
    return Overflow.objects.create(
        post=post, to_post=post.parent, day=clock.today(), doors=3, minutes=600, room=450, proposal=[]
    )


def held(tiny: Small, worker_name: str, door: Place) -> ReceivedForm:
    """A phone's form whose answers could not be recorded when it came."""
    now, uuid = clock.now(), uuid7()
    xml = '<data id="supplies" version="1"><has_supplies>yes</has_supplies></data>'
    return ReceivedForm._base_manager.create(
        uuid=uuid, instance=f"uuid:{uuid}", form=Form.objects.get(form_id="supplies"), door=door, key=uuid7(),
        account=tiny.accounts[worker_name].uuid, post=tiny.posts[worker_name].uuid, at=now, received_at=now,
        sealed=sealing.seal(INBOX, uuid, {"xml": xml, "sha256": "0"}), state="held", reason="no_response_here",
        batch=uuid7(),
    )  # fmt: skip


def source(form_id: str) -> FormSource:
    """A questionnaire with its file; questionnaires are everybody's, not a place's."""
    take_questionnaire(content=as_csv(named(form_id)), by=SYSTEM)
    return FormSource.objects.get(form__form_id=form_id)


def offered(form_id: str) -> FormSource:
    """One that somebody looks at before it is published."""
    return offer_file(content=as_csv(named(form_id)), by=SYSTEM)


def supplies(tiny: Small, key: str) -> Ask:
    """An ask of every household of the place."""
    bank.publish(bank.SUPPLIES)
    return bank.ask(tiny, "has_supplies", place=key)


def report(place: Place) -> SelfReport:
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


def flood(place: Place) -> Response:
    response = open_response(
        title=place.name, protocol="flood-evacuation", area=place, authority="县防指", document_no="防指1号",
        ground="防洪法", remedy="乡政府", drill=True, by=SYSTEM,
    )  # fmt: skip
    worker.run_pending()
    return response


def emergency(tiny: Small, place: str, secretary: str) -> Emergency:
    """Somebody let through in need at a checkpoint of a place, and a visitor in its register."""
    by, now, shift = tiny.by(secretary), clock.now(), uuid7()
    point = gates.open_checkpoint(place=tiny.places[place], kind=Gate.GATE, name="北门", by=by)
    gates.begin_shift(typed=ShiftInput(shift, point.uuid, True, None), at=now, by=by)
    gates.record_line(uuid=uuid7(), typed=LineInput(shift, Entered.VISITOR, {"purpose": "探亲"}), at=now, by=by)
    return gates.record_emergency(typed=EmergencyInput(shift, Called.AMBULANCE, uuid7()), at=now, by=by)


def venue(place: Place) -> Venue:
    """A shop without a poster."""
    return register_venue(name=f"{place.name}便民店", kind=VenueKind.SHOP, place=place, by=SYSTEM)


def application(tiny: Small, key: str) -> VenueApplication:
    """A keeper who waits for a poster."""
    said = Applying(uuid7(), "晨光早点铺", VenueKind.RESTAURANT, "某某", "13900002222", "", "")
    return apply(said=said, place=tiny.places[key], response=tiny.response, by=SYSTEM, sender=key)
