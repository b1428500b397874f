"""The log: by key, narrowed, with words for every fact, and nobody's name."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import wangge
from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.by import SYSTEM
from wangge.base.access.models import AccessLog
from wangge.base.events.actions import record
from wangge.base.events.models import Event, FlowRun
from wangge.demo.small import Small
from wangge.domains.duty.actions import accept, create_post, offer
from wangge.domains.duty.rules import PostKind
from wangge.web.event_words import SENTENCES

SignIn = Callable[..., Client]


def text(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def kinds(html: bytes) -> list[str]:
    return re.findall(r'<span class="code small soft">([^<]+)<', html.decode())


def test_every_fact_that_is_recorded_has_words() -> None:
    folder = Path(wangge.__file__).parent
    recorded = {
        kind
        for file in folder.rglob("*.py")
        if file.name != "event_words.py"
        for kind in re.findall(r'record\(\s*"([a-z]+\.[a-z_]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(recorded) > 30
    assert recorded - set(SENTENCES) == set()


def test_newest_first_page_by_page_without_counting_off(tiny: Small, sign_in: SignIn) -> None:
    for number in range(250):
        record("work.items_put", by=SYSTEM, data={"items": number, "doors": 1, "kinds": []})
    client, seen, url = sign_in("shenji"), 0, "/command/log/?kind=work.items_put"
    while url:
        with CaptureQueriesContext(connection) as queries:
            html = client.get(url).content
        assert not any("OFFSET" in query["sql"] for query in queries)
        seen += len(kinds(html))
        further = re.search(r'rel="next" href="([^"]+)"', html.decode())
        url = "/command/log/" + further[1].replace("&amp;", "&") if further else ""
    assert seen == Event.objects.filter(kind="work.items_put").count()


def test_it_is_narrowed(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("shenji")
    opened = Event.objects.get(kind="protocol.response_opened")
    follower = record("work.items_put", by=SYSTEM, cause=opened.uuid, data={"items": 1, "doors": 1, "kinds": []})
    assert set(kinds(client.get("/command/log/?kind=duty.post_taken").content)) == {"duty.post_taken"}
    assert "protocol.response_opened" in kinds(client.get(f"/command/log/?response={tiny.response.uuid}").content)
    assert kinds(client.get(f"/command/log/?subject={tiny.response.uuid}").content) == ["protocol.response_opened"]
    assert kinds(client.get(f"/command/log/?cause={opened.uuid}").content) == [follower.kind]
    assert kinds(client.get(f"/command/log/?uuid={opened.uuid}").content) == [opened.kind]
    today = clock.today().isoformat()
    assert "duty.post_taken" not in kinds(client.get(f"/command/log/?day={today}").content)
    assert client.get("/command/log/?before=x&day=x&subject=x&kind=x").status_code == 200
    by = tiny.by("bingsi-shuji")
    record("duty.post_left", by=by, subject=tiny.posts["bingsi-1"].uuid)
    assert kinds(client.get("/command/log/?post=并四社区书记").content) == ["duty.post_left"]


def test_an_auditor_of_one_community_sees_its_places_only(tiny: Small, sign_in: SignIn) -> None:
    village = tiny.places["village"]
    post = create_post(kind=PostKind.AUDITOR, title="村审计", place=village, by=SYSTEM)
    accept(holding=offer(post=post, account=tiny.accounts["bingsi-hu"], by=SYSTEM), by=SYSTEM)
    for person in (tiny.family[0], tiny.living[tiny.yards[0].pk][0]):
        log_look(by=SYSTEM, kind=AccessLog.Kind.OPENED, person=person.uuid, reason="test")
        record("people.registered", by=SYSTEM, subject=person.uuid, place=person.home.uuid)
    client = sign_in("bingsi-hu")
    assert kinds(client.get("/command/log/?kind=people.registered").content) == ["people.registered"]
    looks = client.get("/command/log/looks/").content.decode()
    assert str(tiny.living[tiny.yards[0].pk][0].uuid) in looks
    assert str(tiny.family[0].uuid) not in looks


def test_no_name_of_a_resident_stands_there(tiny: Small, sign_in: SignIn) -> None:
    log_look(by=SYSTEM, kind=AccessLog.Kind.CALLED, person=tiny.family[0].uuid, reason="task")
    client = sign_in("shenji")
    for url in ("/command/log/", "/command/log/looks/", "/command/log/runs/"):
        html = client.get(url).content.decode()
        assert not any(person.name in html for person in tiny.people)


def test_what_failed_is_there_and_on_the_board(tiny: Small, sign_in: SignIn) -> None:
    fact = record("work.items_put", by=SYSTEM, data={"items": 1, "doors": 1, "kinds": []})
    later = clock.now() + timedelta(hours=1)
    FlowRun.objects.create(event=fact, flow="a.b", state="failed", attempts=8, not_before=later, error="KeyError f:3")
    said = text(sign_in("shenji").get("/command/log/runs/").content)
    assert "a.b" in said
    assert "given up" in said
    assert "KeyError f:3" in said
    city = f"/command/board/{tiny.places['city'].uuid}/"
    assert "Failed flow runs 1" in text(sign_in("zhihuibu").get(city).content)
    assert "Failed flow runs" not in text(sign_in("liudiao").get(city).content)
