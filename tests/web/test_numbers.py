"""The numbers of life and limb are one tap away on every page of every face, and at the foot of what is printed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from tests.web.test_every_address import ACCOUNTS, PUBLIC, SIGNED_OUT, Walker, addresses

import wangge
from wangge.demo.small import Small
from wangge.web import problems

TEMPLATES = Path(wangge.__file__).parent / "templates"
NUMBERS = ("120", "110", "119", "12345")
TAPS = [f'href="tel:{number}"' for number in NUMBERS]


def whole_pages() -> list[str]:
    """The templates that are a whole page by themselves: everything else is shown inside one of them."""
    found = sorted(TEMPLATES.rglob("*.html"))
    return [str(one.relative_to(TEMPLATES)) for one in found if "<html" in one.read_text(encoding="utf-8")]


PRINTED = {
    "wangge/desk/help_poster_printed.html", "wangge/desk/medicine_errands_paper.html",
    "wangge/desk/parcel_paper.html", "wangge/isolation/order.html", "wangge/isolation/release.html",
    "wangge/resident/now_hospital_printed.html", "wangge/transfer/slip.html", "wangge/venue/poster.html",
}  # fmt: skip
ON_SCREEN = {
    "wangge/base.html", "wangge/check_in/page.html", "wangge/phone/shell.html", "wangge/resident/talk.html",
}  # fmt: skip


def test_every_whole_page_is_known_and_has_them() -> None:
    assert set(whole_pages()) == PRINTED | ON_SCREEN
    for name in whole_pages():
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        wanted = "parts/numbers_printed.html" if name in PRINTED else "parts/numbers.html"
        assert wanted in text or all(tap in text for tap in TAPS), name
    strip, foot = (render_to_string(f"wangge/parts/{name}.html") for name in ("numbers", "numbers_printed"))
    assert all(tap in strip for tap in TAPS)
    assert all(number in foot for number in NUMBERS)


def test_a_paper_has_them_on_each_of_its_sheets() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    styles = {"errands", "order-paper", "slip", "venue-poster"}
    code = "\n".join(one.read_text(encoding="utf-8") for one in Path(wangge.__file__).parent.rglob("web/**/*.py"))
    assert set(re.findall(r'style="wangge/([a-z-]+)\.css"', code)) == styles  # a new paper comes into this test
    foot = render_to_string("wangge/parts/numbers_printed.html")
    for style in styles:
        sheet = weasyprint.CSS(filename=finders.find(f"wangge/{style}.css"))
        text = f"<html><body>{foot}<p>1</p><p style='break-before: page'>2</p></body></html>"
        pages = weasyprint.HTML(string=text).render(stylesheets=[sheet]).pages
        assert len(pages) == 2
        for page in pages:
            said = "".join(getattr(box, "text", "") for box in page._page_box.descendants())
            assert all(number in said for number in NUMBERS), (style, said)


@pytest.mark.filterwarnings("ignore")
def test_every_page_of_every_face_has_them(tiny: Small) -> None:
    walker, seen, without = Walker(tiny), set(), []
    for _route, pattern in addresses():
        rights = getattr(pattern.callback, "needs", ())
        kinds = [kind for kind in ACCOUNTS if not rights or any(walker.may[kind].may(right) for right in rights)]
        for kind in [SIGNED_OUT] if pattern.name in PUBLIC else kinds[:1]:
            answer = walker.ask(kind, "GET", walker.url(pattern, walker.near))
            if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            page = answer.content.decode()
            if "<html" in page:
                seen.add(str(pattern.name))
                without += [str(pattern.name)] if any(tap not in page for tap in TAPS) else []
    assert without == []
    assert len(seen) > 200
    assert {"account_login", "field", "phone", "talk", "now", "help-ask", "me", "messages", "codes"} <= seen


def test_pages_of_what_went_wrong_have_them(tiny: Small, sign_in: Callable[..., Client]) -> None:
    found = [
        sign_in("bingsi-1").get("/desk/results/"), sign_in("bingsi-1").get("/no/such/page"),
        Client().get("/?page=%00"), Client().post("/sign-in", {"username": "nobody-at-all", "password": "wrong"}),
    ]  # fmt: skip
    assert [one.status_code for one in found[:3]] == [403, 404, 400]
    for answer in found:
        assert all(tap in answer.content.decode() for tap in TAPS), answer
    broken = problems.broken(RequestFactory().get("/"))
    assert broken.status_code == 500
    assert all(tap in broken.content.decode() for tap in TAPS)
