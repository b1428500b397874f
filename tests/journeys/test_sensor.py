"""A door sensor from the store to its last silence: explained, fitted, asked after, ended by one tap, taken down."""

import asyncio
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.doors import Door
from playwright.sync_api import Page, expect
from tests.journeys.coding import told
from tests.journeys.product import ROOT, Product, end, environment, free_port
from tests.operate.broker import until

import mosquitto

pytestmark = pytest.mark.journey
CODE = f"MC{int(time.time()) % 10**8}"  # a city is used again by whoever writes journeys
Open = Callable[..., Page]
SignIn = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
Say = Callable[..., None]


def test_a_sensor_asks_and_never_shuts(
    product: Product, open_page: Open, sign_in: SignIn, looked_at: Look, tmp_path: Path
) -> None:
    case = told(product.var, "sensing.py", "order")
    secretary = open_page()
    sign_in(secretary, "bingsi-shuji")
    secret = _the_secretary_issues_one(secretary)
    with listening(product, tmp_path) as port, living(Door(CODE, secret, port)) as says:
        worker = open_page(phone=True)
        sign_in(worker, case["worker"])
        address = _the_worker_explains_and_fits_it(worker, _at_door(product, case, "fit_sensor"), case, looked_at)
        resident = open_page(phone=True)
        _an_opening_is_a_question(product, worker, says, case)
        _one_that_was_expected_is_none(product, worker, says, case)
        _the_resident_sees_everything_and_ends_it(resident, address, says, looked_at)
        _it_is_taken_off_and_fitted_again(product, worker, case)
        _with_the_order_it_is_silent_and_taken_down(product, worker, says, case)


def _the_secretary_issues_one(secretary: Page) -> str:
    secretary.goto("/desk/sensors/new")
    secretary.locator("[name=code]").fill(CODE)
    secretary.locator("input[name=kind][value=door]").check()
    secretary.locator("main form .form-end button").click()
    expect(secretary.locator("dd.code")).not_to_have_count(0)
    found = re.search(r"[A-Za-z0-9_-]{32}", secretary.locator("main").inner_text())
    assert found
    return found.group()


@contextmanager
def listening(product: Product, folder: Path) -> Iterator[int]:
    """A real broker with the files that the product writes for it, and the product's own listener."""
    port = free_port()
    env = environment(product.var, 0) | {"WANGGE_BROKER": f"mqtt://127.0.0.1:{port}"}
    words = ["sensors", "broker-config", str(folder / "broker"), "--plain", "--port", str(port), "--runs-as", "root"]
    subprocess.run([sys.executable, "-m", "wangge", *words], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    commands = ([mosquitto.ready(), "-c", str(folder / "broker" / "mosquitto.conf")],
                [sys.executable, "-m", "wangge", "sensors"])  # fmt: skip
    with (folder / "sensors.log").open("wb") as log:
        running = [subprocess.Popen(one, cwd=ROOT, env=env, stdout=log, stderr=log) for one in commands]
    try:
        yield port
    finally:
        for one in reversed(running):
            end(one)


@contextmanager
def living(device: Door) -> Iterator[Say]:
    """The device is on, in a thread beside the browser's. Yields how it says something and waits for the receipt."""
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_on(device, ready)))
    thread.start()
    loop, off = ready.result(10)

    def says(kind: str, *, ago: int = 0) -> None:
        now, before = int(time.time()), len(device.told)
        loop.call_soon_threadsafe(lambda: device.say(kind, at=now - ago, sent=now))
        until(lambda: len(device.told) > before)

    try:
        yield says
    finally:
        loop.call_soon_threadsafe(off.set)
        thread.join(10)


async def _on(device: Door, ready: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]") -> None:
    off, life = asyncio.Event(), asyncio.create_task(device.live())
    ready.set_result((asyncio.get_running_loop(), off))
    await off.wait()
    life.cancel()
    await asyncio.gather(life, return_exceptions=True)


def _at_door(product: Product, case: dict[str, str], kind: str) -> str:
    """The page of the door, once this is to be done there."""
    found: dict[str, str] = {}

    def there() -> bool:
        found.update(told(product.var, "sensing.py", "door", case["order"]))
        return kind in found["kinds"].split(",")

    until(there)
    return found["door"]


def _the_worker_explains_and_fits_it(worker: Page, door: str, case: dict[str, str], looked_at: Look) -> str:
    """The promise is signed with the order's paper; then the sensor. Returns the address for whoever lives there."""
    if worker.locator("form[action='/rule/first-shift/read'] button").count():
        worker.locator("form[action='/rule/first-shift/read'] button").click()
    worker.goto(door)
    worker.locator("a", has_text=f"{case['name']}的隔离通知书").click()
    worker.locator("input[name=signed][value=signed]").check()
    worker.locator("form:has(input[name=signed]) .form-end button").click()
    worker.goto(f"{door}sensor")
    expect(worker.locator("main")).to_contain_text("不锁门")
    worker.locator("#sensor").select_option(label=CODE)
    worker.locator("form:has(#sensor) button").click()
    worker.locator("details summary").first.click()
    looked_at(worker, "sensor-fitted")
    address = (worker.locator("details p.code").text_content() or "").strip()
    _done_by_phone(worker, door)
    return address


def _done_by_phone(worker: Page, door: str) -> None:
    """Everything at the door is done; by phone, so that nobody of ours stood there in the next half hour."""
    worker.goto(f"{door}?by=phone")
    worker.locator("section.outcomes button[value=done]").last.click()


def _an_opening_is_a_question(product: Product, worker: Page, says: Say, case: dict[str, str]) -> None:
    says("opened", ago=7200)
    door = _at_door(product, case, "ask_after_opening")
    worker.goto(door)
    expect(worker.locator("main")).to_contain_text("要不要帮忙")
    expect(worker.locator("main")).not_to_contain_text("违")
    worker.goto(f"{door}sensor")
    worker.locator("input[name=ground][value=delivery]").check()
    worker.locator("form:has(input[name=ground]) button").click()
    _done_by_phone(worker, door)
    until(lambda: "ask_after_opening" not in told(product.var, "sensing.py", "door", case["order"])["kinds"].split(","))


def _one_that_was_expected_is_none(product: Product, worker: Page, says: Say, case: dict[str, str]) -> None:
    says("opened")
    says("closed")
    time.sleep(2)  # the worker looks twice a second
    assert "ask_after_opening" not in told(product.var, "sensing.py", "door", case["order"])["kinds"]


def _the_resident_sees_everything_and_ends_it(resident: Page, address: str, says: Say, looked_at: Look) -> None:
    resident.goto(address)
    expect(resident.locator("main ul li", has_text="门打开")).to_have_count(2)
    expect(resident.locator("main ul li", has_text="门关上")).to_have_count(1)
    looked_at(resident, "sensor-resident")
    resident.locator("form[action$='/end'] button").click()
    expect(resident.locator("main")).to_contain_text("为安全已停")
    says("opened")
    resident.reload()
    expect(resident.locator("main ul li", has_text="门打开")).to_have_count(2)


def _it_is_taken_off_and_fitted_again(product: Product, worker: Page, case: dict[str, str]) -> None:
    door = _at_door(product, case, "remove_sensor")
    worker.goto(f"{door}sensor")
    worker.locator("form[action$='/off'] button").click()
    worker.locator("#sensor").select_option(label=CODE)
    worker.locator("form:has(#sensor) button").click()
    expect(worker.locator("form[action$='/safety']")).to_be_visible()


def _with_the_order_it_is_silent_and_taken_down(
    product: Product, worker: Page, says: Say, case: dict[str, str]
) -> None:
    told(product.var, "sensing.py", "over", case["order"])
    door = _at_door(product, case, "remove_sensor")
    worker.goto(f"{door}sensor")
    expect(worker.locator("main")).to_contain_text("已没有生效的措施")
    worker.locator("form[action$='/off'] button").click()
    expect(worker.locator("main")).not_to_contain_text(CODE)
    says("opened")
    assert told(product.var, "sensing.py", "door", case["order"])["kinds"].find("ask_after_opening") == -1
