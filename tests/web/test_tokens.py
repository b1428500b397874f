"""The account's tokens: made and shown once, ended with one tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from wangge.base import clock
from wangge.demo.small import Small
from wangge.domains.duty.models import ApiToken

URL = "/me/tokens/"


def _form(**other: object) -> dict[str, object]:
    return {"name": "laboratory", "expires_on": clock.today() + timedelta(days=30)} | other


def test_a_token_is_shown_once_and_works(tiny: Small, sign_in: Callable[..., Client]) -> None:
    client = sign_in("jiance")
    page = client.post(URL, _form(rights=["enter_results"])).content.decode()
    secret = page.split(">wgt_")[1].split("<")[0]
    answer = Client().get("/api/v1/responses", headers={"Authorization": f"Bearer wgt_{secret}"})
    assert answer.status_code == 200
    again = client.get(URL)
    assert secret not in again.content.decode()
    assert "no-store" in again["Cache-Control"]
    assert "laboratory" in again.content.decode()


@pytest.mark.parametrize(("wrong", "words"), [
    ({"name": " "}, "Say which system"), ({"expires_on": ""}, "Say until which day"),
    ({"expires_on": "2001-01-01"}, "Say until which day"), ({"expires_on": "9999-12-31"}, "Say until which day"),
])  # fmt: skip
def test_what_is_missing_is_said(sign_in: Callable[..., Client], wrong: dict[str, str], words: str) -> None:
    answer = sign_in("jiance").post(URL, _form(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_right_that_one_does_not_hold_gives_nothing(sign_in: Callable[..., Client]) -> None:
    page = sign_in("jiance").post(URL, _form(rights=["audit", "nonsense"])).content.decode()
    secret = page.split(">wgt_")[1].split("<")[0]
    headers = {"Authorization": f"Bearer wgt_{secret}"}
    assert Client().get("/api/v1/changes", headers=headers).status_code == 403


def test_an_ended_token_opens_nothing(sign_in: Callable[..., Client]) -> None:
    client = sign_in("jiance")
    page = client.post(URL, _form()).content.decode()
    secret = page.split(">wgt_")[1].split("<")[0]
    token = ApiToken.objects.get()
    assert sign_in("liudiao").post(f"{URL}{token.uuid}/end").status_code == 404
    assert client.post(f"{URL}{token.uuid}/end", follow=True).status_code == 200
    assert Client().get("/api/v1/places", headers={"Authorization": f"Bearer wgt_{secret}"}).status_code == 401


def test_there_are_only_so_many(sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    from wangge.domains.duty import tokens

    monkeypatch.setattr(tokens, "MOST", 2)
    client = sign_in("jiance")
    assert [client.post(URL, _form()).status_code for _ in range(3)] == [200, 200, 422]
