"""Asking: what it would mean before it is sent, figures that add up to the door, and who is pointed where."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime
from tests.domains.asking import bank

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.asking.actions import estimate
from wangge.domains.asking.models import Ask
from wangge.domains.duty.queries import by_for
from wangge.domains.work.models import TaskItem

SignIn = Callable[..., Client]
COLUMNS = ("known", "done", "refused", "absent", "unreachable", "moved", "not_yet")


@pytest.fixture
def asking(tiny: Small) -> Small:
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    return tiny


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def form(tiny: Small, step: str, place: str = "community", **more: Any) -> dict[str, Any]:
    def at(hours: int) -> str:
        return localtime(clock.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")

    return {
        "step": step, "questions": ["has_supplies"], "area": str(tiny.places[place].uuid), "title": "问物资",
        "purpose": "送东西", "deadline": at(6), "ends_at": at(48), "response": str(tiny.response.uuid), **more,
    }  # fmt: skip


def test_it_is_shown_what_it_would_mean_before_anything_is_sent(asking: Small, sign_in: SignIn) -> None:
    said = text(sign_in("qiaodong").post(reverse("ask-new"), form(asking, "check")))
    doors = Ask.objects.count()
    found, _covering = bank_estimate(asking)
    assert f"{found.known} of {found.total} are known" in said
    assert f"{found.people} people behind {found.doors} doors would be asked" in said
    assert doors == 0


def bank_estimate(tiny: Small) -> Any:
    return estimate(wish=bank.wish(tiny, "has_supplies"), by=by_for(tiny.accounts["qiaodong"]))


def test_sent_it_shows_figures_that_add_up_at_every_level(asking: Small, sign_in: SignIn) -> None:
    client = sign_in("qiaodong")
    answer = client.post(reverse("ask-new"), form(asking, "send"), follow=True)
    ask = Ask.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("ask-page", args=[ask.uuid])
    for place in (asking.places["community"], asking.family[0].home.parent):
        page = client.get(reverse("ask-at", args=[ask.uuid, place.uuid]))
        total = page.context["total"]
        assert total["expected"] == sum(total[column] for column in COLUMNS) > 0
        assert sum(row.expected for row in page.context["rows"]) == total["expected"]
    assert TaskItem._base_manager.filter(kind="ask").count() == total_of(ask)


def total_of(ask: Ask) -> int:
    return bank.sums(ask)["expected"]


def test_who_is_left_stands_on_a_list_with_who_holds_it(asking: Small, sign_in: SignIn) -> None:
    ask = bank.ask(asking, "has_supplies")
    client = sign_in("bingsi-shuji")
    url = reverse("ask-lines", args=[ask.uuid, asking.places["community"].uuid])
    said = text(client.get(f"{url}?column=not_yet"))
    assert asking.posts["bingsi-1"].title in said
    assert "not yet asked" in said
    assert client.get(f"{url}?column=done").context["rows"] == []


def test_names_on_the_list_are_masked(asking: Small, sign_in: SignIn) -> None:
    ask = bank.ask(asking, "fever")
    url = reverse("ask-lines", args=[ask.uuid, asking.places["community"].uuid])
    said = text(sign_in("bingsi-shuji").get(url))
    assert [person.name for person in asking.family if person.name in said] == []


def test_what_somebody_collects_already_is_refused_with_a_pointer(asking: Small, sign_in: SignIn) -> None:
    first = bank.ask(asking, "has_supplies")
    client = sign_in("bingsi-shuji")
    said = client.post(reverse("ask-new"), form(asking, "check"))
    assert reverse("ask-page", args=[first.uuid]) in said.content.decode()
    refused = client.post(reverse("ask-new"), form(asking, "send"))
    assert refused.status_code == 422
    assert Ask.objects.count() == 1


def test_a_superior_confirms_it_all_the_same_and_sets_its_end(asking: Small, sign_in: SignIn) -> None:
    bank.ask(asking, "has_supplies")
    town = asking.posts["qiaodong"]
    sign_in("bingsi-shuji").post(reverse("ask-new"), form(asking, "send", superior=str(town.uuid)))
    proposed = Ask.objects.get(state="proposed")
    superior = sign_in("qiaodong")
    assert "Decide about it" in text(superior.get(reverse("ask-page", args=[proposed.uuid])))
    assert "Waits for your decision" in text(superior.get(reverse("asks")))
    ends = localtime(clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    superior.post(reverse("ask-confirm", args=[proposed.uuid]), {"ends_at": ends})
    proposed.refresh_from_db()
    assert (proposed.state, localtime(proposed.ends_at).strftime("%Y-%m-%dT%H:%M")) == ("open", ends)


def test_nobody_but_the_superior_confirms(asking: Small, sign_in: SignIn) -> None:
    bank.ask(asking, "has_supplies")
    client = sign_in("bingsi-shuji")
    client.post(reverse("ask-new"), form(asking, "send", superior=str(asking.posts["qiaodong"].uuid)))
    proposed = Ask.objects.get(state="proposed")
    ends = localtime(clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(reverse("ask-confirm", args=[proposed.uuid]), {"ends_at": ends}).status_code == 422
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(asking: Small, sign_in: SignIn) -> None:
    typed = form(asking, "check", title="", deadline="yesterday", questions=[])
    answer = sign_in("qiaodong").post(reverse("ask-new"), typed)
    assert answer.status_code == 422
    assert answer.context["errors"]
    assert "送东西" in answer.content.decode()


def test_asks_elsewhere_are_not_there(asking: Small, sign_in: SignIn) -> None:
    ask = bank.ask(asking, "has_supplies", place="village")
    client = sign_in("bingsi-1")
    assert client.get(reverse("ask-page", args=[ask.uuid])).status_code == 404
    assert ask.title not in text(client.get(reverse("asks")))


def test_a_longer_list_asks_the_database_no_more_often(asking: Small, sign_in: SignIn) -> None:
    ask = bank.ask(asking, "has_supplies")
    client = sign_in("bingsi-shuji")
    url = reverse("ask-lines", args=[ask.uuid, asking.places["community"].uuid])

    def count(query: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url + query)
        return len(seen)

    count("")
    few = count(f"?grid={asking.family[0].home.grid.uuid}&column=not_yet")
    assert abs(count("?column=not_yet") - few) <= 2
