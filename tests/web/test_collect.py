"""A phone's key for Collect: the picture carries what Collect reads, it is shown once, and ends with one tap."""

import base64
import json
import re
import zlib
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.duty.field_keys import field_key, fits, secret_of
from wangge.domains.duty.models import ApiToken
from wangge.domains.duty.tokens import by_token, tokens_of
from wangge.web.account.collect import settings_of

URL = "/me/collect/"
SignIn = Callable[..., Client]


def _form(**other: object) -> dict[str, object]:
    return {"name": "duty phone 3", "expires_on": clock.today() + timedelta(days=30)} | other


def _said(page: str) -> dict[str, str]:
    return dict(re.findall(r'<dt>([\w ]+)</dt><dd class="code">([^<]+)</dd>', unescape(page)))


def test_the_picture_holds_settings_as_collect_documents_them() -> None:
    text = settings_of(server="https://w/openrosa", username="u", password="p", name="网格", language="zh-hans")
    read = json.loads(zlib.decompress(base64.b64decode(text)))
    assert set(read) == {"general", "admin", "project"}
    general = read["general"]
    assert (general["server_url"], general["username"], general["password"]) == ("https://w/openrosa", "u", "p")
    assert (general["form_update_mode"], general["autosend"]) == ("match_exactly", "wifi_and_cellular")
    assert (general["delete_send"], general["app_language"]) == (True, "zh")
    assert read["project"]["name"] == "网格"


def test_a_key_is_shown_once_and_fits(sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    said = _said(client.post(URL, _form()).content.decode())
    key = field_key(said["User name"])
    assert key is not None
    assert fits(secret_of(key), key.username, said["Password"])
    assert not fits(secret_of(key), key.username, said["Password"][:-1])
    assert said["Server"] == "http://testserver/openrosa"
    assert said["Password"] not in client.get(URL).content.decode()
    assert said["Password"] not in str(ApiToken.objects.values())


def test_a_key_only_works_at_doors_and_is_no_token_for_systems(sign_in: SignIn) -> None:
    sign_in("bingsi-1").post(URL, _form())
    key = ApiToken.objects.get()
    assert set(by_token(key).scopes) == {Right.WORK_DOORS}
    assert not tokens_of(key.account).exists()


def test_who_works_at_no_doors_makes_none(sign_in: SignIn) -> None:
    assert sign_in("jiance").post(URL, _form()).status_code == 403
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": " "}, {"expires_on": ""}, {"expires_on": "2001-01-01"}])
def test_what_is_missing_is_said(sign_in: SignIn, wrong: dict[str, str]) -> None:
    assert sign_in("bingsi-1").post(URL, _form(**wrong)).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_lost_phone_opens_nothing_more(sign_in: SignIn) -> None:
    client = sign_in("bingsi-1")
    client.post(URL, _form())
    key = ApiToken.objects.get()
    assert sign_in("dengqiao-1").post(f"{URL}{key.uuid}/end").status_code == 404
    assert client.post(f"{URL}{key.uuid}/end", follow=True).status_code == 200
    assert field_key(key.username) is None
