"""Shows every part of the design with invented people: pages, screenshots, a printed sheet and what axe finds.

``python tools/gallery.py FOLDER`` writes all of it to FOLDER. Needs nothing of the project but its templates and
static files, so that the look can be judged before a page exists. Served with the CSP of the product: what the
policy forbids is seen here first.
"""

import functools
import http.server
import re
import sys
import threading
from pathlib import Path
from typing import Any

import django
import django_htmx
from axe_playwright_python.sync_playwright import Axe
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from django.utils.safestring import mark_safe
from playwright.sync_api import Browser, sync_playwright

from gallery_samples import PAGES, nav, samples

SOURCE = Path(__file__).resolve().parent.parent / "src" / "wangge"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'"
WIDTHS = (360, 1280)
SERIOUS = {"serious", "critical"}


def _nowhere(_request: Any) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path(name, _nowhere, name=name) for name in ("language", "sign-out", "sign-in")]


#: Page, template, which entry of the navigation is the present one.
SAMPLES: list[tuple[str, str, int]] = [
    ("list", "list.html", 0),
    ("door", "door.html", 0),
    ("board", "board.html", 1),
    ("case", "case.html", 4),
    ("orders", "orders.html", 4),
    ("form", "form.html", 5),
    ("parts", "parts.html", 2),
    ("sheet", "sheet.html", 0),
    ("problem", "wangge/problem.html", 9),
    ("sign_in", "wangge/sign_in.html", 9),
    ("locked_out", "wangge/locked_out.html", 9),
]
SIGNED_OUT = {"sign_in", "locked_out"}
WITH_BACK = {"door", "case", "form"}


def icons() -> list[str]:
    """Every symbol of the sprite."""
    return re.findall(r'symbol id="([^"]+)"', (SOURCE / "static" / "wangge" / "icons.svg").read_text("utf-8"))


class Message(str):
    """A django message: text with a level."""

    level_tag = "success"


def context(language: str, name: str, current: int) -> dict[str, Any]:
    """What every page knows, then what the samples show."""
    shown = samples(language)
    if name in SIGNED_OUT:
        shown.update(me=None, form=None)
    return {
        **shown, **(shown["problem"] if name == "problem" else {}), "nav_items": nav(current),
        "page_back": "#" if name in WITH_BACK else None, "icons": icons(),
        "chain": mark_safe((PAGES / "chain.svg").read_text("utf-8")),
        "messages": [Message(shown["message"])] if name == "parts" else [],
    }  # fmt: skip


def catalogue(folder: Path) -> None:
    """The Chinese words of the templates: the project's catalogue when it is there, the gallery's own before."""
    target = folder / "locale" / "zh_Hans" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    own = PAGES / "zh_Hans.po"
    theirs = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    catalog = Catalog("zh_Hans")
    for source in (own, theirs):
        if source.exists():
            with source.open("rb") as handle:
                for message in read_po(handle, locale="zh_Hans"):
                    if message.id and message.string:
                        catalog[message.id] = message
    with (target / "django.mo").open("wb") as handle:
        write_mo(handle, catalog)


def set_up(folder: Path) -> None:
    """Django without a database, an app or the project."""
    catalogue(folder)
    settings.configure(
        ROOT_URLCONF=__name__, STATIC_URL="/static/", USE_I18N=True, LANGUAGE_CODE="zh-hans", SECRET_KEY="gallery",
        LANGUAGES=[("zh-hans", "简体中文"), ("en", "English")], LOCALE_PATHS=[folder / "locale"], USE_TZ=True,
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [SOURCE / "templates", PAGES],
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request"],
                "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            },
        }],
    )  # fmt: skip
    django.setup()


def render(folder: Path) -> list[str]:
    """Writes every page in both languages; returns their names."""
    names = []
    for language in ("zh-hans", "en"):
        for name, template, current in SAMPLES:
            with translation.override(language):
                page = engines["django"].get_template(template)
                html = page.render(context(language, name, current), RequestFactory().get("/"))
            names.append(f"{name}.{language}")
            (folder / f"{name}.{language}.html").write_text(html, encoding="utf-8")
    return names


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the pages with the product's policy, and static files from where they live."""

    def translate_path(self, path: str) -> str:
        clean = path.split("?")[0].split("#")[0]
        if clean.startswith("/static/django_htmx/"):
            return str(Path(django_htmx.__file__).parent / clean.lstrip("/"))
        return str(SOURCE / clean.lstrip("/")) if clean.startswith("/static/") else super().translate_path(path)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Silent."""


def look(browser: Browser, address: str, folder: Path, name: str) -> int:
    """Screenshots in every width and what axe and the console find; returns the number of serious things."""
    found = 0
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 780}, device_scale_factor=2 if width < 600 else 1)
        page.on("console", lambda message: print(f"{name}: {message.text}") if message.type == "error" else None)
        page.goto(f"{address}/{name}.html")
        page.screenshot(path=folder / f"{name}.{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            print(f"{name} {width}: {wide} px wide")
            found += 1
        small = page.evaluate(SMALL) if width == WIDTHS[0] else []
        for text in small:
            print(f"{name} {width}: under 48 px: {text}")
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["target"] for node in violation["nodes"]][:3]
            print(f"{name} {width}: {violation['impact']} {violation['id']}: {nodes}")
            found += violation["impact"] in SERIOUS
        if width != WIDTHS[0] and name.startswith("sheet"):
            page.pdf(path=folder / f"{name}.pdf", format="A4", prefer_css_page_size=True)
        page.close()
    return found


#: Things to tap that a finger would miss.
SMALL = """() => Array.from(document.querySelectorAll('a, button, summary, select, input:not([type=hidden])'))
  .filter(e => e.offsetParent && !e.closest('.away') && !e.matches('.skip, .table a, p a'))
  .filter(e => { const box = (e.closest('label') || e).getBoundingClientRect();
    return box.height < 47.5 || box.width < 40 })
  .map(e => e.outerHTML.slice(0, 90))"""


def main() -> int:
    """Render, serve, look."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    set_up(folder)
    names = render(folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = sum(look(browser, f"http://127.0.0.1:{server.server_port}", folder, name) for name in names)
        browser.close()
    server.shutdown()
    print(f"{len(names)} pages, {found} serious")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
