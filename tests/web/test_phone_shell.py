"""The shell of the field app: what a phone loads first, what it may keep, and that it names nobody."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from wangge.demo.small import Small
from wangge.web.phone import files, shell
from wangge.web.phone.words import PARTS

pytestmark = pytest.mark.django_db
APP = Path(__file__).resolve().parents[2] / "frontend" / "phone" / "src"
TEXT = r"""\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')"""
MOST = 200_000  # bytes, compressed
SETTINGS = re.compile(r'<script id="phone-settings" type="application/json">(.*?)</script>', re.DOTALL)


def asked(function: str) -> set[str]:
    """The words that the app asks for by a call of this function, and the titles of its places."""
    found = set()
    for path in [*APP.rglob("*.ts"), *APP.rglob("*.vue")]:
        text = path.read_text(encoding="utf-8")
        for one, other in re.findall(rf"\b{function}{TEXT}", text):
            found.add((one or other).replace("\\'", "'").replace('\\"', '"'))
        if function == "word":
            found |= set(re.findall(r'\btitle: "([^"]+)"', text))
    return found


def test_every_word_that_the_app_asks_for_is_given_and_none_besides() -> None:
    assert asked("word") == {english for part in PARTS for english in part.WORDS}
    assert asked("count") == {english for part in PARTS for english in part.PLURALS}


def settings_of(page: bytes) -> dict[str, object]:
    found = SETTINGS.search(page.decode())
    assert found
    return dict(json.loads(found[1]))


def test_it_is_the_same_page_for_everybody_and_names_nobody(client: Client, tiny: Small) -> None:
    before = settings_of(client.get("/phone/").content)
    client.force_login(tiny.accounts["bingsi-1"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/phone/")
    assert settings_of(answer.content) == before
    assert tiny.accounts["bingsi-1"].name not in answer.content.decode()
    assert client.cookies["csrftoken"].value not in answer.content.decode()


def test_it_speaks_the_readers_language_and_another_one_is_another_build(client: Client) -> None:
    chinese = settings_of(client.get("/phone/").content)
    client.cookies["django_language"] = "en"
    english = settings_of(client.get("/phone/").content)
    assert (chinese["language"], english["language"]) == ("zh-hans", "en")
    assert chinese["words"]["What I sent"] == "我发的"  # type: ignore[index]
    assert english["plurals"]["%(n)s person"] == ["%(n)s person", "%(n)s people"]  # type: ignore[index]
    assert chinese["build"] != english["build"]


def test_its_policy_lets_in_no_text_that_becomes_a_script(client: Client) -> None:
    policy = client.get("/phone/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert re.search(r"style-src 'self' 'nonce-[^']+'", policy)
    assert "'unsafe-" not in policy


def test_the_first_load_is_small_without_the_engine_of_forms(client: Client) -> None:
    """What index loads, as it is sent: compressed where a compressed file lies beside, the page itself as it is."""
    built = files.built()
    assert built
    page = client.get("/phone/")
    sizes = {"the page": len(page.content), "the manifest": len(client.get("/phone/manifest.webmanifest").content)}
    for address in built.first:
        assert "web-forms" not in address
        found = Path(str(finders.find(address.removeprefix("/static/"))))
        squeezed = found.with_name(found.name + ".gz")
        sizes[found.name] = (squeezed if squeezed.exists() else found).stat().st_size
    assert sum(sizes.values()) < MOST, sizes


def test_the_service_worker_knows_every_file_that_opens_the_app_without_a_network(client: Client) -> None:
    answer = client.get("/phone/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    known = json.loads(answer.content.decode().split("\n", 1)[0].removeprefix("self.WANGGE=").removesuffix(";"))
    assert known["build"] == settings_of(client.get("/phone/").content)["build"]
    page = client.get("/phone/").content.decode()
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+|/phone/manifest[^"]*)"', page))
    assert loaded - set(known["files"]) <= {"/static/wangge/phone-icon-192.png"}  # the home screen's own
    assert all(client.get(address).status_code == 200 for address in known["files"])


def test_a_browser_that_cannot_is_led_to_the_pages_with_a_sentence(client: Client, tiny: Small) -> None:
    client.force_login(tiny.accounts["bingsi-1"], backend="django.contrib.auth.backends.ModelBackend")
    said = client.get("/phone/too-old", follow=True).content.decode()
    assert "这个浏览器太旧" in said
    assert "https" in client.get("/phone/too-old?why=address", follow=True).content.decode()


def test_where_nothing_was_built_the_servers_own_pages_are_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "built", lambda: None)
    assert client.get("/phone/").headers["Location"] == "/field/"
    assert client.get("/phone/sw.js").status_code == 404
