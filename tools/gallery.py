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
from types import SimpleNamespace as Thing
from typing import Any

import django
import django_htmx
import segno
from axe_playwright_python.sync_playwright import Axe
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from django.utils.safestring import mark_safe
from playwright.sync_api import Browser, sync_playwright

SOURCE = Path(__file__).resolve().parent.parent / "src" / "wangge"
PAGES = Path(__file__).resolve().parent / "gallery_pages"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'"
WIDTHS = (360, 1280)
SERIOUS = {"serious", "critical"}


def _nowhere(_request: Any) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path(name, _nowhere, name=name) for name in ("language", "sign-out", "sign-in")]


# --- invented people and figures -------------------------------------------------------------------------------
OUTCOMES = {
    "not_yet": "尚未询问", "done": "已完成", "refused": "拒绝", "absent": "家中无人", "unreachable": "联系不上",
    "wrong_number": "号码错误", "night_shift": "上夜班", "moved": "已搬走", "empty": "空房",
    "lives_elsewhere": "住在别处", "died": "已故",
}  # fmt: skip
COLUMNS = {**OUTCOMES, "elsewhere": "搬走或空房", "late": "逾期"}
ENGLISH = {
    "not_yet": "not yet asked", "done": "done", "refused": "refused", "absent": "absent",
    "unreachable": "unreachable", "wrong_number": "wrong number", "night_shift": "night shift", "moved": "moved",
    "empty": "empty", "lives_elsewhere": "lives elsewhere", "died": "died", "elsewhere": "moved or empty", "late": "late",
}  # fmt: skip
ORDER = ("done", "refused", "absent", "unreachable", "elsewhere", "died", "not_yet")


def parts(words: dict[str, str], *counts: int) -> list[dict[str, Any]]:
    """The segments of a bar: each begins where the ones before it end."""
    return [
        {"state": state, "label": words[state], "count": count, "start": sum(counts[:place])}
        for place, (state, count) in enumerate(zip(ORDER, counts, strict=True))
    ]


def row(words: dict[str, str], name: str, note: str, late: int, *counts: int) -> dict[str, Any]:
    """One place of the board."""
    segments = parts(words, *counts)
    cells = [{**s, "url": "#"} for s in segments[1:]] + [
        {"state": "late", "label": words["late"], "count": late, "url": "#"}
    ]
    return {
        "name": name, "note": note, "url": "#", "done": counts[0], "expected": sum(counts),
        "segments": segments, "cells": cells,
    }  # fmt: skip


def task(door: str, what: list[str], due: str, people: int, **more: Any) -> dict[str, Any]:
    """A door on a work list."""
    return {"door": door, "what": what, "due": due, "people": people, "url": "#", "call_url": "#", **more}


def words_of(language: str) -> dict[str, Any]:
    """Everything the sample pages show."""
    words = ENGLISH if language == "en" else COLUMNS
    rows = [
        row(words, "1网格", "张秀兰", 0, 58, 1, 3, 0, 4, 0, 1), row(words, "2网格", "空缺，由支部书记兜底", 7, 21, 0, 9, 4, 2, 0, 25),
        row(words, "3网格", "李建国", 2, 38, 2, 11, 1, 3, 1, 8), row(words, "4网格", "王芳", 0, 0, 0, 0, 0, 0, 0, 61),
        row(words, "5网格", "赵敏", 1, 44, 0, 2, 1, 0, 0, 3),
    ]  # fmt: skip
    qr = segno.make("WG-3F7K-0412", error="m").svg_data_uri(scale=4, border=0)
    sheet_rows = [
        {"door": f"{unit}单元 {floor}0{door}", "people": people, "what": what}
        for unit, floor, door, people, what in [
            (1, 1, 1, ["陈*英 71岁", "刘*国 74岁"], ["居家隔离第3天：问体温", "采样"]), (1, 2, 2, ["王*"], ["采样"]),
            (1, 3, 1, ["李*华", "李*明", "李*欣 6岁"], ["居家隔离第3天：问体温"]), (2, 1, 1, ["赵*梅 82岁"], ["采样（上门）", "药品还剩几天"]),
            (2, 6, 1, ["孙*强", "周*红"], ["告知：密接，原地不动"]), (2, 6, 2, ["何*"], ["采样"]),
        ]
    ]  # fmt: skip
    people = [
        ("陈某英", "2号楼 1单元 301", "密接（同住）", "居家隔离 7+3", "2022-04-03 09:10"),
        ("刘某国", "2号楼 1单元 301", "密接（同住）", "居家隔离 7+3", "2022-04-03 09:10"),
        ("王某", "绿地东山小区 5号楼 2单元 1102", "密接（同桌就餐 48 分钟）", "集中隔离 7+3", "2022-04-02 18:40"),
        ("李某华", "水产宿舍 1号楼 402", "次密接", "居家隔离 7", "2022-04-02 12:00"),
    ]
    return {
        "words": words, "outcomes": list((ENGLISH if language == "en" else OUTCOMES).items()),
        "board_rows": rows,
        "board_columns": [{"state": s, "label": words[s]} for s in (*ORDER[1:], "late")],
        "whole": parts(words, 161, 3, 25, 6, 9, 1, 98), "whole_total": 303,
        "tiles": [
            {"label": words["done"], "value": 161, "total": 303, "state": "done", "note": "53 %"},
            {"label": words["not_yet"], "value": 98, "total": 303, "state": "not_yet", "note": "", "url": "#"},
            {"label": words["late"], "value": 10, "total": 142, "state": "late", "note": "", "url": "#"},
            {"label": words["absent"], "value": 25, "total": 303, "state": "absent", "note": "", "url": "#"},
        ],
        "tasks_late": [
            task("1单元 301", ["居家隔离第3天：问体温", "采样"], "今天 10:00", 2, late=True),
            task("2单元 101", ["采样（上门）", "药品还剩几天"], "今天 11:30", 1, late=True, state="absent", state_label=words["absent"]),
        ],
        "tasks": [
            task("2单元 601", ["告知：密接，原地不动"], "今天 18:00", 2),
            task("2单元 602", ["采样"], "今天 18:00", 1, state="unreachable", state_label=words["unreachable"]),
            task("3单元 1102", ["居家隔离第3天：问体温", "核对同住人", "采样"], "今天 20:00", 4),
            task("3单元 1201", ["采样"], "", 3, closed=True, state="done", state_label=words["done"], call_url=None),
        ],
        "door_people": [Thing(uuid="a", name="陈某英"), Thing(uuid="b", name="刘某国")],
        "facts": [("姓名", "陈某英，71岁"), ("电话", "138****6021"), ("证件", "140102********0021"), ("已知", "耳背，请敲重一点；钥匙在 302"), ("期限", "今天 18:00")],
        "events": [
            {"when": "4月3日 07:42", "what": "初筛阳性：陈某英", "who": "检测登记台 · 何静", "clause": "第八版 附件5 第二条", "main": True},
            {"when": "4月3日 07:42", "what": "原地不动；复核采样 12:00 前完成", "who": "系统按规则提出，区指挥部 · 郭某确认", "clause": "第八版 第四章（一）"},
            {"when": "4月3日 11:20", "what": "复核阳性，成为第 276 例", "who": "检测登记台 · 何静", "main": True},
            {"when": "4月3日 11:21", "what": "确定密接 5 人、候选 34 人", "who": "流调员 · 马某"},
        ],
        "people_rows": people,
        "tabs": [{"label": "待办", "count": 142, "url": "#", "current": True}, {"label": "逾期", "count": 10, "url": "#"}, {"label": "已办", "count": 161, "url": "#"}, {"label": "全部", "count": 303, "url": "#"}],
        "filters": [{"name": "state", "label": "状态", "chosen": "", "options": [("", "全部"), *list(words.items())[:4]]}, {"name": "grid", "label": "网格", "chosen": "3", "options": [("", "全部"), ("3", "3网格")]}],
        "actions": [{"url": "#", "label": "打印上门单", "icon": "printer"}, {"url": "#", "label": "登记结果", "icon": "tube", "main": True}],
        "page": Paginator(range(303), 50).page(2),
        "sheets": [{"title": f"桥东小区 {n}号楼", "place": "并州东街四社区 · 3网格", "worker": "网格员 李建国", "printed": "2022年4月3日 8:05", "code": f"WG-3F7K-041{n}", "qr": qr, "drill": True, "rows": sheet_rows * n} for n in (2, 1)],
        "demo": [{"title": "3网格 · 网格员", "username": "grid3", "password": "demo-grid-3"}, {"title": "社区书记", "username": "secretary", "password": "demo-secretary"}],
    }  # fmt: skip


def nav(current: int) -> list[dict[str, Any]]:
    """The navigation of somebody with many posts."""
    entries = [("list", "我的门户", 142), ("board", "看板", 0), ("search", "找人找门", 0), ("hand-over", "交接", 1), ("chain", "病例", 0), ("tube", "检测", 0)]  # fmt: skip
    return [
        {"url": "#", "icon": icon, "label": label, "count": count, "current": place == current}
        for place, (icon, label, count) in enumerate(entries)
    ]


# --- rendering --------------------------------------------------------------------------------------------------
class Form:
    """A Django form with an error on it; made late, because fields need settings."""

    def __new__(cls, data: dict[str, Any] | None) -> Any:
        from django import forms

        class Result(forms.Form):
            document = forms.CharField(label="证件号码", help_text="身份证、护照等，与证件一致。")
            taken_at = forms.DateTimeField(label="采样时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
            method = forms.ChoiceField(
                label="方式", choices=[("single", "单采"), ("pool", "混采（10合1）")], widget=forms.RadioSelect
            )
            laboratory = forms.ChoiceField(label="检测机构", choices=[("", "请选择"), ("1", "区疾控中心")], required=False)
            file = forms.FileField(label="实验室结果文件", help_text="CSV,不超过 5 MB。", required=False)
            agreed = forms.BooleanField(label="两人核对过", required=False)
            note = forms.CharField(label="备注", widget=forms.Textarea, required=False)

            def clean_document(self) -> str:
                raise forms.ValidationError("校验位或出生日期对不上。请对着证件再读一遍。")

        return Result(data)


SAMPLES: list[tuple[str, str, dict[str, Any]]] = [
    ("list", "list.html", {"nav": 0}),
    ("door", "door.html", {"nav": 0, "page_back": "#"}),
    ("board", "board.html", {"nav": 1}),
    ("case", "case.html", {"nav": 4, "page_back": "#"}),
    ("orders", "orders.html", {"nav": 4}),
    ("form", "form.html", {"nav": 5, "page_back": "#"}),
    ("parts", "parts.html", {"nav": 2, "messages": True}),
    ("sheet", "sheet.html", {"nav": 0}),
    ("sign_in", "wangge/sign_in.html", {"signed_out": True}),
    ("locked_out", "wangge/locked_out.html", {"signed_out": True}),
    ("problem", "wangge/problem.html", {"nav": 9, "code": "404", "title": "这里没有这一页", "what": "地址可能打错了，或者这项工作已经交给别人。", "next": "回到首页，从名单里再找一次。"}),
]  # fmt: skip


def icons() -> list[str]:
    """Every symbol of the sprite."""
    return re.findall(r'symbol id="([^"]+)"', (SOURCE / "static" / "wangge" / "icons.svg").read_text("utf-8"))


class Message(str):
    """A django message: text with a level."""

    level_tag = "success"


def context(language: str, extra: dict[str, Any]) -> dict[str, Any]:
    """What every page knows, then what the samples show."""
    me = Thing(name="李建国", posts=[Thing(title="网格员", place_name="并州东街四社区 · 3网格"), Thing(title="党员中心户", place_name="桥东小区 2号楼")])  # fmt: skip
    signed_out = extra.get("signed_out")
    form = Form({"method": "pool", "document": "140102195103090021", "taken_at": "2022-04-03T07:10"})
    return {
        **words_of(language), "icons": icons(), "chain": mark_safe((PAGES / "chain.svg").read_text("utf-8")), "me": None if signed_out else me, "nav_items": nav(extra.get("nav", 0)),
        "drill": Thing(title="太原市疫情应急响应", document_no="并防指演〔2022〕4号"), "page_back": None,
        "form": None if signed_out else form, **extra,
        "messages": [Message("已登记：1单元 301,已完成。")] if "messages" in extra else [],
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
        for name, template, extra in SAMPLES:
            with translation.override(language):
                html = engines["django"].get_template(template).render(context(language, extra), RequestFactory().get("/"))
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
  .filter(e => { const box = (e.closest('label') || e).getBoundingClientRect(); return box.height < 47.5 || box.width < 40 })
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
