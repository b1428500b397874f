"""What a page with a questionnaire is given, and what its policy allows: nothing on any other page."""

import json
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from wangge.web.questionnaire import page
from wangge.web.questionnaire.widget_words import WORDS

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
ASKED = re.compile(r"""\b(?:__)?word\("([^"]+)"\)""")


def test_every_word_that_the_widgets_ask_for_is_given_and_none_besides() -> None:
    patched = " ".join(one["to"] for one in json.loads((FRONTEND / "words.json").read_text())["inCode"])
    ours = " ".join(path.read_text() for path in (FRONTEND / "src").glob("*.js"))
    calendar = re.search(r"const WORDS = \{(.*?)\};", (FRONTEND / "src" / "calendar.js").read_text(), re.DOTALL)
    assert calendar
    asked = {*ASKED.findall(patched), *ASKED.findall(ours), *re.findall(r': "([^"]+)"', calendar[1])}
    assert asked == set(WORDS)


def test_the_lock_names_no_host_and_the_package_is_pinned() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []
    assert [name for name, one in lock["packages"].items() if name and "integrity" not in one] == []
    assert lock["packages"]["node_modules/@getodk/web-forms"]["version"] == "0.22.0"


@pytest.mark.django_db
@pytest.mark.urls("tests.journeys.form_pages")
def test_only_a_page_with_a_form_may_run_webassembly_and_none_runs_text(client: Client) -> None:
    policy = client.get("/test-form/").headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert re.search(r"style-src[^;]* 'nonce-[^']+'", policy)
    assert "'unsafe-" not in policy
    elsewhere = client.get("/sign-in").headers["Content-Security-Policy"]
    assert [word for word in ("wasm", "nonce", "unsafe") if word in elsewhere] == []


@pytest.mark.django_db
@pytest.mark.urls("tests.journeys.form_pages")
def test_without_the_built_files_the_page_has_its_plain_form_and_asks_for_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "ENTRY", "wangge/not-there.js")
    said = client.get("/test-form/").content.decode()
    assert "web-forms" not in said
    assert 'name="food"' in said


def test_a_drafts_key_is_one_accounts_and_one_doors_and_stays_the_same() -> None:
    ours, form = UUID(int=1), page.Filling("<x/>", "/", UUID(int=7), "door-1")
    again = page.Filling("<x/>", "/", UUID(int=8), "door-1")
    assert form.draft(ours) == again.draft(ours)
    assert form.draft(ours)["key"] != form.draft(UUID(int=2))["key"]
    assert form.draft(ours)["key"] != page.Filling("<x/>", "/", UUID(int=7), "door-2").draft(ours)["key"]
    assert form.draft(ours)["name"] != page.Filling("<y/>", "/", UUID(int=7), "door-1").draft(ours)["name"]
