"""The field app on a slow phone: how soon it answers a tap, and whether hundreds of doors scroll as ten do."""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys import pacing, phones
from tests.journeys.phones import WITHIN

pytestmark = [pytest.mark.journey, pytest.mark.pace]
SignIn = Callable[[Page, str], None]
WORKER = "jieer-1"  # nearly four hundred doors
DOORS = 300
TRIES = 3


def test_the_first_load_answers_taps_soon_on_a_slow_phone(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lighthouse's slow phone: a mid-tier processor, slow 4G, nothing kept. The best of the tries counts: the others
    say how busy the machine was."""
    found: list[pacing.Interactive] = []
    for attempt in range(TRIES):
        with phones.opened(browser, tmp_path / str(attempt), base_url) as phone:
            page = phone.pages[0]
            sign_in(page, "dongshan-2")
            slow = pacing.slow(page)
            page.goto("/phone/")
            expect(page.locator(".nav-item").first).to_be_visible(timeout=WITHIN)
            found.append(pacing.interactive(page))
            slow.detach()
        if found[-1].taps <= pacing.AT_MOST:
            break
    best = min(found, key=lambda one: one.taps)
    with capsys.disabled():
        sys.stdout.write(
            f"\nfirst words {best.words:.0f} ms, interactive {best.taps:.0f} ms of at most {pacing.AT_MOST:.0f}\n"
        )
    assert best.taps <= pacing.AT_MOST


def test_hundreds_of_doors_scroll_as_ten_do(
    browser: Browser, base_url: str, sign_in: SignIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same list, narrowed to a few doors and whole, in one run: the machine's own stutter is in both."""
    with phones.opened(browser, tmp_path, base_url) as phone:
        page = phone.pages[0]
        sign_in(page, WORKER)
        phones.app(page)
        phones.caught_up(page)
        expect(page.locator(".task").nth(DOORS - 1)).to_be_attached(timeout=WITHIN)
        pacing.slow(page, network=False)
        whole = pacing.frames(page, distance=60, steps=200)
        page.locator("input[type=search]").fill("1号楼 1单元")
        page.wait_for_timeout(1000)
        few = [one for _ in range(10) for one in pacing.frames(page, distance=60, steps=20)]
    long = [sum(one > pacing.LONG for one in frames) / len(frames) for frames in (whole, few)]
    with capsys.disabled():
        sys.stdout.write(
            f"\na frame: {median(whole):.1f} ms with all, {median(few):.1f} ms with few; over 50 ms: {long}\n"
        )
    assert median(whole) <= 2 * max(median(few), 17)
