"""An installation of one journey's own, small and served: where days pass, or its lists stand in everybody's way."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.installation import ROOT, Installation, install
from tests.journeys.product import answers, end, free_port

PASSWORD = "spring-2022-drill"
#: Code for ``Installation.run``: everybody signs in with the same password.
PASSWORDS = f"""
from wangge.domains.duty.models import Account
for account in Account.objects.all():
    account.set_password({PASSWORD!r})
    account.save()
"""
WORK = "from wangge.base import worker; worker.run_pending()"


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Installation, str]]:
    """A new installation in this folder, and the address at which it answers; no worker runs (``WORK``)."""
    installation = install(folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "wangge", "serve", "--port", str(port)], env=installation.env, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not answers(f"{url}/healthz") and time.monotonic() < until:
        time.sleep(0.2)
    yield installation, url
    end(process)


def sign_in(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form:has(#id_password) button").click()
    expect(page.locator("#id_password")).to_have_count(0)
