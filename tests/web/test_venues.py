"""A venue asks for its poster, an office gives it out, replaces it and looks at it; a screen shows another picture each
minute. And who came with a number is found by a tracer."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from tests.web import made

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.protocol.models import Response
from wangge.domains.venues import posters, storage
from wangge.domains.venues.codes import Code, Codes, Kind
from wangge.domains.venues.models import Venue, VenueApplication
from wangge.domains.venues.rules import Why, picture_taken, suspects
from wangge.domains.venues.storage import Arrival
from wangge.domains.venues.visitors import Envelopes, Keys
from wangge.web import venue_poster

SignIn = Callable[..., Client]
EVERYTHING_MISSING = (
    "name of the venue is missing", "Choose what kind of venue", "Write the name of your community",
    "whoever keeps this venue is missing", "A phone number is missing",
)  # fmt: skip
SAID = {
    "name": "晨光早点铺", "kind": "restaurant", "community": "并州东街四社区", "address": "东街12号", "number": "",
    "keeper": "韩梅", "phone": "13700137000",
}  # fmt: skip


def applied() -> VenueApplication:
    return VenueApplication._base_manager.get()


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def ask(**other: str) -> tuple[Client, int]:
    client = english()
    answer = client.post("/r/venue/", SAID | {"uuid": str(uuid7())} | other)
    return client, answer.status_code


def test_from_the_application_to_the_poster(tiny: Small, sign_in: SignIn) -> None:
    client, status = ask()
    one = applied()
    assert status == 302
    assert (one.place, one.response) == (tiny.places["community"], tiny.response.uuid)
    assert b"13700137000" not in bytes(one.sealed)
    page = f"/r/venue/{one.uuid}/"
    assert "The community looks at it" in client.get(page).content.decode()
    assert client.get(f"{page}poster.pdf").status_code == 404
    desk = sign_in("bingsi-shuji")
    assert "晨光早点铺" in desk.get("/desk/venues/").content.decode()
    assert "13700137000" in desk.get(f"/desk/venues/applications/{one.uuid}/").content.decode()
    answer = desk.post(f"/desk/venues/applications/{one.uuid}/settle", {"approve": "1"})
    venue = Venue.objects.get(name="晨光早点铺")
    assert answer.headers["Location"] == f"/desk/venues/{venue.uuid}/"
    assert (venue.poster_version, venue.keeper) == (1, "韩梅")
    again = desk.post(f"/desk/venues/applications/{one.uuid}/settle", {"approve": "1"})
    assert "decided meanwhile" in again.content.decode()
    told = client.get(page).content.decode()
    assert venue_poster.number_of(venue) in told
    screen = re.search(r"/r/venue/screen/[\w-]{28}", told)
    assert screen
    shown = client.get(screen[0])
    assert (shown.status_code, shown.headers["Refresh"]) == (200, "20")
    posters.issue_poster(venue=venue, why=Why.WORN, by=SYSTEM)
    assert client.get(screen[0]).status_code == 404


@pytest.mark.parametrize(("other", "words"), [
    ({"name": ""}, "name of the venue is missing"), ({"keeper": ""}, "whoever keeps this venue is missing"),
    ({"phone": ""}, "A phone number is missing"), ({"number": "12"}, "cannot be a licence number"),
    ({"community": ""}, "Write the name of your community"), ({"kind": "spaceship"}, "Choose what kind of venue"),
    ({"kind": "", "name": "晨光"}, "Choose what kind of venue"),
])  # fmt: skip
def test_what_is_wrong_with_an_application_is_said(tiny: Small, other: dict[str, str], words: str) -> None:
    client = english()
    answer = client.post("/r/venue/", SAID | other)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not VenueApplication._base_manager.exists()


def test_an_empty_application_is_told_everything_at_once(tiny: Small) -> None:
    said = english().post("/r/venue/", {}).content.decode()
    assert [words for words in EVERYTHING_MISSING if words not in said] == []


def test_sent_twice_it_is_one_and_too_many_are_refused(tiny: Small) -> None:
    one = str(uuid7())
    assert [ask(uuid=one)[1] for _ in range(3)] == [302] * 3
    assert VenueApplication._base_manager.count() == 1
    assert [ask()[1] for _ in range(10)] == [302] * 9 + [429]


def test_sent_back_with_a_reason(tiny: Small, sign_in: SignIn) -> None:
    client, _status = ask()
    one, desk = applied(), sign_in("bingsi-shuji")
    address = f"/desk/venues/applications/{one.uuid}/settle"
    assert desk.post(address, {"why": " "}).status_code == 422
    assert desk.post(address, {"why": "地址不清楚"}).status_code == 302
    assert "地址不清楚" in client.get(f"/r/venue/{one.uuid}/").content.decode()
    assert sign_in("dengqiao-1").get(f"/desk/venues/applications/{one.uuid}/").status_code in (403, 404)


def test_where_no_order_names_it_nobody_needs_a_poster(tiny: Small) -> None:
    Response.objects.update(named=[])
    assert "Nobody has to check in now" in english().get("/r/venue/").content.decode()


def test_a_poster_is_a_pdf_with_the_emergency_words(tiny: Small, sign_in: SignIn) -> None:
    venue, desk = tiny.venues[0], sign_in("bingsi-shuji")
    assert desk.get(f"/desk/venues/{venue.uuid}/poster.pdf").status_code == 422
    desk.post(f"/desk/venues/{venue.uuid}/issue")
    if not venue_poster.has_chinese():
        assert "no font with Chinese letters" in desk.get(f"/desk/venues/{venue.uuid}/poster.pdf").content.decode()
        return
    answer = desk.get(f"/desk/venues/{venue.uuid}/poster.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "name", ["老槐树面馆", "太原市迎泽区并州东街老槐树面馆股份有限公司第二分店兼早餐外卖", "面" * 80]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_poster_is_one_page_whatever_the_name_and_says_that_it_is_a_drill(
    tiny: Small, name: str, language: str
) -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError)
    venue = tiny.venues[0]
    venue.name = name
    with translation.override(language):
        text = render_to_string(
            "wangge/venue/poster.html", venue_poster.context(RequestFactory().get("/", headers={"host": "h"}), venue)
        )
    assert 'class="drill"' in text
    style = weasyprint.CSS(filename=finders.find("wangge/venue-poster.css"))
    assert len(weasyprint.HTML(string=text).render(stylesheets=[style]).pages) == 1


def test_without_a_chinese_font_it_says_so(
    tiny: Small, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    venue = tiny.venues[0]
    posters.issue_poster(venue=venue, why=Why.FIRST, by=SYSTEM)
    monkeypatch.setattr(venue_poster, "has_chinese", lambda: False)
    answer = sign_in("bingsi-shuji").get(f"/desk/venues/{venue.uuid}/poster.pdf")
    assert (answer.status_code, "no font with Chinese letters" in answer.content.decode()) == (422, True)


def test_replacing_and_looking_at_a_poster(tiny: Small, sign_in: SignIn) -> None:
    venue, desk = tiny.venues[0], sign_in("bingsi-shuji")
    address = f"/desk/venues/{venue.uuid}/"
    desk.post(f"{address}issue")
    assert desk.post(f"{address}issue", {"why": "first"}).status_code == 422
    desk.post(f"{address}issue", {"why": "worn"})
    venue.refresh_from_db()
    now, kept = clock.now(), venue.poster_old_until
    assert kept
    assert (venue.poster_version, now + timedelta(days=2) < kept < now + timedelta(days=4)) == (2, True)
    assert picture_taken(version=2, of=1, old_until=kept, at=now).note == "replaced"
    desk.post(f"{address}issue", {"why": "copied"})
    venue.refresh_from_db()
    assert picture_taken(version=3, of=2, old_until=venue.poster_old_until, at=now).refused
    assert desk.post(f"{address}check", {"found": "perhaps"}).status_code == 422
    assert desk.post(f"{address}check", {"found": "good", "version": "x"}).status_code == 422
    desk.post(f"{address}check", {"found": "bad", "version": "2"})
    page = desk.get(address).content.decode()
    assert "It hangs there and cannot be read" in page
    assert Event.objects.get(kind="venues.poster_checked").data == {"present": True, "readable": False, "version": 2}


def test_others_have_no_venues(tiny: Small, sign_in: SignIn) -> None:
    assert sign_in("bingsi-1").get("/desk/venues/").status_code == 403
    assert sign_in("bingsi-1").post(f"/desk/venues/{tiny.venues[0].uuid}/issue").status_code == 403


# Posters that go round


def test_impossible_steps_are_a_reason_to_look_at_a_poster() -> None:
    hops = [(1, 2, 4), (2, 1, 3), (1, 3, 9)]
    district = {1: "a", 2: "b", 3: "a"}
    assert suspects(hops, district, {1: 20, 2: 1000}) == {1: 7}
    assert suspects(hops, district, {1: 36, 2: 36}) == {}
    assert suspects([(1, 2, 4)], district, {1: 4, 2: 4}) == {}


def test_a_poster_that_goes_round_is_flagged_and_nobody_else(tiny: Small, sign_in: SignIn) -> None:
    here, there = (
        tiny.venues[0],
        Venue.objects.create(
            name="远处的店", kind="shop", place=other_district(tiny), opened=clock.today(), poster_version=1
        ),
    )
    day, noon = clock.today(), int(clock.start_of(clock.today()).timestamp()) + 43200
    keys = Keys()
    rows = []
    for number in range(8):
        key = keys.of(day, f"1390000{number:04d}")
        rows += [Arrival(day, uuid4().bytes, key, there.pk, noon), Arrival(day, uuid4().bytes, key, here.pk, noon + 60)]
    rows += [Arrival(day, uuid4().bytes, keys.of(day, f"138{n:08d}"), there.pk, noon) for n in range(90)]
    storage.take(rows)
    before = Event.objects.count(), Person._base_manager.count(), Exposure._base_manager.count()
    assert posters.suspect(day=day, by=SYSTEM) == [here]
    after = Event.objects.count(), Person._base_manager.count(), Exposure._base_manager.count()
    assert (after[0] - before[0], after[1:]) == (1, before[1:])
    posters.suspect(day=day, by=SYSTEM)
    assert Event.objects.filter(kind="venues.poster_suspected").count() == 1
    desk = sign_in("bingsi-shuji")
    assert "to be looked at" in desk.get("/desk/venues/").content.decode()
    assert "Nothing follows for anybody who scanned it" in desk.get(f"/desk/venues/{here.uuid}/").content.decode()
    desk.post(f"/desk/venues/{here.uuid}/check", {"found": "good"})
    assert "Look at this poster" not in desk.get(f"/desk/venues/{here.uuid}/").content.decode()


def other_district(tiny: Small) -> object:
    from wangge.domains.places.models import Place
    from wangge.domains.places.rules import segment

    city = tiny.places["city"]
    return Place.objects.create(kind="district", name="别区", path=city.path + segment(77), parent=city)


# Tracing


def test_a_tracer_finds_visitors_by_their_numbers(tiny: Small, sign_in: SignIn) -> None:
    reached = {one.home_id: one for one in tiny.people if details(one).get("phone")}
    case_person, neighbour = list(reached.values())[:2]
    known, own = details(neighbour)["phone"], details(case_person)["phone"]
    assert known
    assert own
    assert known != own
    at = clock.now() - timedelta(hours=26)
    day, second, stranger = clock.day_of(at), int(at.timestamp()), "15900159000"
    keys, envelopes = Keys(), Envelopes(tiny.response.uuid)
    rows = [
        Arrival(day, uuid4().bytes, keys.of(day, phone), tiny.venues[0].pk, second + after,
                envelopes.seal(day.isoformat(), keys.of(day, phone), phone))
        for phone, after in ((own, 0), (known, 120), (stranger, 240))
    ]  # fmt: skip
    storage.take(rows)
    made.confirmed(tiny, case_person)
    case = Case._base_manager.get(person=case_person)
    met = Exposure._base_manager.filter(case=case, kind="venue", venue=tiny.venues[0].uuid)
    assert neighbour.pk in {one.person_id for one in met}
    assert case_person.pk not in {one.person_id for one in met}
    assert {one.state for one in met if one.person_id == neighbour.pk} == {"candidate"}
    tracer = sign_in("liudiao")
    page = tracer.get(f"/trace/cases/{case.uuid}/visitors/").content.decode()
    assert tiny.venues[0].name in page
    assert stranger not in page
    [key] = re.findall(r'name="visitor" value="(-\d+)"', page)
    shown = tracer.post(f"/trace/cases/{case.uuid}/visitors/call", {"visitor": key})
    assert stranger in shown.content.decode()
    assert AccessLog.objects.filter(kind="called", reason=f"case:{case.uuid} visitor").count() == 1
    assert tracer.post(f"/trace/cases/{case.uuid}/visitors/call", {"visitor": "-1"}).status_code == 422
    assert sign_in("bingsi-1").get(f"/trace/cases/{case.uuid}/visitors/").status_code == 403
    assert Codes().read("x" * 28) is None
    assert Codes().read(Codes().write(Code(Kind.POSTER, 5, 1))) == (Kind.POSTER, 5, 1)
