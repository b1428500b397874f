"""Residents ask about their own data without an account; the desk checks, shows, corrects, answers."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.requests import queries
from wangge.domains.requests.models import Request
from wangge.domains.requests.rules import Kind, due_day

pytestmark = pytest.mark.django_db
RIGHT = Right.ANSWER_REQUESTS
SignIn = Callable[..., Client]
COMMUNITY = "并州东街四社区"


def typed(**changed: str) -> dict[str, str]:
    return {
        "kind": "access", "name": "李某", "phone": "139 0000 1111", "community": COMMUNITY, "words": "",
        "uuid": str(uuid7()), **changed,
    }  # fmt: skip


def asks(tiny: Small, **changed: str) -> Request:
    """A resident sends the form; the request it became."""
    client = Client()
    client.cookies["django_language"] = "en"
    answer = client.post("/r/ask", typed(**changed))
    assert answer.status_code == 302, answer.content.decode()
    return Request._base_manager.order_by("-id")[0]


def person(tiny: Small) -> Person:
    return Person._base_manager.get(pk=tiny.family[0].pk)


def checked(tiny: Small, desk: Client, **changed: str) -> Request:
    one = asks(tiny, **changed)
    desk.post(f"/desk/requests/{one.uuid}/check", {"person": str(person(tiny).uuid)})
    one.refresh_from_db()
    assert one.person_id == tiny.family[0].pk
    return one


def ends(desk: Client, one: Request, outcome: str, **more: str) -> "tuple[int, str]":
    answer = desk.post(f"/desk/requests/{one.uuid}/answer", {"outcome": outcome, "told": "desk", **more})
    one.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_the_answer_is_the_same_whether_somebody_is_known_or_not(tiny: Small) -> None:
    known = {"name": tiny.family[0].name, "phone": tiny.typed[tiny.family[0].uuid].phone or "13900001111"}
    pages = []
    for who in (known, {"name": "查无此人", "phone": "13900002222"}):
        client = Client()
        client.cookies["django_language"] = "en"
        answer = client.post("/r/ask", typed(**who), follow=True)
        text = re.sub(r"[0-9a-f]{8}", "", answer.content.decode())
        pages.append(re.sub(r'value="[^"]*"', "", re.sub(r"X-CSRFToken[^}]*", "", text)))
        assert who["name"] not in answer.content.decode()
    assert pages[0] == pages[1]


def test_it_is_sealed_and_is_due_in_fifteen_working_days(tiny: Small) -> None:
    one = asks(tiny, words="我的出生日期写错了")
    assert "李某".encode() not in bytes(one.sealed)
    assert queries.details(one) == {"name": "李某", "phone": "13900001111", "words": "我的出生日期写错了"}
    assert one.place == tiny.places["community"]
    days = [day for n in range(1, 40) if (day := clock.today() + timedelta(days=n)).weekday() < 5]
    assert one.due_at == clock.end_of(days[settings.WANGGE_REQUEST_DAYS - 1])
    assert Event.objects.get(kind="requests.asked").data == {"kind": "access"}


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        (date(2022, 4, 4), 1, date(2022, 4, 5)),
        (date(2022, 4, 8), 1, date(2022, 4, 11)),
        (date(2022, 4, 9), 15, date(2022, 4, 29)),
    ],
)
def test_weekends_do_not_count(asked: date, days: int, due: date) -> None:
    assert due_day(asked, days) == due


@pytest.mark.parametrize("field", ["kind", "name", "phone", "community"])
def test_what_is_missing_is_said_at_its_field_and_the_rest_stays(tiny: Small, field: str) -> None:
    answer = Client().post("/r/ask", typed(**{field: ""}))
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Request._base_manager.exists()


def test_sent_twice_is_one_and_a_flood_is_refused(tiny: Small) -> None:
    form = typed()
    for _ in range(2):
        assert Client().post("/r/ask", form).status_code == 302
    assert Request._base_manager.count() == 1
    for _ in range(queries.A_DAY - 1):
        asks(tiny)
    client = Client()
    client.cookies["django_language"] = "en"
    answer = client.post("/r/ask", typed())
    assert answer.status_code == 422
    assert "Try again tomorrow" in answer.content.decode()
    assert Client(REMOTE_ADDR="10.9.8.7").post("/r/ask", typed()).status_code == 302


def test_nothing_is_shown_before_somebody_has_shown_who_they_are(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    one = asks(tiny)
    for page in ("held", "correct"):
        assert desk.get(f"/desk/requests/{one.uuid}/{page}").status_code == 422
    assert ends(desk, one, "given")[0] == 422
    assert not AccessLog.objects.filter(person=person(tiny).uuid).exists()
    assert ends(desk, one, "not_identified")[0] == 302


def test_everything_held_is_on_the_paper_with_purpose_and_end(tiny: Small, sign_in: SignIn) -> None:
    Stage(tiny).case_of(tiny.family[0])
    desk = sign_in("bingsi-shuji")
    one = checked(tiny, desk)
    text = desk.get(f"/desk/requests/{one.uuid}/held").content.decode()
    sealed = details(person(tiny))
    for held in (
        person(tiny).name,
        sealed["document"],
        "S0001",
        "S0002",
        "test results",
        "until 30 days after it is closed",
    ):
        assert held in text, held
    assert "市疾控" in text
    look = AccessLog.objects.filter(person=person(tiny).uuid).order_by("-id")[0]
    assert (look.kind, look.reason) == ("revealed", f"request:{one.uuid}")


def test_in_chinese_no_code_is_left_on_the_paper(tiny: Small, sign_in: SignIn) -> None:
    Stage(tiny).case_of(tiny.family[0])
    desk = sign_in("bingsi-shuji", "zh-hans")
    one = checked(tiny, desk)
    text = desk.get(f"/desk/requests/{one.uuid}/held").content.decode()
    values = re.findall(r"<dd>(.*?)</dd>", text)
    latin = [value for value in values if re.search(r"[a-z]{4}", value)]
    assert latin == []


def test_a_correction_changes_the_record_and_leaves_nothing_of_before(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    one = checked(tiny, desk, kind="correction", words="名字写错了")
    before = person(tiny)
    form = {"name": "更正后", "sex": "female", "birth_date": "1970-02-03", "phone": "13911112222", "document": ""}
    assert desk.post(f"/desk/requests/{one.uuid}/correct", form).status_code == 302
    after = person(tiny)
    assert (after.name, after.sex, after.birth_date) == ("更正后", "female", date(1970, 2, 3))
    assert details(after)["phone"] == "13911112222"
    assert details(after)["document"] == details(before)["document"]
    fact = Event.objects.get(kind="people.corrected")
    assert before.name not in str(fact.data)
    assert "name" in fact.data["fields"]
    assert desk.post(f"/desk/requests/{one.uuid}/correct", form).status_code == 302
    assert Event.objects.filter(kind="people.corrected").count() == 1  # the same again changes nothing
    assert desk.post(f"/desk/requests/{one.uuid}/correct", form | {"name": ""}).status_code == 422
    assert ends(desk, one, "corrected")[0] == 302


def test_a_noted_objection_is_shown_where_decisions_are_made(tiny: Small, sign_in: SignIn) -> None:
    Stage(tiny).case_of(tiny.family[1])
    desk = sign_in("bingsi-shuji")
    one = checked(tiny, desk, kind="objection", words="不同意")
    assert ends(desk, one, "noted")[0] == 302
    decider = sign_in("yingze-zhengling")
    assert "Objects" in decider.get("/desk/orders/").content.decode()


def test_deletion_is_refused_with_its_ground_while_a_response_needs_it(tiny: Small, sign_in: SignIn) -> None:
    Stage(tiny).case_of(tiny.family[0])
    desk = sign_in("bingsi-shuji")
    one = checked(tiny, desk, kind="deletion")
    status, text = ends(desk, one, "deleted")
    assert status == 422
    assert "still need this record" in text
    page = desk.get(f"/desk/requests/{one.uuid}/").content.decode()
    assert tiny.response.document_no in page
    assert ends(desk, one, "refused")[0] == 422  # without a ground
    assert ends(desk, one, "refused", ground="传染病防治法")[0] == 302
    assert Person._base_manager.filter(pk=tiny.family[0].pk).exists()


def test_somebody_in_no_response_is_deleted_from_the_register(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    one = checked(tiny, desk, kind="deletion")
    assert ends(desk, one, "deleted")[0] == 302
    assert not Person._base_manager.filter(pk=tiny.family[0].pk).exists()
    assert Event.objects.filter(kind="people.removed").count() == 1
    assert desk.get(f"/desk/requests/{one.uuid}/").status_code == 200
    assert ends(desk, one, "deleted")[0] == 422  # answered already


def test_the_figures_add_up_and_late_ones_are_said(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    first, _second = asks(tiny), asks(tiny)
    assert ends(desk, first, "not_identified")[0] == 302
    with clock.held(clock.now() + timedelta(days=40)):
        figures = queries.figures(tiny.by("bingsi-shuji").scope(RIGHT))
        page = desk.get("/desk/requests/").content.decode()
    assert figures["asked"] == sum(number for name, number in figures.items() if name != "asked") == 2
    assert figures["late"] == 1
    assert "2 asked: 0 open, 1 late" in page


def test_the_list_asks_the_database_as_often_for_one_as_for_three(tiny: Small, sign_in: SignIn) -> None:
    desk, counts = sign_in("bingsi-shuji"), []
    for _ in range(3):
        asks(tiny)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get("/desk/requests/")
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_the_text_of_a_request_is_deleted_after_its_days(tiny: Small, sign_in: SignIn) -> None:
    desk = sign_in("bingsi-shuji")
    one = asks(tiny)
    ends(desk, one, "taken_back")
    with clock.held(clock.now() + timedelta(days=186)):
        worker.ring_alarms()
        worker.run_pending()
    assert not Request._base_manager.filter(pk=one.pk).exists()
    assert Event.objects.filter(kind="requests.answered").count() == 1


def test_every_kind_has_a_form_choice(tiny: Small) -> None:
    page = Client().get("/r/ask").content.decode()
    assert all(f'value="{kind.value}"' in page for kind in Kind)
