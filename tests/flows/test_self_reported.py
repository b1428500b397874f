"""A report comes to its door without anybody learning from the answer whether the door exists."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.worker import ring_alarms, run_pending
from wangge.domains.asking.actions import publish_questionnaire
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.questionnaire import Choice, Privacy, Question, Questionnaire, Subject, Type
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.actions import close_response
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.rules import Level
from wangge.domains.selfreports import actions, queries
from wangge.domains.selfreports.inputs import read_report
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.rules import OF_ADDRESS, OF_POSTER, Away, Said, State
from wangge.domains.work.models import TaskItem

#: What differs between any two statements: literals, ids, names of savepoints.
NUMBERS = re.compile(r"'[^']*'|\"s?\d[\w]*\"|\b[\dA-Fa-f]*\d[\w-]*\b|X'[^']*'")
NOBODY = By(account=None, post=None)


@pytest.fixture
def areas(stage: Stage) -> dict[Level, UUID]:
    """A high and a middle area, in a list of ten days ago."""
    high, mid = Named("山西省", "云州市", "松原区", "学府小区7栋"), Named("山西省", "云州市", "松原区", "柳林镇洋河村")
    at = clock.now() - timedelta(days=10)
    levels = {high.key: Level.HIGH, mid.key: Level.MID}
    take_list(published=Published(at, levels, {high.key: high, mid.key: mid}), by=SYSTEM)
    return {level: RiskArea.objects.get(key=key).uuid for key, level in levels.items()}


def compound(stage: Stage) -> Place:
    return Place.objects.get(kind=Kind.COMPOUND, path__startswith=stage.tiny.places["community"].path)


def typed(stage: Stage, home: Place | None = None, **changes: Any) -> dict[str, str]:
    """What somebody types who comes to a home of the compound; without one, to a door that does not exist."""
    today = clock.today()
    days = {"first": today - timedelta(days=5), "last": today - timedelta(days=1), "arrives": today}
    door = {"building": "97", "unit": "9", "door": "1901"}
    if home:
        unit = home.parent
        assert unit
        assert unit.parent
        door = {"building": unit.parent.name, "unit": unit.name, "door": home.name}
    said = {
        "uuid": str(uuid7()), "whom": "self", "people": "张三", "phone": "13800000000", "came_from": "云州市松原区",
        "travel": "train", "none": "1", **door, **{name: day.isoformat() for name, day in days.items()},
    }  # fmt: skip
    return said | {name: str(value) for name, value in changes.items()}


def send(stage: Stage, said: dict[str, str], *areas: UUID, sender: str = "10.0.0.1") -> SelfReport:
    place = compound(stage)
    asked = queries.asking(place)
    assert asked
    read: Said = read_report(said, [str(one) for one in areas], asked.rule.lookback_days)
    return actions.receive(said=read, place=place, asked=asked, by=NOBODY, sender=sender)[0]


def items(home: Place, **which: Any) -> list[str]:
    found = TaskItem.objects.within(EVERYTHING).filter(task__door=home, **which)
    return sorted(found.values_list("kind", flat=True))


def again(report: SelfReport) -> SelfReport:
    return SelfReport.objects.within(EVERYTHING).get(pk=report.pk)


def test_from_a_high_risk_area_a_visit_is_put_at_the_door(stage: Stage, areas: dict[Level, UUID]) -> None:
    home = stage.tiny.homes[0]
    report = send(stage, typed(stage, home), areas[Level.HIGH])
    assert (report.level, report.state, report.door) == ("high", State.WAITING, None)
    run_pending()
    assert (again(report).state, again(report).door) == (State.MATCHED, home)
    assert items(home) == ["visit_returnee"]
    item = TaskItem.objects.within(EVERYTHING).get(kind="visit_returnee")
    assert item.due_at == report.received_at + timedelta(hours=12)


def test_where_the_protocol_says_nothing_nobody_is_visited(stage: Stage, areas: dict[Level, UUID]) -> None:
    home = stage.tiny.homes[0]
    from_mid, elsewhere = send(stage, typed(stage, home), areas[Level.MID]), send(stage, typed(stage, home))
    run_pending()
    assert [again(one).state for one in (from_mid, elsewhere)] == [State.MATCHED, State.MATCHED]
    assert (from_mid.level, elsewhere.level) == ("mid", "")
    assert items(home) == []


def test_a_need_reaches_the_door_wherever_somebody_comes_from(stage: Stage) -> None:
    home = stage.tiny.homes[1]
    send(stage, typed(stage, home, needs="奶粉"))
    run_pending()
    assert items(home) == ["ask_needs"]


def test_two_reports_of_one_door_and_day_are_one_visit(stage: Stage, areas: dict[Level, UUID]) -> None:
    home = stage.tiny.homes[0]
    for sender in ("10.0.0.1", "10.0.0.2"):
        send(stage, typed(stage, home), areas[Level.HIGH], sender=sender)
    run_pending()
    assert items(home) == ["visit_returnee"]


def test_an_arrival_ahead_is_due_after_it(stage: Stage, areas: dict[Level, UUID]) -> None:
    home, day = stage.tiny.homes[0], clock.today() + timedelta(days=2)
    send(stage, typed(stage, home, arrives=day), areas[Level.HIGH])
    run_pending()
    item = TaskItem.objects.within(EVERYTHING).get(kind="visit_returnee")
    assert item.due_at == clock.start_of(day) + timedelta(hours=12)


def test_the_same_id_is_one_report_however_often_it_is_sent(stage: Stage, areas: dict[Level, UUID]) -> None:
    said = typed(stage, stage.tiny.homes[0])
    one, other = send(stage, said, areas[Level.HIGH]), send(stage, said, areas[Level.HIGH])
    assert one == other
    assert Event.objects.filter(kind="selfreports.received").count() == 1


def test_a_door_that_does_not_exist_waits_with_candidates(stage: Stage, areas: dict[Level, UUID]) -> None:
    family = stage.tiny.family
    report = send(stage, typed(stage, people=family[0].name), areas[Level.HIGH])
    run_pending()
    assert again(report).state == State.UNMATCHED
    secretary = stage.tiny.by("bingsi-shuji")
    scope = next(iter(secretary.scopes.values()))
    found = queries.candidates(again(report), scope)
    assert stage.tiny.homes[0] in [one.door for one in found if one.name]
    settled = actions.settle(report=again(report), home=stage.tiny.homes[0], by=secretary)
    run_pending()
    assert (settled.state, items(stage.tiny.homes[0])) == (State.SETTLED, ["visit_returnee"])
    with pytest.raises(Problem) as refused:
        actions.settle(report=report, home=stage.tiny.homes[1], by=secretary)
    assert refused.value.code == "report_settled"


def test_only_whoever_has_the_place_settles_or_turns_away(stage: Stage) -> None:
    report = send(stage, typed(stage))
    run_pending()
    for username in ("dengqiao-shuji", "bingsi-1"):
        with pytest.raises(NotAllowed):
            actions.turn_away(report=report, away=Away.NO_SUCH_DOOR, by=stage.tiny.by(username))
    gone = actions.turn_away(report=report, away=Away.NO_SUCH_DOOR, by=stage.tiny.by("bingsi-shuji"))
    assert (gone.state, gone.away) == (State.TURNED_AWAY, "no_such_door")


def test_floods_are_stopped_by_address_and_by_poster(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(OF_ADDRESS):
        send(stage, typed(stage))
    with pytest.raises(Problem) as refused:
        send(stage, typed(stage))
    assert refused.value.code == "report_too_often"
    send(stage, typed(stage), sender="10.0.0.2")  # another address is still heard
    monkeypatch.setattr(actions, "OF_POSTER", OF_ADDRESS + 2)
    send(stage, typed(stage), sender="10.0.0.3")
    with pytest.raises(Problem) as full:
        send(stage, typed(stage), sender="10.0.0.4")
    assert full.value.code == "report_too_often"
    with clock.held(clock.now() + timedelta(hours=1)):
        send(stage, typed(stage), sender="10.0.0.4")
    assert OF_POSTER > OF_ADDRESS


def test_the_same_report_again_counts_as_none(stage: Stage) -> None:
    said = typed(stage)
    for _ in range(OF_ADDRESS + 5):
        send(stage, said)
    assert SelfReport.objects.within(EVERYTHING).count() == 1


def test_receiving_asks_the_database_the_same_whether_the_door_exists(stage: Stage, areas: dict[Level, UUID]) -> None:
    asked: list[list[str]] = []
    for home in (stage.tiny.homes[1], None, stage.tiny.homes[0], None):  # the first two make counters and keys
        said = typed(stage, home, people=stage.tiny.family[0].name)
        with CaptureQueriesContext(connection) as caught:
            send(stage, said, areas[Level.HIGH])
        asked.append([NUMBERS.sub("?", query["sql"]) for query in caught])
    assert asked[2] == asked[3]
    assert not [sql for sql in asked[2] if "wangge_person" in sql]


def test_the_log_holds_nothing_of_what_was_said(stage: Stage, areas: dict[Level, UUID]) -> None:
    send(stage, typed(stage, stage.tiny.homes[0], needs="胰岛素"), areas[Level.HIGH])
    run_pending()
    said = " ".join(str(one.data) for one in Event.objects.filter(kind__startswith="selfreports."))
    assert not any(word in said for word in ("张三", "13800000000", "胰岛素", "松原"))


def test_nothing_is_asked_outside_an_open_response(stage: Stage) -> None:
    place = compound(stage)
    assert queries.asking(place) is not None
    close_response(response=stage.tiny.response, by=SYSTEM)
    assert queries.asking(place) is None


RETURNEE = Questionnaire(
    "returnee", "1", {"zh": "返并人员报备"},
    (
        Question("came_from", Type.TEXT, {"zh": "从哪里回来？"}, required="true()", fresh_for=timedelta(days=14),
                 privacy=Privacy.SENSITIVE, subject=Subject.PERSON),
        Question("risk_area", Type.SELECT_ONE, {"zh": "去过中高风险地区吗？"}, required="true()",
                 choices=(Choice("yes", {"zh": "是"}), Choice("no", {"zh": "否"})), fresh_for=timedelta(days=3),
                 privacy=Privacy.SENSITIVE, subject=Subject.PERSON),
    ),
)  # fmt: skip


def answered(person: Person) -> dict[str, str]:
    found = Answer.objects.within(EVERYTHING).filter(person=person, source="self").select_related("question")
    return {one.question.name: value_of(one) for one in found}


def test_what_somebody_reports_from_their_own_phone_is_not_asked_again(stage: Stage, areas: dict[Level, UUID]) -> None:
    publish_questionnaire(questionnaire=RETURNEE, content="<html/>", by=SYSTEM)
    person = next(one for one in stage.tiny.family if stage.tiny.typed[one.uuid].phone)
    phone = stage.tiny.typed[person.uuid].phone
    said = typed(stage, stage.tiny.homes[0], people=person.name, phone=phone)
    send(stage, said, areas[Level.HIGH])
    run_pending()
    assert answered(person) == {"came_from": "云州市松原区", "risk_area": "yes"}


def test_a_name_typed_from_a_phone_that_is_not_theirs_says_nothing_about_them(stage: Stage) -> None:
    publish_questionnaire(questionnaire=RETURNEE, content="<html/>", by=SYSTEM)
    person = stage.tiny.family[0]
    report = send(stage, typed(stage, stage.tiny.homes[0], people=person.name, phone="19900001234"))
    run_pending()
    assert again(report).state == State.MATCHED
    assert answered(person) == {}


def test_a_report_goes_with_its_response(stage: Stage, settings: Settings, tmp_path: Path) -> None:
    settings.WANGGE_KEYS = Path(shutil.copy(settings.WANGGE_KEYS, tmp_path / "keys.json"))
    report = send(stage, typed(stage, stage.tiny.homes[0]))
    run_pending()
    assert queries.details(again(report))["people"] == ["张三"]
    close_response(response=stage.tiny.response, by=SYSTEM)
    with clock.held(clock.now() + timedelta(days=32)):
        ring_alarms()
        run_pending()
    assert not SelfReport.objects.within(EVERYTHING).exclude(sealed=b"", door=None).exists()
