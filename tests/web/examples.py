"""For every address an object on each side of the tiny city: the community in 迎泽区, the village in 清徐县."""

from dataclasses import dataclass
from typing import Any

from tests.web import made

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.base.receipts.models import Intake
from wangge.demo.small import Small
from wangge.domains.asking.models import Answer, Ask, FormSource, Overflow, ReceivedForm
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.checkpoints.models import Emergency
from wangge.domains.codes.models import CodeAppeal
from wangge.domains.duty.actions import accept, create_post, enrol, offer
from wangge.domains.duty.badges import code_of
from wangge.domains.duty.models import Account, ApiToken, Enrolment, Holding, Post
from wangge.domains.duty.rules import PostKind
from wangge.domains.isolation.models import Order
from wangge.domains.lists.models import HandedList
from wangge.domains.people.merging import merge
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.requests.models import Request
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.rules import Level
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.tables.models import TableFile
from wangge.domains.testing.models import TestResult
from wangge.domains.venues.models import Venue, VenueApplication
from wangge.domains.work.models import Difference, HandOver, Task


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
    difference: Difference
    table_file: TableFile
    appeal: CodeAppeal
    emergency: Emergency
    venue: Venue
    application: VenueApplication


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
    "difference": lambda side: {"uuid": side.difference.uuid},
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
    **{
        name: lambda side: {"uuid": side.person.uuid}
        for name in ("person-code", "code-link", "code-print", "code-void", "code-paper")
    },
    "code-link-end": lambda side: {"uuid": side.person.uuid, "link": side.person.uuid},
    "appeal-decide": lambda side: {"uuid": side.appeal.uuid},
    "code-add": lambda side: {"secret": "guessed"},
    **{
        name: lambda side: {"uuid": side.person.uuid}
        for name in ("code", "code-why", "code-appeal", "code-lend", "code-drop")
    },
    "code-take-back": lambda side: {"uuid": side.person.uuid, "other": side.person.uuid},
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
    **{
        name: lambda side: {"uuid": side.emergency.shift.checkpoint.uuid}
        for name in ("checkpoint", "checkpoint-close", "checkpoint-register")
    },
    "checkpoint-settle": lambda side: {
        "uuid": side.emergency.shift.checkpoint.uuid,
        "emergency": side.emergency.uuid,
    },
    **{
        name: lambda side: {"uuid": side.venue.uuid} for name in ("venue", "venue-issue", "venue-check", "venue-poster")
    },
    **{
        name: lambda side: {"uuid": side.application.uuid}
        for name in ("venue-applied", "venue-applied-poster", "venue-application", "venue-settle")
    },
    "venue-screen": lambda side: {"code": "x" * 28},
    "case-visitors": lambda side: {"uuid": side.case.uuid},
    "case-visitor-call": lambda side: {"uuid": side.case.uuid},
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
    made.confirmed(tiny, person)
    result = TestResult._base_manager.filter(person=person).order_by("-id")[0]
    case = Case._base_manager.get(person=person)
    task = Task._base_manager.select_related("door", "door__parent").filter(door=person.home)[0]
    post = tiny.posts[worker_name]
    handover = HandOver.objects.create(uuid=uuid7(), to_post=post, from_post=post, count=1, offered_at=clock.now())
    return Side(
        place=tiny.places[key], person=person, task=task, result=result, case=case,
        exposure=Exposure._base_manager.filter(case=case)[0], order=Order._base_manager.filter(person=family[1])[0],
        intake=made.intake(tiny, desk), sent=made.sent(tiny, tracer, case), token=made.token(tiny, worker_name),
        import_=made.imported(tiny, secretary), post=post,
        holding=post.holdings.get(), handover=handover, response=made.flood(tiny.places[key]),
        pair=made.pair(person), merge=merge(into=family[1], absorbed=made.again(family[1]), by=SYSTEM),
        request=made.asked(tiny.places[key], person), handed_file=made.handed_file(tiny, secretary, "x"),
        handed=made.handed(tiny, secretary),
        ask=made.supplies(tiny, key), disputed=made.disputed(task.door),
        overflow=made.overflow(tiny.posts[worker_name]), held=made.held(tiny, worker_name, task.door),
        source=made.source("travel"), offered=made.offered("returning"),
        report=made.report(tiny.places[key]),
        table_file=made.table_file(tiny, key, secretary),
        appeal=made.appeal(person, tiny.posts[secretary]), emergency=made.emergency(tiny, key, secretary),
        difference=made.difference(tiny, task),
        venue=made.venue(tiny.places[key]), application=made.application(tiny, key),
        enrolment=enrol(account=tiny.accounts[worker_name], secret=worker_name * 9, by=SYSTEM),
    )  # fmt: skip
