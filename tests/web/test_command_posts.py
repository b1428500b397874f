"""Posts: holes first, offered with their open work, ended with a sentence about it."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.duty.models import Holding
from wangge.domains.duty.queries import who_answers
from wangge.domains.duty.seating import holder
from wangge.domains.work.actions import Wanted, put_items

SignIn = Callable[..., Client]


def text(html: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())


def url_of(tiny: Small, username: str, rest: str = "") -> str:
    return f"/command/posts/{tiny.posts[username].uuid}/{rest}"


def offer(client: Client, tiny: Small, post: str, account: str, role: str = "holder") -> int:
    typed = {"account": str(tiny.accounts[account].uuid), "role": role, "uuid": str(uuid7())}
    return client.post(url_of(tiny, post, "offer"), typed).status_code


def test_holes_come_first_and_say_who_stands_in(tiny: Small, sign_in: SignIn) -> None:
    html = sign_in("bingsi-shuji").get("/command/posts/").content
    rows = re.findall(rb'<th scope="row"><a href="[^"]+">([^<]+)<', html)
    assert [row.decode() for row in rows[:2]] == ["并四第2网格网格员", "1号楼党小组"]
    assert f"{tiny.accounts['bingsi-zhibu-1'].name} stands in (并四第一网格支部)" in text(html)
    assert "2 posts are vacant" in text(html)


def test_the_list_is_narrowed(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("zhihuibu")
    village = tiny.places["village"].uuid
    cases = (("vacant=1", 2), ("kind=grid_worker", 3), ("q=邓桥", 2), ("q=bingsi-1", 1), ("q=没有", 0),
             (f"place={village}", 2), ("place=broken", 19))  # fmt: skip
    for query, count in cases:
        found = re.findall(rb'<th scope="row"><a', client.get(f"/command/posts/?{query}").content)
        assert len(found) == count, query


def test_posts_outside_are_not_there(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-shuji")
    assert client.get(url_of(tiny, "dengqiao-1")).status_code == 404
    assert client.get(url_of(tiny, "qiaodong")).status_code == 404
    assert offer(client, tiny, "dengqiao-1", "bingsi-1") == 404
    assert client.get(f"/command/posts/?place={tiny.places['village'].uuid}").status_code == 404


def test_a_holder_is_replaced_when_the_other_accepts(tiny: Small, sign_in: SignIn) -> None:
    home = tiny.homes[0]
    wanted = [Wanted(home, "inform_contact", uuid7(), clock.now() + timedelta(hours=1), tiny.family[0])]
    put_items(response=tiny.response, wanted=wanted, by=SYSTEM)
    post, client = tiny.posts["bingsi-1"], sign_in("bingsi-shuji")
    assert offer(client, tiny, "bingsi-1", "bingsi-hu") == 302
    worker.run_pending()
    assert holder(post) == Holding.objects.get(post=post, account=tiny.accounts["bingsi-1"])
    assert "offered, not accepted yet" in text(client.get(url_of(tiny, "bingsi-1")).content)
    other = sign_in("bingsi-hu")
    assert "1 open door comes with it" in text(other.get("/me/").content)
    offered = Holding.objects.get(post=post, account=tiny.accounts["bingsi-hu"])
    other.post(f"/me/posts/{offered.uuid}/take")
    now = holder(post)
    assert now is not None
    assert now.account == tiny.accounts["bingsi-hu"]
    assert Holding.objects.filter(post=post, ends__isnull=True).count() == 1
    assert "1 door open" in text(other.get("/field/").content)
    assert sign_in("bingsi-1").get("/field/").status_code == 403


def test_a_deputy_answers_beside_the_holder(tiny: Small, sign_in: SignIn) -> None:
    assert offer(sign_in("bingsi-shuji"), tiny, "bingsi-2", "bingsi-hu", "deputy") == 302
    offered = Holding.objects.get(post=tiny.posts["bingsi-2"], role="deputy")
    sign_in("bingsi-hu").post(f"/me/posts/{offered.uuid}/take")
    answering = who_answers([tiny.posts["bingsi-2"]])[tiny.posts["bingsi-2"].pk]
    assert answering == offered


def test_refusals_in_words(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-shuji")
    twice = client.post(url_of(tiny, "bingsi-1", "offer"), {"account": str(tiny.accounts["bingsi-1"].uuid)})
    assert twice.status_code == 422
    assert "holds this post already" in text(twice.content)
    nobody = client.post(url_of(tiny, "bingsi-1", "offer"), {"account": "broken"})
    assert nobody.status_code == 422
    assert "Nobody is chosen" in text(nobody.content)


def test_ending_says_what_happens_to_the_work(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-shuji")
    held = Holding.objects.get(post=tiny.posts["bingsi-1"])
    url = url_of(tiny, "bingsi-1", f"end/{held.uuid}")
    asked = text(client.get(url).content)
    assert "0 open doors stay with the post" in asked
    assert f"{tiny.accounts['bingsi-zhibu-1'].name} stands in" in asked
    assert client.post(url).status_code == 302
    assert holder(tiny.posts["bingsi-1"]) is None
    assert "vacant since" in text(client.get(url_of(tiny, "bingsi-1")).content)
    assert client.post(url).status_code == 302  # twice is once


def test_an_offer_is_taken_back(tiny: Small, sign_in: SignIn) -> None:
    client = sign_in("bingsi-shuji")
    offer(client, tiny, "bingsi-2", "bingsi-hu")
    offered = Holding.objects.get(post=tiny.posts["bingsi-2"])
    client.post(url_of(tiny, "bingsi-2", f"end/{offered.uuid}"))
    late = sign_in("bingsi-hu").post(f"/me/posts/{offered.uuid}/take")
    assert late.status_code == 422
    assert "This offer was withdrawn" in text(late.content)


def test_the_list_costs_the_same_for_one_post_and_for_all(tiny: Small, sign_in: SignIn) -> None:
    client, counts = sign_in("zhihuibu"), []
    for query in ("q=bingsi-1", ""):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/command/posts/?{query}")
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 4  # one query a level of the chain, six levels in all
