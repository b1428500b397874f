"""What happened yesterday, so that the first screens are not empty. Played through the verbs, by those in post."""

from datetime import date, timedelta

from wangge.base import clock, worker
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.demo import gate, handed
from wangge.demo.laboratory import row
from wangge.demo.plan import CASE, SCREENED, Star
from wangge.domains.cases.actions import decide
from wangge.domains.cases.models import Case
from wangge.domains.cases.queries import waiting
from wangge.domains.cases.rules import ExposureState
from wangge.domains.duty.models import Account
from wangge.domains.duty.queries import by_for, who_answers
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.queries import proposed
from wangge.domains.people.models import Person
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import COLUMNS, read_result
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome

#: What the tracer decided about the best candidates, one person after the other.
DECISIONS = (
    *(ExposureState.CONFIRMED,) * 4, ExposureState.DISMISSED, *(ExposureState.CONFIRMED,) * 3, ExposureState.ASKED,
    ExposureState.CONFIRMED, ExposureState.ASKED, ExposureState.DISMISSED,
)  # fmt: skip
#: What came of the tries at the doors, one after the other; the rest has not been tried.
TRIES = (
    (Outcome.DONE, Channel.PHONE), (Outcome.ABSENT, Channel.DOOR), (Outcome.UNREACHABLE, Channel.PHONE),
    (Outcome.DONE, Channel.DOOR), (Outcome.REFUSED, Channel.DOOR), (Outcome.NIGHT_SHIFT, Channel.PHONE),
    (Outcome.WRONG_NUMBER, Channel.PHONE),
)  # fmt: skip
GROUND = "《中华人民共和国传染病防治法》"
REMEDY = "可向迎泽区防控办申诉或拨打12345;就医用药等急难需求随时联系网格员。"


def play(today: date) -> None:
    """A first screen in the morning, its re-test, what followed until the evening, and another first screen."""
    for hour, scene in SCENES:
        with clock.held(clock.start_of(today - timedelta(days=1)) + timedelta(hours=hour)):
            scene()
            worker.run_pending()


def _acting(username: str) -> By:
    return by_for(Account.objects.get(username=username))


def _result(star: Star, number: int, **said: str) -> None:
    """A result as the test desk takes it in: collected three hours before, reported now."""
    person = Person.objects.within(EVERYTHING).get(uuid=star.uuid)
    now = clock.now()
    typed = row(person, 9000 + number, collected=now - timedelta(hours=3), reported=now, **said)
    fields = {heading: name for name, headings in COLUMNS.items() for heading in headings}
    result = read_result({fields[heading]: text for heading, text in typed.items() if heading in fields})
    record_result(typed=result, by=_acting("jiance"))


def first_screen() -> None:
    _result(CASE, 1, purpose="初筛", value="阳性")


def re_test() -> None:
    _result(CASE, 2, purpose="复核", value="阳性", symptoms="有")


def tracing() -> None:
    """The tracer works through the best of the candidates and leaves the rest for today."""
    by = _acting("liudiao")
    case = Case.objects.within(EVERYTHING).select_related("response").latest("id")
    first_of_each = {one.person_id: one for one in reversed(list(waiting(case)))}
    best = sorted(first_of_each.values(), key=lambda one: (one.rank, one.pk))
    for exposure, state in zip(best, DECISIONS, strict=False):
        decide(exposure=exposure, state=state, by=by)


def orders() -> None:
    """The authority confirms the case and the household; the others wait for it."""
    by = _acting("yingze-zhengling")
    case = Case.objects.within(EVERYTHING).select_related("response", "person__home").latest("id")
    waiting_ = proposed(EVERYTHING, case.response).filter(person__home=case.person.home)
    confirm_orders(
        orders=list(waiting_), authority="迎泽区疫情防控工作领导小组办公室", document_no="迎防办演隔〔2022〕3号",
        ground=GROUND, remedy=REMEDY, by=by,
    )  # fmt: skip


def at_doors() -> None:
    """Whoever answers for a door now tries it."""
    tasks = Task.objects.within(EVERYTHING).filter(state=Task.State.OPEN).select_related("post", "door").order_by("id")
    for task, (outcome, channel) in zip(list(tasks), TRIES, strict=False):
        holding = who_answers([task.post])[task.post_id]
        if holding:
            record_attempt(task=task, outcome=outcome, channel=channel, by=by_for(holding.account))


def another_screen() -> None:
    _result(SCREENED, 3, purpose="初筛", value="阳性")


def desk() -> None:
    """A list came from above, a grid asked more doors than fit a day, and two sources disagree about one."""
    handed.list_from_above(_acting("bingsi-shuji"))
    handed.contradiction(_acting("bingsi-1"))
    handed.more_than_a_day(_acting("jieer-1"))


SCENES = (
    (7, gate.open_gate), (10, first_screen), (15.5, re_test), (16.5, tracing), (17.5, orders), (19, at_doors),
    (20.5, another_screen), (20.75, desk),
)  # fmt: skip
