"""Daily reports in the browser: one's own page, the list of the silent, a doctor's calls."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from tests.city import Standing, city_fixture, visit
from tests.domains.monitoring.home import Home, day_at

from wangge.base import clock
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.worker import run_pending
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.models import DailyReport, DoctorCall, Heat
from wangge.web.resident.daily import GUESSES

SignIn = Callable[..., Client]
WELL = {"temperature": "36.5", "supplies": "yes", "mind": "no"}

city = city_fixture(at=lambda: day_at(9), answered=True, check_ins=False)


@pytest.fixture
def tiny(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Small]:
    """As for the other pages, at nine in the morning."""
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield tiny


@pytest.fixture
def home(tiny: Small) -> Home:
    return Home(tiny)


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def send(client: Client, address: str, **said: str) -> str:
    answer = client.post(address, WELL | {"uuid": str(uuid7())} | said, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_somebody_reports_on_their_own_page_and_sees_nothing_of_what_was_said(home: Home, resident: Client) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    secret, _link = home.page(watch)
    address = f"/r/report/{secret}"
    assert "expected by" in resident.get(address).content.decode()
    said = send(resident, address, temperature="38.6", help="退烧药", symptoms="cough")
    assert "A doctor calls you within 2 hours" in said
    assert "38.6" not in said
    again = resident.get(address).content.decode()
    assert "38.6" not in again
    assert "退烧药" not in again
    assert home.states(watch)[0] == "reported"


def test_a_grave_symptom_is_answered_with_120(home: Home, resident: Client) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    assert 'href="tel:120"' in send(resident, f"/r/report/{home.page(watch)[0]}", symptoms="breath")


def test_a_lost_point_is_asked_back_and_taken_once_it_is_ticked(home: Home, resident: Client) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    address = f"/r/report/{home.page(watch)[0]}"
    typed = WELL | {"uuid": str(uuid7()), "temperature": "365"}
    asked = resident.post(address, typed)
    assert asked.status_code == 422
    assert "Did you mean 36.5 °C?" in asked.content.decode()
    assert not DailyReport.objects.within(EVERYTHING).exists()
    resident.post(address, typed | {"meant": "365"})
    assert queries.said(DailyReport.objects.within(EVERYTHING).get())["tenths"] == 365


def test_a_script_in_a_text_is_text(home: Home, resident: Client, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    send(resident, f"/r/report/{home.page(watch)[0]}", help="<script>alert(1)</script>")
    seen = sign_in("bingsi-1").get(f"/field/watch/{watch.uuid}/").content.decode()
    assert "&lt;script&gt;alert(1)" in seen
    assert "<script>alert" not in seen


def test_the_page_of_somebody_released_is_over_and_a_guess_is_nothing(home: Home, resident: Client) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    secret, _link = home.page(watch)
    Order.objects.within(EVERYTHING).update(state="ended")
    home.keep()
    for ask in (resident.get, resident.post):
        answer = ask(f"/r/report/{secret}")
        assert answer.status_code == 410
        assert "Nothing has to be reported any more" in answer.content.decode()
    assert resident.get("/r/report/guessed").status_code == 404
    assert DailyReport.objects.within(EVERYTHING).count() == 0


def test_who_guesses_addresses_finds_none_after_a_while(home: Home, resident: Client) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    secret, _link = home.page(watch)
    for number in range(GUESSES):
        resident.get(f"/r/report/guess-{number}")
    assert resident.get(f"/r/report/{secret}").status_code == 404
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert other.get(f"/r/report/{secret}").status_code == 200


def test_a_flood_from_one_page_is_asked_to_wait(home: Home, resident: Client) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    address = f"/r/report/{home.page(watch)[0]}"
    answers = [resident.post(address, WELL | {"uuid": str(uuid7())}).status_code for _ in range(14)]
    assert answers == [302] * 12 + [429] * 2


def test_one_reports_for_whoever_agreed_and_for_nobody_else(home: Home, resident: Client) -> None:
    one, two, three = home.begin(*home.tiny.family[:2], home.tiny.family[3])
    mine, theirs = home.page(one)[0], home.page(two)[0]
    helper = f"/r/report/{theirs}/helper/{one.person.uuid}"
    assert "may report for me" in resident.get(f"/r/report/{theirs}").content.decode()
    assert resident.post(helper, {"may": "yes"}).status_code == 302
    other = f"/r/report/{mine}/for/{two.uuid}"
    assert other in resident.get(f"/r/report/{mine}").content.decode()
    send(resident, other, temperature="39.9")
    assert DailyReport.objects.within(EVERYTHING).get().helper == one.person
    assert resident.get(f"/r/report/{mine}/for/{three.uuid}").status_code == 404
    resident.post(helper, {"may": "no"})
    assert resident.get(other).status_code == 404


def test_a_receipt_is_for_the_page_that_sent_it(home: Home, resident: Client) -> None:
    one, two = home.begin(*home.tiny.family[:2])
    mine, theirs = home.page(one)[0], home.page(two)[0]
    send(resident, f"/r/report/{mine}")
    report = DailyReport.objects.within(EVERYTHING).get()
    assert resident.get(f"/r/report/{mine}/sent/{report.uuid}").status_code == 200
    assert resident.get(f"/r/report/{theirs}/sent/{report.uuid}").status_code == 404


def test_the_worker_sees_who_is_silent_calls_and_takes_the_report_down(home: Home, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.living[home.tiny.homes[1].pk][0])
    worker = sign_in("bingsi-1")
    with clock.held(day_at(11)):
        home.run()
        assert "1 person at home has not reported" in worker.get("/field/").content.decode()
        listed = worker.get("/field/silent/").content.decode()
        assert watch.person.name not in listed
        assert re.search(r'class="tag">[^<]*alone', listed)
        assert "to be called and knocked for" in listed
        assert "No number is known" in worker.post(f"/field/watch/{watch.uuid}/number").content.decode()
        worker.post(f"/field/watch/{watch.uuid}/report", WELL | {"uuid": str(uuid7()), "channel": "phone"})
        run_pending()
        assert "Nobody is silent" in worker.get("/field/silent/").content.decode()
    kinds = set(AccessLog.objects.filter(person=watch.person.uuid).values_list("kind", flat=True))
    assert {"called"} <= kinds
    assert AccessLog.objects.filter(reason="monitoring:silent", count=1).exists()
    assert home.states(watch)[0] == "late"


def test_a_call_shows_the_number_once_it_is_on_record_and_what_to_ask(home: Home, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    call = sign_in("bingsi-1").post(f"/field/watch/{watch.uuid}/number").content.decode()
    assert "What to ask" in call
    assert AccessLog.objects.filter(person=watch.person.uuid, kind="called").exists()


def test_the_worker_hands_out_a_page_notes_a_refusal_and_an_agreement(home: Home, sign_in: SignIn) -> None:
    one, two = home.begin(*home.tiny.family[:2])
    worker = sign_in("bingsi-1")
    made = worker.post(f"/field/watch/{one.uuid}/page").content.decode()
    found = re.search(r"/r/report/([\w-]+)<", made)
    assert found
    assert queries.link_of(found[1]) is not None
    worker.post(f"/field/watch/{one.uuid}/helper/{two.person.uuid}", {"may": "yes"})
    assert [given.helper for given in queries.consents(one)] == [two.person]
    worker.post(f"/field/watch/{one.uuid}/refused")
    assert home.states(one)[0] == "refused"


def test_whose_places_it_is_not_sees_nothing(home: Home, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="39")
    run_pending()
    call = DoctorCall.objects.within(EVERYTHING).get()
    for username, status in (("dengqiao-1", 404), ("shenji", 403), ("jiance", 403)):
        assert sign_in(username).get(f"/field/watch/{watch.uuid}/").status_code == status
    for username, status in (("bingsi-1", 403), ("dengqiao-shuji", 404), ("bingsi-shuji", 404)):
        assert sign_in(username).get(f"/desk/doctor/{call.uuid}/").status_code == status


def test_a_doctor_sees_whom_to_call_notes_it_and_the_next_call_stands(home: Home, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="38.6")
    run_pending()
    doctor = sign_in("yisheng")
    assert "fever" in doctor.get("/desk/doctor/").content.decode()
    call = DoctorCall.objects.within(EVERYTHING).get()
    page = doctor.get(f"/desk/doctor/{call.uuid}/").content.decode()
    assert 'aria-label="Temperatures of the week' in page
    assert "38.6 °C" in page
    wrong = doctor.post(f"/desk/doctor/{call.uuid}/", {"outcome": "watch"})
    assert wrong.status_code == 422
    at = (clock.now().astimezone(clock.LOCAL)).strftime("%Y-%m-%dT22:00")
    doctor.post(f"/desk/doctor/{call.uuid}/", {"outcome": "watch", "again_at": at, "note": "多喝水"})
    rows = doctor.get("/desk/doctor/").content.decode()
    assert "as agreed at the last call" in rows
    assert "22:00" in rows


def test_who_wants_to_talk_is_called_by_whoever_answers_and_readings_stay_with_the_doctor(
    home: Home, sign_in: SignIn
) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, mind="yes", temperature="36.7")
    run_pending()
    call = DoctorCall.objects.within(EVERYTHING).get()
    helpline = sign_in("zhiban")
    page = helpline.get(f"/desk/doctor/{call.uuid}/").content.decode()
    assert "36.7" not in page
    helpline.post(f"/desk/doctor/{call.uuid}/", {"outcome": "well"})
    call.refresh_from_db()
    assert call.outcome == "well"


def test_a_late_call_is_seen_above_without_its_reason(home: Home, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="38.6")
    run_pending()
    secretary = sign_in("bingsi-shuji")
    assert "Nobody waits for a call" in secretary.get("/desk/doctor/").content.decode()
    with clock.held(day_at(12)):
        home.run()
        page = secretary.get("/desk/doctor/").content.decode()
    assert "ask the doctor" in page
    assert "fever" not in page


def test_figures_stand_at_every_level_and_the_city_sees_no_name(home: Home, sign_in: SignIn) -> None:
    family = home.begin(*home.tiny.family)
    home.reports(family[0])
    with clock.held(day_at(12)):
        home.run()
        city, secretary = (sign_in(name).get("/desk/silent/").content.decode() for name in ("zhihuibu", "bingsi-shuji"))
    assert "迎泽区" in city
    assert f"/field/watch/{family[1].uuid}/" not in city
    assert f"/field/watch/{family[1].uuid}/" in secretary


def test_heat_is_declared_by_whoever_opens_responses(home: Home, sign_in: SignIn) -> None:
    home.begin(home.tiny.family[0])
    city = sign_in("zhihuibu")
    city.post("/desk/silent/heat", {"until": "tomorrow"})
    assert not Heat.objects.exists()
    city.post("/desk/silent/heat", {"until": clock.today().isoformat()})
    assert Heat.objects.count() == 1
    assert "Heat until" in city.get("/desk/silent/").content.decode()
    assert sign_in("bingsi-shuji").post("/desk/silent/heat", {}).status_code == 403


def test_the_record_of_a_person_shows_the_week(home: Home, sign_in: SignIn) -> None:
    (watch,) = home.begin(home.tiny.family[0])
    home.reports(watch, temperature="37.9")
    doctor = sign_in("yisheng")
    doctor.post(f"/desk/people/{watch.person.uuid}/open", {"reason": "other", "words": "回访"})
    assert "37.9 °C" in doctor.get(f"/desk/people/{watch.person.uuid}/").content.decode()


def test_the_list_takes_as_many_queries_for_many_as_for_one(home: Home, sign_in: SignIn) -> None:
    worker = sign_in("bingsi-shuji")
    home.begin(home.tiny.family[0])
    numbers = []
    for people in ([], [*home.tiny.family[1:], *home.tiny.roommates]):
        if people:
            home.begin(*people)
        with clock.held(day_at(11 + len(numbers))):
            home.run()
            worker.get("/desk/silent/")
            with CaptureQueriesContext(connection) as seen:
                worker.get("/desk/silent/")
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]
