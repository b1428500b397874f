"""Tokens: whose rights they carry, how every refusal is said, and how often somebody may ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.api.conftest import Asker, token_for

from wangge.api import limits
from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.events.models import Event
from wangge.demo.small import Small
from wangge.domains.duty import tokens
from wangge.domains.duty.models import ApiToken, Holding


def test_the_description_is_public_and_says_3_1(db: Any) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
    assert "/api/v1/results/bulk" in answer.json()["paths"]


def _refusal(secret: str) -> Any:
    answer = Asker(secret).get("places")
    return answer.status_code, answer.headers["WWW-Authenticate"], answer.json()


def test_every_reason_to_refuse_a_token_is_answered_alike(tiny: Small) -> None:
    account = tiny.accounts["jiance"]
    ended, gone = token_for(account), token_for(tiny.accounts["bingsi-1"])
    tokens.end_token(account=account, uuid=ApiToken.objects.get(account=account).uuid, by=tiny.by("jiance"))
    tiny.accounts["bingsi-1"].is_active = False
    tiny.accounts["bingsi-1"].save()
    old = token_for(account, days=2)
    with clock.held(clock.now() + timedelta(days=3)):
        refusals = [_refusal(secret) for secret in ("", "wgt_never", "没有", ended, gone, old)]
    assert refusals == [refusals[0]] * 6
    assert refusals[0][:2] == (401, "Bearer")
    assert refusals[0][2]["code"] == "token_refused"


def test_a_token_is_kept_as_a_hash_and_its_day_of_use_is_noted_once(tiny: Small) -> None:
    secret = token_for(tiny.accounts["jiance"])
    token = ApiToken.objects.get()
    assert secret not in str(vars(token))
    assert len(token.digest) == 64
    assert token.last_used_on is None
    Asker(secret).get("places")
    token.refresh_from_db()
    assert token.last_used_on == clock.today()


def test_a_token_ends_with_its_accounts_posts(tiny: Small, ask: Callable[..., Asker]) -> None:
    system = ask("liudiao")
    assert system.get("cases").status_code == 200
    Holding.objects.filter(account=tiny.accounts["liudiao"]).update(ends=clock.now())
    for path in ("cases", "places", "changes"):
        assert system.get(path).status_code == 403


def test_a_token_can_be_narrowed_but_never_widened(ask: Callable[..., Asker]) -> None:
    narrowed = ask("liudiao", Right.SEE_BOARD, Right.AUDIT)
    assert narrowed.get("tasks").status_code == 200
    assert narrowed.get("cases").status_code == 403
    assert narrowed.get("changes").status_code == 403


def test_a_session_opens_nothing_here(tiny: Small) -> None:
    client = Client()
    client.force_login(tiny.accounts["zhihuibu"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/places").status_code == 401


@pytest.mark.parametrize(("header", "language", "word"), [
    ("en", "en", "Nothing here"), ("fr, zh-CN;q=0.8, en;q=0.5", "zh-hans", "没有"), ("", "zh-hans", "没有"),
])  # fmt: skip
def test_refusals_speak_the_callers_language(ask: Callable[..., Asker], header: str, language: str, word: str) -> None:
    system = ask("liudiao")
    system.headers["Accept-Language"] = header
    system.client.cookies["django_language"] = "en"
    answer = system.get("nothing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.headers["Content-Language"] == language
    assert word in answer.json()["title"] + answer.json()["detail"]


@pytest.mark.parametrize(("method", "path", "body", "status"), [
    ("GET", "nothing", None, 404), ("DELETE", "places", None, 405), ("GET", "places?after=%00", None, 400),
    ("POST", "results", '{"document": "a\\u0000"}', 400), ("POST", "results", "{", 400),
    ("GET", "places?limit=0", None, 422), ("GET", "places?after=abc", None, 422), ("GET", "people/x", None, 404),
])  # fmt: skip
def test_whatever_is_wrong_comes_back_as_a_problem(
    ask: Callable[..., Asker], method: str, path: str, body: str | None, status: int
) -> None:
    system = ask("jiance")
    answer = system.client.generic(
        method, f"/api/v1/{path}", body or "", "application/json", headers=system.headers
    )  # fmt: skip
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_token_may_ask_only_so_often(ask: Callable[..., Asker], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.TOKENS, "burst", 3)
    monkeypatch.setattr(limits.TOKENS, "each_second", 0.01)
    first, second = ask("jiance"), ask("jiance")
    assert [first.get("responses").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert int(first.get("responses").headers["Retry-After"]) >= 1
    assert second.get("responses").status_code == 200


def test_guessing_is_slowed_and_keeps_nobody_else_out(
    ask: Callable[..., Asker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.FAILURES, "each_second", 0.01)
    statuses = [Asker(f"wgt_{number}").get("places").status_code for number in range(30)]
    assert statuses[:20] == [401] * 20
    assert set(statuses[20:]) == {429}
    assert ask("jiance").get("responses").status_code == 200


def test_buckets_do_not_grow_without_end() -> None:
    buckets = limits.Buckets(burst=1, each_second=1, most=10)
    for number in range(100):
        buckets.take(str(number))
    assert len(buckets._left) == 10


def test_making_and_ending_a_token_stands_in_the_log(tiny: Small) -> None:
    secret = token_for(tiny.accounts["jiance"])
    token = ApiToken.objects.get()
    for _ in range(2):
        tokens.end_token(account=tiny.accounts["jiance"], uuid=token.uuid, by=tiny.by("jiance"))
    facts = Event.objects.filter(subject=token.uuid).order_by("id")
    assert [one.kind for one in facts] == ["duty.token_made", "duty.token_ended"]
    assert secret not in str([one.data for one in facts])


def test_nobody_ends_anothers_token(tiny: Small) -> None:
    token_for(tiny.accounts["jiance"])
    token = ApiToken.objects.get()
    with pytest.raises(ApiToken.DoesNotExist):
        tokens.end_token(account=tiny.accounts["liudiao"], uuid=token.uuid, by=tiny.by("liudiao"))
    token.refresh_from_db()
    assert token.ended_at is None
