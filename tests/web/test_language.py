"""Three languages: what somebody chose, else Chinese, in the script that the browser asks for."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_chinese_first_english_on_request_whatever_the_phone_is_set_to() -> None:
    client = Client(headers={"accept-language": "en-US"})
    assert client.get("/sign-in").headers["Content-Language"] == "zh-hans"
    client.post("/language", {"language": "en", "next": "/sign-in"})
    page = client.get("/sign-in")
    assert page.headers["Content-Language"] == "en"
    assert "Sign in" in page.content.decode()
    client.post("/language", {"language": "xx", "next": "https://evil.example/"})
    assert client.get("/sign-in").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("zh-TW", "zh-hant"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh-hant"),
        ("zh-Hant-MO", "zh-hant"),
        ("en-US,en;q=0.9,zh-TW;q=0.5", "zh-hant"),
        ("zh-CN,zh-TW;q=0.9", "zh-hans"),
        ("zh-TW;q=0.3,zh-CN;q=0.9", "zh-hans"),
        ("zh-Hans-HK", "zh-hans"),
        ("zh", "zh-hans"),
        ("fr-FR, *;q=0.1", "zh-hans"),
        ("zh-" * 50, "zh-hans"),
        ("", "zh-hans"),
    ],
)
def test_traditional_characters_for_whoever_asks_for_them_before_other_chinese(asked: str, language: str) -> None:
    page = Client(headers={"accept-language": asked}).get("/sign-in")
    assert page.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in page.content.decode()
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in page.headers["Vary"].split(",")}


def test_a_choice_outweighs_the_browser_and_offers_the_other_two() -> None:
    client = Client(headers={"accept-language": "zh-HK"})
    page = client.get("/sign-in").content.decode()
    assert "登錄" in page
    assert ('value="zh-hans"' in page, 'value="zh-hant"' in page, 'value="en"' in page) == (True, False, True)
    client.post("/language", {"language": "zh-hans", "next": "/sign-in"})
    page = client.get("/sign-in").content.decode()
    assert "登录" in page
    assert ('value="zh-hans"' in page, 'value="zh-hant"' in page, 'value="en"' in page) == (False, True, True)
