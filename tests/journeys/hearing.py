"""What a screen reader would say of a page: Chromium's accessibility tree, in its order, as lines people can read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

LANDMARKS = {"banner", "navigation", "main", "complementary", "contentinfo", "region", "search", "form"}
CONTROLS = {
    "link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "DisclosureTriangle", "spinbutton",
    "Date", "DateTime", "InputTime", "file", "slider", "menuitem", "tab", "switch",
}  # fmt: skip
#: Roles said with a line of their own; the rest only hold what is inside.
SAID = LANDMARKS | CONTROLS | {
    "heading", "table", "row", "columnheader", "rowheader", "cell", "list", "listitem", "group", "radiogroup",
    "image", "progressbar", "status", "alert", "log", "dialog", "definition", "term",
}  # fmt: skip
#: A field of the browser's own making, with a part for each of day, month, year: said as one.
WITH_PARTS = {"Date", "DateTime", "InputTime"}
SILENT_NAMES = {"row", "cell", "listitem", "list", "definition", "term"}  # their content is said anyway
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Heard:
    """A node as it is said: role, name, what is said besides, and what is inside."""

    role: str
    name: str
    description: str = ""
    properties: dict[str, Any] = field(default_factory=dict)
    dom: int = 0
    inside: "list[Heard]" = field(default_factory=list)

    def all(self) -> "Iterator[Heard]":
        yield self
        for one in self.inside:
            yield from one.all()

    @property
    def focusable(self) -> bool:
        return bool(self.properties.get("focusable"))

    def line(self) -> str:
        """'button 打电话：501 (pressed)', as one line."""
        if self.role == "StaticText":
            return self.name
        more = [f"level {self.properties['level']}"] if self.role == "heading" else []
        for name in ("checked", "expanded", "invalid", "required", "disabled", "live"):
            value = self.properties.get(name)
            if value not in (None, False, "false", "off", ""):
                more.append(name if value in (True, "true") else f"{name} {value}")
        name = "" if self.role in SILENT_NAMES else self.name
        said = " ".join(part for part in (self.role, name) if part)
        said += f" ({', '.join(more)})" if more else ""
        return f"{said} — {self.description}" if self.description else said


def hear(page: Page) -> Heard:
    """The whole page as a tree of what is said."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if not node.get("parentId"))
    heard = Heard("page", page.title())
    heard.inside = list(_inside(root, nodes))
    return heard


def _inside(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[Heard]:
    for key in node.get("childIds", ()):
        child = nodes.get(key)
        if child is None:
            continue
        role = child.get("role", {}).get("value", "")
        name = " ".join(str(child.get("name", {}).get("value", "")).split())
        if child.get("ignored") or role not in SAID:
            if role == "StaticText" and name and not child.get("ignored"):
                yield Heard(role, name)
            elif role != "StaticText":
                properties = _properties(child)
                held = list(_inside(child, nodes))
                if properties.get("live") and held:
                    yield Heard("live region", "", "", {"live": properties["live"]}, inside=held)
                else:
                    yield from held
            continue
        one = Heard(
            role, name, " ".join(str(child.get("description", {}).get("value", "")).split()), _properties(child),
            child.get("backendDOMNodeId", 0),
        )  # fmt: skip
        if role not in WITH_PARTS:
            one.inside = list(_inside(child, nodes))
        yield one


def _properties(node: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one["value"].get("value") for one in node.get("properties", ())}


def told(heard: Heard, depth: int = 0, most: int = 3) -> Iterator[str]:
    """The lines of a transcript. Of a long list or table the first rows are written down, and how many follow."""
    rows = 0
    left = 0
    for one in _joined(heard):
        if one.role in ("row", "listitem"):
            rows += 1
            if rows > most:
                left += 1
                continue
        yield "  " * depth + UUID.sub("…", one.line())
        if one.role not in CONTROLS and one.role not in ("heading", "columnheader", "image"):
            yield from told(one, depth + 1, most)
    if left:
        yield "  " * depth + f"… and {left} more like this"


def _joined(heard: Heard) -> Iterator[Heard]:
    """Pieces of text that follow each other are said in one breath; a text that repeats its element's name is not."""
    text: list[str] = []
    for one in [*heard.inside, Heard("end", "")]:
        if one.role == "StaticText":
            text.append(one.name)
            continue
        if text:
            yield Heard("StaticText", " ".join(text))
            text = []
        if one.role != "end":
            yield one
