"""The page on which people report that they come back: without a script or an account, telling nobody anything."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.actions import close_response
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.rules import Level
from wangge.domains.selfreports.models import SelfReport
from wangge.domains.selfreports.rules import OF_ADDRESS, State

AREA = Named("山西省", "云州市", "松原区", "学府小区7栋")


@pytest.fixture
def area(tiny: Small) -> UUID:
    take_list(
        published=Published(clock.now() - timedelta(days=10), {AREA.key: Level.HIGH}, {AREA.key: AREA}), by=SYSTEM
    )
    return RiskArea.objects.get().uuid


@pytest.fixture
def compound(tiny: Small) -> Place:
    return Place.objects.get(kind=Kind.COMPOUND)


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def typed(**changes: Any) -> dict[str, Any]:
    today = clock.today()
    said = {
        "uuid": str(uuid7()), "whom": "parents", "people": "张建国、李秀英", "phone": "13800000000",
        "came_from": "云州市松原区学府小区", "first": (today - timedelta(days=5)).isoformat(),
        "last": (today - timedelta(days=1)).isoformat(), "arrives": today.isoformat(), "travel": "train",
        "building": "1", "unit": "1", "door": "101",
    }  # fmt: skip
    return said | changes


def send(client: Client, place: Place, **changes: Any) -> Any:
    return client.post(reverse("back-report", args=[place.uuid]), typed(**changes))


def reports() -> list[SelfReport]:
    return list(SelfReport.objects.within(EVERYTHING).order_by("id"))


def test_without_a_script_the_server_asks_whether_they_were_there(
    resident: Client, compound: Place, area: UUID
) -> None:
    page = resident.get(reverse("back-report", args=[compound.uuid]))
    assert page.status_code == 200
    asked = send(resident, compound)
    assert asked.status_code == 422
    assert "Areas nearby stand in the published lists" in asked.text
    assert f'value="{area}"' in asked.text
    assert 'value="张建国、李秀英"' in asked.text  # nothing of what was written is lost
    answer = send(resident, compound, areas=[str(area)])
    assert answer.status_code == 302
    told = resident.get(answer["Location"]).text
    assert "14 days of central isolation" in told
    assert "Over after" in told
    assert reports()[0].level == "high"


def test_in_none_of_them_nothing_is_asked(resident: Client, compound: Place, area: UUID) -> None:
    answer = send(resident, compound, none="1")
    assert "Nothing is asked of you" in resident.get(answer["Location"]).text


def test_the_answer_is_the_same_whether_the_home_exists(resident: Client, compound: Place, area: UUID) -> None:
    pages = []
    for door, building in (("101", "1"), ("9999", "88")):
        answer = send(resident, compound, areas=[str(area)], door=door, building=building)
        worker.run_pending()
        page = resident.get(answer["Location"])
        shown = page.text[page.text.index("<main") :]
        pages.append(shown.replace(str(reports()[-1].uuid)[-8:], "number"))
    assert [one.state for one in reports()] == [State.MATCHED, State.UNMATCHED]
    assert pages[0] == pages[1]
    assert "张建国" not in pages[0]


def test_half_a_form_keeps_what_is_there_and_says_the_rest(resident: Client, compound: Place) -> None:
    answer = send(resident, compound, phone="12", door="", needs="降压药")
    assert answer.status_code == 422
    assert "降压药" in answer.text
    assert answer.text.count("errorlist") >= 2
    assert reports() == []


def test_sent_twice_it_is_one_report_with_one_answer(resident: Client, compound: Place) -> None:
    uuid = str(uuid7())
    first, second = send(resident, compound, uuid=uuid), send(resident, compound, uuid=uuid)
    assert first["Location"] == second["Location"]
    assert len(reports()) == 1


def test_a_flood_is_told_to_wait_and_keeps_its_words(resident: Client, compound: Place) -> None:
    for _ in range(OF_ADDRESS):
        assert send(resident, compound).status_code == 302
    answer = send(resident, compound, needs="降压药")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "降压药" in answer.text
    assert len(reports()) == OF_ADDRESS


def test_where_nobody_has_to_report_nothing_is_taken(resident: Client, tiny: Small, compound: Place) -> None:
    close_response(response=tiny.response, by=SYSTEM)
    answer = send(resident, compound)
    assert "takes nothing down" in answer.text
    assert reports() == []


def test_no_page_is_made_for_a_home_or_a_place_that_is_not_there(resident: Client, tiny: Small) -> None:
    assert resident.get(reverse("back-report", args=[tiny.homes[0].uuid])).status_code == 404
    assert resident.get(reverse("back-report", args=[uuid7()])).status_code == 404
    assert resident.get(reverse("back-told", args=[uuid7()])).status_code == 404


def test_without_a_poster_the_community_is_asked_first(resident: Client, tiny: Small) -> None:
    answer = resident.post(reverse("back"), {"community": "并州东街四社区"})
    assert answer["Location"] == reverse("back-report", args=[tiny.places["community"].uuid])
    assert resident.post(reverse("back"), {"community": "火星"}).status_code == 422


def test_the_desk_sees_those_without_a_door_and_settles_them(
    sign_in: Callable[..., Client], resident: Client, tiny: Small, compound: Place
) -> None:
    send(resident, compound, building="88", people=tiny.family[0].name)
    worker.run_pending()
    desk = sign_in("bingsi-shuji")
    report = reports()[0]
    page = desk.get(reverse("returns")).text
    assert reverse("return", args=[report.uuid]) in page
    assert tiny.family[0].name not in page  # masked until somebody opens it
    opened = desk.get(reverse("return", args=[report.uuid])).text
    assert tiny.family[0].name in opened
    assert str(tiny.homes[0].uuid) in opened
    assert desk.post(reverse("return-settle", args=[report.uuid]), {}).status_code == 422
    assert desk.post(reverse("return-settle", args=[report.uuid]), {"home": str(tiny.homes[0].uuid)}).status_code == 302
    assert reports()[0].state == State.SETTLED
    assert sign_in("dengqiao-shuji").get(reverse("return", args=[report.uuid])).status_code == 404


def test_a_report_that_belongs_nowhere_is_turned_away_with_a_reason(
    sign_in: Callable[..., Client], resident: Client, compound: Place
) -> None:
    send(resident, compound, building="88")
    worker.run_pending()
    desk, report = sign_in("bingsi-shuji"), reports()[0]
    assert desk.post(reverse("return-turn-away", args=[report.uuid]), {}).status_code == 422
    assert desk.post(reverse("return-turn-away", args=[report.uuid]), {"away": "no_such_door"}).status_code == 302
    assert reports()[0].away == "no_such_door"


def test_a_worker_sees_what_was_reported_for_their_door(
    sign_in: Callable[..., Client], resident: Client, compound: Place, area: UUID
) -> None:
    send(resident, compound, areas=[str(area)])
    worker.run_pending()
    report = reports()[0]
    page = sign_in("bingsi-1").get(reverse("return", args=[report.uuid]))
    assert page.status_code == 200
    assert "张建国" in page.text


def test_the_poster_leads_to_the_form_of_its_compound(sign_in: Callable[..., Client], compound: Place) -> None:
    desk = sign_in("bingsi-shuji")
    assert compound.name in desk.get(reverse("posters")).text
    page = desk.get(reverse("poster", args=[compound.uuid])).text
    assert f"http://testserver{reverse('back-report', args=[compound.uuid])}" in page
    assert "data:image/svg+xml" in page
