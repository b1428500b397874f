"""Every address with every kind of post, at its own place and elsewhere, and signed out.

``addresses.txt`` is the table of what each may do. An address that is not in it fails: write the table anew with
``WANGGE_TEST_WRITE_ADDRESSES=1 pytest tests/web/test_every_address.py``, read the difference, and commit it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.examples import EXAMPLES, Side, sides

from wangge.base.access.rights import Right
from wangge.demo.small import Small
from wangge.domains.duty.queries import by_for
from wangge.web import problems

TABLE = Path(__file__).with_name("addresses.txt")
#: One account of each kind of post, all on the community's side; only the first sees the other side too.
ACCOUNTS = {
    "city": "zhihuibu", "district": "yingze", "town": "qiaodong", "community": "bingsi-shuji",
    "branch": "bingsi-zhibu-1", "grid_worker": "bingsi-1", "building_group": "lou", "centre_household": "bingsi-hu",
    "authority": "yingze-zhengling", "tracer": "liudiao-yingze", "test_desk": "jiance", "checkpoint": "bingsi-kadian",
    "auditor": "shenji-yingze",
    "no_post": "nobody",
}  # fmt: skip
SIGNED_OUT = "signed_out"
#: What somebody may open without signing in.
PUBLIC = {
    "account_login", "mfa_authenticate", "mfa_login_webauthn", "lost", "recover", "invited", "invited-code", "enrol",
    "enrol-code", "badge", "badge-check", "sign-out", "language", "healthz", "notice", "deletion",
    "venue-apply", "venue-applied", "venue-applied-poster", "venue-screen",
    "ask", "asked", "rule-residents", "areas", "areas-json", "back", "back-report", "back-told",
    "phone", "phone-worker", "phone-manifest", "phone-too-old",
    "codes", "codes-keys", "code", "code-why", "code-over", "code-worker", "code-add", "code-appeal", "code-lend",
    "code-take-back", "code-drop",
}  # fmt: skip
#: These answer 422 in words to whoever the offer was not made to: the id is known only to whom it was sent.
SAID_IN_WORDS = {"take-work"}
#: These answer alike whatever is named: what is not one's own, or gone already, is left as it is; published areas and
#: questionnaires are everybody's.
ANSWERED_ALIKE = {
    "end-session", "mfa_remove_webauthn", "risk-area", "questionnaire", "questionnaire-source", "questionnaire-file",
}  # fmt: skip


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the web with its pattern; the API has its own test (tests/api)."""
    for pattern in (resolver or get_resolver("wangge.web.urls")).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def test_every_address_with_ids_has_an_example() -> None:
    missing = [str(pattern.name) for route, pattern in addresses() if "<" in route and pattern.name not in EXAMPLES]
    assert missing == [], "add a line to EXAMPLES in tests/web/examples.py"


def test_every_address_asks_for_a_right_or_is_known_to_be_public() -> None:
    unguarded = {str(pattern.name) for _route, pattern in addresses() if not hasattr(pattern.callback, "needs")}
    assert unguarded == PUBLIC


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of refusals are the same page, which tests/web/test_problems.py reads: here their status is enough. And
    nobody looks at the contexts that the test client copies of every page."""
    monkeypatch.setattr(problems, "page", lambda _request, status, *_words, **_more: HttpResponse(status=status))
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_given, **_more: None)


class Walker:
    """Asks for an address as somebody and puts everything back afterwards."""

    def __init__(self, tiny: Small) -> None:
        self.near, self.far = sides(tiny)
        self.client = Client(raise_request_exception=False)
        self.sessions = {kind: _session(tiny, name) for kind, name in ACCOUNTS.items()} | {SIGNED_OUT: ""}
        self.may = {kind: by_for(tiny.accounts[name]) for kind, name in ACCOUNTS.items()}

    def ask(self, kind: str, method: str, url: str) -> Any:
        self.client.cookies.clear()
        self.client.cookies["sessionid"] = self.sessions[kind]
        with transaction.atomic():
            answer = self.client.generic(method, url)
            transaction.set_rollback(True)
        return answer

    def url(self, pattern: URLPattern, side: Side) -> str:
        make = EXAMPLES.get(str(pattern.name))
        return reverse(str(pattern.name), kwargs=make(side) if make else None)


def _session(tiny: Small, username: str) -> str:
    client = Client()
    client.force_login(tiny.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("bare")
def test_the_table_holds(tiny: Small) -> None:
    walker, lines, wrong = Walker(tiny), [_heading()], []
    for route, pattern in addresses():
        for method in ("GET", "POST"):
            cells = []
            for kind in (*ACCOUNTS, SIGNED_OUT):
                found = _statuses(walker, pattern, kind, method)
                wrong += [f"{method} /{route} as {kind}: {why}" for why in _against(walker, pattern, kind, found)]
                cells.append("|".join(str(status) for status in dict.fromkeys(found)))
            lines.append(_line(method, route, cells))
    assert not wrong, "\n".join(wrong)
    text = "\n".join(lines) + "\n"
    if os.environ.get("WANGGE_TEST_WRITE_ADDRESSES"):
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8").splitlines() == text.splitlines()


#: Figures may be kept by the browser of whoever is signed in, and by nobody else; they are asked for again each time.
FIGURES = {"board-figures"}


@pytest.mark.filterwarnings("ignore")
def test_no_page_of_somebody_signed_in_is_kept(tiny: Small) -> None:
    walker, kept = Walker(tiny), set()
    for _route, pattern in addresses():
        for kind in ("community", "town", "tracer", "authority", "test_desk", "auditor", "no_post"):
            answer = walker.ask(kind, "GET", walker.url(pattern, walker.near))
            if "no-store" not in answer.headers.get("Cache-Control", ""):
                kept.add(str(pattern.name))
                assert "private" in answer.headers.get("Cache-Control", ""), pattern.name
    assert kept == FIGURES


def _heading() -> str:
    return _line("", "own place|elsewhere", [*ACCOUNTS, SIGNED_OUT])


def _line(method: str, route: str, cells: list[str]) -> str:
    return f"{method:<5}{'/' + route if method else route:<56}" + "".join(f"{cell:<17}" for cell in cells).rstrip()


def _statuses(walker: Walker, pattern: URLPattern, kind: str, method: str) -> tuple[int, ...]:
    """What an address answers for an object at one's own place, and for one elsewhere where it has an object."""
    own = walker.ask(kind, method, walker.url(pattern, walker.near))
    if kind == SIGNED_OUT and pattern.name not in PUBLIC:
        assert own.headers.get("Location", "").startswith("/sign-in?next="), pattern.name
    if pattern.name not in EXAMPLES or kind == SIGNED_OUT or not _has_right(walker, pattern, kind):
        return (own.status_code,)
    return own.status_code, walker.ask(kind, method, walker.url(pattern, walker.far)).status_code


def _has_right(walker: Walker, pattern: URLPattern, kind: str) -> bool:
    rights: tuple[Right, ...] = getattr(pattern.callback, "needs", ())
    return not rights or any(walker.may[kind].may(right) for right in rights)


def _against(walker: Walker, pattern: URLPattern, kind: str, found: tuple[int, ...]) -> Iterator[str]:
    """What no table may allow."""
    if any(status >= 500 for status in found):
        yield f"broken: {found}"
    if kind == SIGNED_OUT or pattern.name in PUBLIC:
        return
    if not _has_right(walker, pattern, kind):
        if set(found) != {403}:
            yield f"no right, but {found}"
        return
    known = SAID_IN_WORDS | ANSWERED_ALIKE
    if len(found) == 2 and kind != "city" and pattern.name not in known and found[1] not in (403, 404, 405):
        yield f"elsewhere, but {found[1]}"
