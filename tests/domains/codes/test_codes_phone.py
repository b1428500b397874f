"""The vectors, read by both halves: Python's reader and the phone's TypeScript under Node say the same of each."""

import base64
import json
import random
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import codes_vectors
import frontend
from wangge.base.signing import SigningKey
from wangge.domains.codes import coding, lists, tokens
from wangge.domains.codes.coding import Content, Torn
from wangge.domains.codes.numbers import DOMAIN

HERE = Path(__file__).parent
VECTORS: dict[str, Any] = json.loads(codes_vectors.FILE.read_text(encoding="utf-8"))


def test_the_vectors_are_what_the_code_makes() -> None:
    assert codes_vectors.vectors() == codes_vectors.FILE.read_text(encoding="utf-8"), "run tools/codes_vectors.py"


def keys() -> list[SigningKey]:
    def raw(x: str) -> bytes:
        return base64.urlsafe_b64decode(x + "=")

    now = codes_vectors.NOW
    return [
        SigningKey(one["kid"], b"", raw(one["x"]), now, None, now if one["revoked"] else None)
        for one in VECTORS["keys"]
    ]  # fmt: skip


@pytest.mark.parametrize("one", VECTORS["codes"], ids=lambda one: one["name"])
def test_what_python_sees(one: dict[str, Any]) -> None:
    now = codes_vectors.datetime.fromtimestamp(one["now"], codes_vectors.UTC)
    assert tokens.read(one["text"], keys(), VECTORS["issuer"], now)[0] == one["seen"]


def message(name: str) -> bytes:
    return base64.b64decode(VECTORS["messages"][name])


@pytest.mark.parametrize("step", VECTORS["steps"], ids=lambda one: f"{one['message']} after {one['held']}")
def test_what_python_takes(step: dict[str, Any]) -> None:
    held = lists.take(message(step["held"]), keys(), None) if step["held"] else None
    if "refused" in step and step["refused"] != "clock":  # Python's reader is the server's: its clock is the list's
        with pytest.raises((Torn, KeyError)):
            lists.take(message(step["message"]), keys(), held)
        return
    version, content = lists.take(message(step["message"]), keys(), held)
    assert step.get("version", version) == version
    if "content" in step:
        assert {str(number): state for number, state in content.daily.items()} == step["content"]["daily"]


@cache
def phone(folder: str) -> dict[str, Any]:
    """What the phone's half says of everything, and how fast."""
    chance = random.Random(7)
    city = coding.encode(Content({number: chance.choice((1, 2)) for number in chance.sample(range(DOMAIN), 26_500)}))
    program, _npm = frontend.node()
    command = [*program, HERE / "phone.mjs", frontend.FOLDER, codes_vectors.FILE, base64.b64encode(city), folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return phone(str(tmp_path_factory.getbasetemp() / "phone-codes"))


def test_the_phone_sees_the_same(said: dict[str, Any]) -> None:
    assert [(one["name"], one["seen"]) for one in said["seen"]] == [
        (one["name"], one["seen"]) for one in VECTORS["codes"]
    ]
    claims = said["seen"][0]["claims"]
    assert (claims["number"], claims["kind"], claims["initials"]) == (1234567, "daily", "王**")


def test_the_phone_takes_the_same_and_says_why_it_does_not(said: dict[str, Any]) -> None:
    for step, came in zip(VECTORS["steps"], said["steps"], strict=True):
        if "content" in step:
            assert came["content"] == step["content"], step
        else:
            name = "refused" if "refused" in step else "version"
            assert came.get(name) == step[name], step


def test_the_phone_comes_to_one_verdict(said: dict[str, Any]) -> None:
    assert said["verdicts"] == [one["verdict"] for one in VECTORS["verdicts"]]


def test_another_citys_list_says_nothing_of_this_citys_codes(said: dict[str, Any]) -> None:
    assert said["other_list"] == "no_list"


def test_the_library_verifies_where_the_browser_cannot(said: dict[str, Any]) -> None:
    assert said["library"] == [True, False]


def test_a_citys_list_is_read_and_asked_in_time(said: dict[str, Any]) -> None:
    assert said["same"]
    assert said["lookup"] < 1  # ms
    assert said["decoded"] < 1000
