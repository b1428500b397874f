"""Every limit counts the client's address, also behind a proxy, and nobody chooses by which they are counted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, RequestFactory, override_settings
from tests.web.test_requests import typed

from wangge.api import limits
from wangge.base.access.address import ProxyUnclear, client_of, networks
from wangge.demo.small import Small

PROXIES = networks("127.0.0.1,::1,10.0.0.0/24")


@pytest.mark.parametrize(
    ("connection", "header", "client"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first was written by whoever asks
        ("127.0.0.1", "203.0.113.7, 10.0.0.3", "203.0.113.7"),  # two proxies in a row
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours: the header is not read
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7:4711", "127.0.0.1"),
        ("::ffff:127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),  # one connection has them all
        ("", "203.0.113.7", ""),
        ("127.0.0.1", ", ".join(["198.51.100.1"] * 5000 + ["203.0.113.7"]), "203.0.113.7"),
    ],
)
def test_the_last_address_that_is_certain_counts(connection: str, header: str, client: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=connection, headers={"X-Forwarded-For": header})
    with override_settings(WANGGE_PROXIES=PROXIES):
        assert client_of(request) == client


def test_without_a_proxy_no_header_is_read() -> None:
    assert client_of(RequestFactory().get("/", headers={"X-Forwarded-For": "203.0.113.7"})) == "127.0.0.1"


def test_a_proxy_that_is_no_address_is_named() -> None:
    with pytest.raises(ProxyUnclear, match="grid-proxy"):
        networks("127.0.0.1, grid-proxy")


@pytest.mark.parametrize(
    ("given", "proxies"),
    [
        ({}, "[]"),
        ({"WANGGE_HTTPS": "1"}, "['127.0.0.1/32', '::1/128']"),
        ({"WANGGE_PROXIES": "10.0.0.5"}, "['10.0.0.5/32']"),
    ],
)
def test_the_setting(given: dict[str, str], proxies: str, tmp_path: Path) -> None:
    code = "from wangge import settings; print([str(one) for one in settings.WANGGE_PROXIES])"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WANGGE_")}
    found = subprocess.run(
        [sys.executable, "-c", code], env=kept | {"WANGGE_VAR": str(tmp_path)} | given,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == proxies


def behind(address: str) -> Client:
    return Client(headers={"X-Forwarded-For": address})


@pytest.mark.django_db
@override_settings(WANGGE_PROXIES=PROXIES)
def test_requests_of_residents_are_counted_by_client_behind_a_proxy(tiny: Small) -> None:
    answers = [behind("203.0.113.7").post("/r/ask", typed()).status_code for _ in range(11)]
    assert answers == [302] * 10 + [422]
    assert behind("203.0.113.8").post("/r/ask", typed()).status_code == 302


@pytest.mark.django_db
@override_settings(WANGGE_PROXIES=PROXIES)
def test_wrong_passwords_codes_and_tokens_are_counted_by_client_behind_a_proxy(tiny: Small) -> None:
    limits.FAILURES.clear()
    for address, status in (("203.0.113.7", 429), ("203.0.113.8", 200)):
        client = behind(address)
        many = range(6 if status == 429 else 1)
        assert [client.post("/sign-in", {"username": "x", "password": "y"}).status_code for _ in many][-1] == status
    for address, said in (("203.0.113.7", 429), ("203.0.113.8", 404)):
        many = range(31 if said == 429 else 1)
        assert [behind(address).get("/badge/1-1").status_code for _ in many][-1] == said
    for address, said in (("203.0.113.7", 429), ("203.0.113.8", 401)):
        many = range(22 if said == 429 else 1)
        bad = {"Authorization": "Bearer wgt_no"}
        assert [behind(address).get("/api/v1/places", headers=bad).status_code for _ in many][-1] == said
    limits.FAILURES.clear()


@pytest.mark.django_db
def test_nobody_gets_out_of_a_limit_with_a_header_of_their_own(tiny: Small) -> None:
    answers = [behind(f"198.51.100.{n}").post("/r/ask", typed()).status_code for n in range(11)]
    assert answers[-1] == 422
