"""Asking for help without a script or an account, the receipt, the desk's list and one request; the numbers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wangge.base import worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.help import actions
from wangge.domains.help.models import HelpNote, HelpRequest
from wangge.domains.help.rules import OF_ADDRESS, Act, State
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.actions import close_response
from wangge.domains.work.models import Task

SignIn = Callable[..., Client]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def compound(tiny: Small) -> Place:
    return Place.objects.get(kind=Kind.COMPOUND)


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def typed(**changes: Any) -> dict[str, Any]:
    said = {"uuid": str(uuid7()), "kind": "medicine", "whom": "self", "where": "1号楼1单元101", "phone": "13800000000",
            "words": "降压药"}  # fmt: skip
    return said | changes


def send(client: Client, place: Place, **changes: Any) -> Any:
    answer = client.post(reverse("help-ask", args=[place.uuid]), typed(**changes))
    worker.run_pending()
    return answer


def latest() -> HelpRequest:
    found = HelpRequest.objects.within(EVERYTHING).order_by("-id").first()
    assert found
    return found


def test_the_page_asks_five_things_and_needs_no_script(resident: Client, compound: Place) -> None:
    page = resident.get(reverse("help-ask", args=[compound.uuid])).text
    for name in ("kind", "whom", "where", "phone", "words"):
        assert f'name="{name}"' in page
    wrong = send(resident, compound, kind="", phone="1")
    assert wrong.status_code == 422
    assert "Choose what is needed" in wrong.text
    assert "降压药" in wrong.text  # nothing that was written is lost


def test_the_receipt_says_who_has_it_and_until_when_and_nothing_that_was_written(
    resident: Client, compound: Place, tiny: Small
) -> None:
    answer = send(resident, compound)
    page = resident.get(answer.headers["Location"]).text
    assert tiny.posts["bingsi-1"].title in page
    assert str(latest().uuid)[-8:] in page
    for secret in ("降压药", "13800000000", "101", tiny.family[0].name):
        assert secret not in page
    assert "Until when" in page


def test_by_the_link_somebody_reminds_adds_and_ends_it(resident: Client, compound: Place) -> None:
    send(resident, compound)
    one = latest()
    address = reverse("help-say", args=[one.uuid])
    assert resident.post(address, {"say": "nudge", "note": str(uuid7())}).status_code == 302
    again = resident.post(address, {"say": "nudge", "note": str(uuid7())})
    assert (again.status_code, "You reminded them within the last hour" in again.text) == (422, True)
    note = str(uuid7())
    for _time in range(2):
        assert resident.post(address, {"say": "words", "words": SCRIPT, "note": note}).status_code == 302
    assert HelpNote.objects.within(EVERYTHING).filter(kind="words").count() == 1
    assert resident.post(address, {"say": "turn_away"}).status_code == 422
    assert resident.post(address, {"say": "receive"}).status_code == 302
    assert latest().state == State.RECEIVED
    assert resident.post(reverse("help-say", args=[uuid7()]), {"say": "receive"}).status_code == 404


def test_a_child_has_a_guardian_named(resident: Client, compound: Place) -> None:
    answer = send(resident, compound, whom="child")
    assert (answer.status_code, "Write who looks after the child" in answer.text) == (422, True)
    assert send(resident, compound, whom="child", guardian="妈妈 13800000002").status_code == 302


def test_similar_hazards_are_shown_before_sending_and_a_need_never_is(resident: Client, compound: Place) -> None:
    send(resident, compound, kind="fire_way", where="北门", words="车堵着", phone="")
    first = latest()
    shown = send(resident, compound, kind="fire_way", where="北门口", words="堵了", phone="")
    assert shown.status_code == 422
    assert reverse("help-told", args=[first.uuid]) in shown.text
    assert "车堵着" not in shown.text
    assert send(resident, compound, kind="fire_way", where="南门", other_one="1").status_code == 302
    send(resident, compound)
    assert send(resident, compound).status_code == 302  # a need beside a need: nothing is shown


def test_one_address_is_refused_with_the_numbers_and_an_hour(
    resident: Client, compound: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "OF_ADDRESS", 3)
    assert OF_ADDRESS > 3
    taken = [send(resident, compound).status_code for _number in range(5)]
    assert taken == [302, 302, 302, 429, 429]
    refused = send(resident, compound)
    assert refused.headers["Retry-After"] == "3600"
    assert "tel:" in refused.text
    assert HelpRequest.objects.within(EVERYTHING).count() == 3


def test_without_a_response_nothing_is_taken_down(resident: Client, compound: Place, tiny: Small) -> None:
    close_response(response=tiny.response, by=SYSTEM)
    page = resident.get(reverse("help-ask", args=[compound.uuid]))
    assert "this page takes nothing down" in page.text
    assert "<form method" not in page.text.split("<main")[1]


def test_the_community_is_found_by_its_name(resident: Client, tiny: Small) -> None:
    answer = resident.post(reverse("help-choose"), {"community": "并州东街四社区"})
    assert answer.headers["Location"] == reverse("help-ask", args=[tiny.places["community"].uuid])


def test_the_desk_lists_what_is_due_first_without_what_was_written(
    resident: Client, compound: Place, sign_in: SignIn
) -> None:
    send(resident, compound, kind="other", where="", words="桥下的人")
    send(resident, compound, kind="doctor", where="", words=SCRIPT)
    desk = sign_in("bingsi-shuji")
    page = desk.get(reverse("help-requests")).text
    assert page.index("A doctor") < page.index("Something else")
    assert "桥下的人" not in page
    one = desk.get(reverse("help-request", args=[latest().uuid])).text
    assert SCRIPT not in one
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in one
    assert AccessLog.objects.filter(reason=f"help:{latest().uuid}").count() == 1


def test_the_list_costs_the_same_with_one_and_with_three(resident: Client, compound: Place, sign_in: SignIn) -> None:
    desk, counts = sign_in("bingsi-shuji"), []
    for number in (1, 2):
        for _time in range(number):
            send(resident, compound)
        desk.get(reverse("help-requests"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            desk.get(reverse("help-requests"))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_desk_goes_step_by_step(resident: Client, compound: Place, sign_in: SignIn) -> None:
    send(resident, compound, whom="other", where="没有这个门")
    desk, second, one = sign_in("bingsi-shuji"), sign_in("qiaodong"), latest()
    say = reverse("help-request-say", args=[one.uuid])
    assert "Ask the person first" in desk.get(reverse("help-request", args=[one.uuid])).text
    assert desk.post(say, {"say": "do"}).status_code == 422
    for word in ("confirm", "answered", "do"):
        assert desk.post(say, {"say": word}).status_code == 302
    refused = desk.post(say, {"say": "receive"})
    assert (refused.status_code, "Somebody else asks the person" in refused.text) == (422, True)
    assert second.post(say, {"say": "not_reached"}).status_code == 422
    second.post(say, {"say": "no_answer"})
    assert second.post(say, {"say": "not_reached"}).status_code == 302
    assert latest().state == State.UNCONFIRMED
    assert "done, not confirmed" in resident.get(reverse("help-told", args=[one.uuid])).text


def test_turning_away_needs_its_reason(resident: Client, compound: Place, sign_in: SignIn) -> None:
    send(resident, compound)
    desk, say = sign_in("bingsi-shuji"), reverse("help-request-say", args=[latest().uuid])
    assert desk.post(say, {"say": "turn_away"}).status_code == 422
    assert desk.post(say, {"say": "turn_away", "away": "double"}).status_code == 302
    assert latest().state == State.TURNED_AWAY


def test_a_call_is_taken_down_for_somebody_who_has_nothing(sign_in: SignIn, tiny: Small) -> None:
    desk = sign_in("zhiban")
    said = typed(community="并州东街四社区", where="", phone="", words="没有手机的老人，菜市场门口")
    assert desk.post(reverse("help-take-down"), said).status_code == 302
    assert (latest().channel, latest().place) == ("phone", tiny.places["community"])
    elsewhere = desk.post(reverse("help-take-down"), typed(community="邓桥村"))
    assert (elsewhere.status_code, "not one of yours" in elsewhere.text) == (422, True)


def test_at_the_door_it_is_taken_down_and_shown(
    sign_in: SignIn, tiny: Small, resident: Client, compound: Place
) -> None:
    send(resident, compound)
    task = Task.objects.within(EVERYTHING).get(door=tiny.homes[0], state="open")
    door = sign_in("bingsi-1")
    assert "降压药" in door.get(reverse("door", args=[task.uuid])).text
    assert door.post(reverse("door-help", args=[task.uuid]), typed(kind="food", words="米")).status_code == 302
    worker.run_pending()
    assert (latest().channel, latest().door, latest().state) == ("door", tiny.homes[0], State.OPEN)
    assert "米" in door.get(reverse("door", args=[task.uuid])).text


def test_the_poster_leads_to_the_form_of_its_stairwell(sign_in: SignIn, tiny: Small) -> None:
    unit = tiny.homes[0].parent
    assert unit
    page = sign_in("bingsi-shuji").get(reverse("help-poster", args=[unit.uuid])).text
    assert reverse("help-ask", args=[unit.uuid]) in page
    city = sign_in("qiaodong").get(reverse("help-poster", args=[tiny.places["town"].uuid]))
    assert city.status_code == 404


def test_the_papers_are_pdfs(sign_in: SignIn, resident: Client, compound: Place) -> None:
    desk = sign_in("bingsi-shuji")
    for answer in (
        desk.get(reverse("help-poster-pdf", args=[compound.uuid])),
        resident.get(reverse("now-hospital-pdf")),
    ):
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")
        assert answer.content.count(b"/Type /Page\n") <= 1 or b"/Count 1" in answer.content


def test_promises_are_shown_without_figures_about_a_few(sign_in: SignIn, resident: Client, compound: Place) -> None:
    for number in range(6):
        send(Client(REMOTE_ADDR=f"10.9.0.{number}"), compound)
        actions.say(request=latest(), act=Act.DO, by=SYSTEM)
    page = sign_in("bingsi-shuji").get(reverse("promises")).text
    assert "6 (100 %)" in page
    send(Client(REMOTE_ADDR="10.9.1.1"), compound, kind="food")
    actions.say(request=latest(), act=Act.DO, by=SYSTEM)
    assert "too few to say" in sign_in("bingsi-shuji").get(reverse("promises")).text


def test_the_numbers_stand_on_every_face(sign_in: SignIn, resident: Client) -> None:
    pages = [resident.get(reverse("now")), resident.get(reverse("help-choose")), resident.get(reverse("areas"))]
    pages += [resident.get(reverse("phone"))]
    pages += [sign_in("bingsi-1").get(reverse("field")), sign_in("bingsi-shuji").get(reverse("board"), follow=True)]
    for page in pages:
        assert all(f'href="tel:{number}"' in page.text for number in (120, 110, 119, 12345))
        assert f'href="{reverse("now")}"' in page.text


@pytest.mark.django_db
def test_what_to_do_now_asks_nothing_and_names_the_law(resident: Client) -> None:
    now, paper = resident.get(reverse("now")), resident.get(reverse("now-hospital"))
    assert "Call 120 now" in now.text
    for text in (now.text, paper.text):
        assert "<input" not in text.split("<main")[1]
    assert "art. 46" in paper.text
    assert "art. 27" in paper.text


def test_nobody_who_merely_sees_a_hazard_ends_it(resident: Client, compound: Place) -> None:
    send(resident, compound, kind="fire_way", where="北门", phone="")
    one, passer_by = latest(), Client()
    say = reverse("help-say", args=[one.uuid])
    page = resident.get(reverse("help-told", args=[one.uuid])).text
    assert 'value="take_back"' not in page
    assert 'value="receive"' not in page
    for word in ("take_back", "receive", "do", "turn_away", "end", "confirm"):
        assert passer_by.post(say, {"say": word}).status_code == 422
    assert latest().state == State.OPEN
    assert passer_by.post(say, {"say": "nudge", "note": str(uuid7())}).status_code == 302
    actions.say(request=one, act=Act.DO, by=SYSTEM)
    assert 'value="receive"' in passer_by.get(reverse("help-told", args=[one.uuid])).text
    assert passer_by.post(say, {"say": "not_helped"}).status_code == 302  # it is still there
    assert latest().state == State.OPEN
    actions.say(request=latest(), act=Act.DO, by=SYSTEM)
    assert passer_by.post(say, {"say": "receive"}).status_code == 302
    assert latest().state == State.RECEIVED


def test_a_script_in_a_hazard_is_text_wherever_it_is_shown(resident: Client, compound: Place, sign_in: SignIn) -> None:
    """In the form that shows it to neighbours, on its page, at the desk, in Open311: and never as an element."""
    said = {"where": f"北门{SCRIPT}", "words": f'{SCRIPT}"onmouseover=alert(1) x="', "phone": ""}
    send(resident, compound, kind="fire_way", **said)
    one = latest()
    pages = [
        send(resident, compound, kind="fire_way", **said).text,  # similar ones, and what was typed
        resident.get(reverse("help-told", args=[one.uuid])).text,
        sign_in("bingsi-shuji").get(reverse("help-request", args=[one.uuid])).text,
        sign_in("bingsi-shuji").get(reverse("help-requests") + "?tab=hazards").text,
        sign_in("bingsi-shuji").get("/search", {"q": SCRIPT}).text,
    ]
    for page in pages:
        assert SCRIPT not in page
        assert '"onmouseover=' not in page.replace("&quot;", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[2]
    row = resident.get(f"/open311/v2/requests/{one.uuid}.json")
    assert row.headers["Content-Type"].startswith("application/json")
    assert row.headers["X-Content-Type-Options"] == "nosniff"


def test_a_need_is_shown_to_nobody_by_any_way(resident: Client, compound: Place, sign_in: SignIn) -> None:
    """Whoever reports anything nearby, guesses a number, reads what is published or holds a post elsewhere."""
    send(resident, compound, words="只剩两天的胰岛素")
    one = latest()
    for kind in ("fire_way", "danger", "water", "rubbish", "light", "place", "medicine"):
        answer = send(Client(), compound, kind=kind, where="1号楼1单元101")
        assert str(one.uuid) not in answer.text, kind
    guessed = str(one.uuid)[:-1] + ("0" if str(one.uuid)[-1] != "0" else "1")
    assert resident.get(f"/r/help/told/{guessed}/").status_code == 404
    for address in ("/open311/v2/requests.json", f"/open311/v2/requests.json?service_request_id={one.uuid}"):
        assert str(one.uuid) not in resident.get(address).text
    for username in ("dengqiao-shuji", "dengqiao-1", "jiance", "shenji", "siji"):
        answer = sign_in(username).get(reverse("help-request", args=[one.uuid]))
        assert answer.status_code in (403, 404), username
        assert "胰岛素" not in answer.text
    receipt = resident.get(reverse("help-told", args=[one.uuid])).text
    assert not any(word in receipt for word in ("胰岛素", "101", "13800000000"))
