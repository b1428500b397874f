"""A page looked at: two widths, two pictures, and what axe and the browser have to say."""

from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

SCREENS = Path(__file__).resolve().parents[2] / "var" / "screens"
PHONE, DESK = (360, 780), (1280, 900)  # CSS pixels
SERIOUS = ("serious", "critical")


def listen(page: Page) -> list[str]:
    """What goes wrong in a page without being seen: script errors, and whatever the content policy stopped."""
    wrong: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            wrong.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


def violations(page: Page) -> Iterator[str]:
    """What axe calls serious or critical, with the first places where it is."""
    for found in Axe().run(page).response["violations"]:
        if found["impact"] in SERIOUS:
            where = [node["target"] for node in found["nodes"]][:3]
            yield f"{found['impact']} {found['id']}: {found['help']} {where}"


def faults(page: Page, name: str) -> list[str]:
    """Take a picture in each width into var/screens and say what is wrong there; the page keeps its size."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    before, found = page.viewport_size, []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{name} at {width} px is {wide} px wide")
        found += [f"{name} at {width} px: {violation}" for violation in violations(page)]
    if before:
        page.set_viewport_size(before)
    return found
