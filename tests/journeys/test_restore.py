"""The office's machine is gone. What is left: last night's backup, a copy of the key file, and an empty machine."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.journeys.product import ROOT, Product, end, environment, free_port, wait

Window = Callable[..., Page]
#: Pages of the secretary that say the same whenever they are asked for on one day.
PAGES = ("/command/posts/", "/desk/people/?q=王")


def wangge(env: dict[str, str], *arguments: object) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-m", "wangge", *map(str, arguments)]
    return subprocess.run(line, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300)


def enter(page: Page, url: str, who: Any) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("#id_username").fill(who.username)
    page.locator("#id_password").fill(who.password)
    page.locator("form:has(#id_password) button").click()


def read(page: Page, url: str) -> list[str]:
    """What the pages say, and that somebody is there to be read about."""
    found = []
    for path in PAGES:
        answer = page.goto(f"{url}{path}")
        assert answer
        assert answer.status == 200
        found.append(page.locator("main").inner_text())
    return found


@contextmanager
def served(env: dict[str, str], folder: Path) -> Iterator[str]:
    url, log = f"http://127.0.0.1:{env['PORT']}", folder / "serve.log"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "wangge", "serve"], cwd=ROOT, env=env, stdout=lines, stderr=lines
        )
    try:
        wait(process, f"{url}/healthz", log)
        yield url
    finally:
        end(process)


def test_a_backup_is_restored_on_an_empty_machine(product: Product, open_page: Window, tmp_path: Path) -> None:
    secretary, page = product.account("bingsi-shuji"), open_page()
    enter(page, product.base_url, secretary)
    before = read(page, product.base_url)
    backups, machine = tmp_path / "backups", tmp_path / "machine"
    backups.mkdir()
    machine.mkdir()
    done = wangge(environment(product.var, 0), "backup", "--json", backups)  # while web and worker go on
    assert done.returncode == 0, done.stderr
    backup = Path(json.loads(done.stdout)["file"])

    env = environment(machine, free_port())
    env.pop("WANGGE_DATABASE_URL", None)
    done = wangge(env, "restore", backup)
    assert (done.returncode, f"no key file {machine / 'keys.json'}" in done.stderr) == (1, True)
    shutil.copy(product.var / "keys.json", machine / "keys.json")
    half = backups / "half.zip"
    half.write_bytes(backup.read_bytes()[:100_000])
    done = wangge(env, "restore", half)
    assert (done.returncode, "not a whole backup" in done.stderr) == (1, True)
    done = wangge(env, "restore", "--json", backup)
    found = json.loads(done.stdout)
    assert (done.returncode, found["wrong"]) == (0, [])
    assert found["check_ins"] > 100_000

    with served(env, machine) as url:
        other = open_page()
        enter(other, url, secretary)
        assert read(other, url) == before
