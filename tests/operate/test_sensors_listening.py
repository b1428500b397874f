"""Door sensors over a real mosquitto: who may speak, and that nothing is lost or counted twice, whoever is killed."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from bench.doors import Door, Refused
from tests.operate.broker import Office, office, until


@pytest.fixture(scope="module")
def here(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = office(tmp_path_factory.mktemp("sensors"))
    made.start_broker()
    try:
        yield made
    finally:
        made.stop("listener")
        made.stop("broker")


async def for_a_while(doors: list[Door], work: Coroutine[Any, Any, None]) -> None:
    """The devices live while something else happens."""
    living = [asyncio.create_task(door.live()) for door in doors]
    try:
        await work
    finally:
        for one in living:
            one.cancel()
        await asyncio.gather(*living, return_exceptions=True)


async def receipts(doors: list[Door], seconds: float = 60) -> None:
    """Wait until nothing is kept any more."""
    for _ in range(int(seconds * 10)):
        if not any(door.kept for door in doors):
            return
        await asyncio.sleep(0.1)
    raise AssertionError({door.name: sorted(door.kept) for door in doors if door.kept})


def of(rows: list[list[Any]], boot: str) -> Counter[tuple[str, int]]:
    return Counter((code, number) for code, word, number, _said in rows if word == boot)


def test_only_a_device_with_its_secret_is_let_in_and_only_over_tls(here: Office) -> None:
    wrong = Door("MC0000", "not the secret", here.port, context=here.context)
    nobody = Door("MC9999", here.secrets["MC0000"], here.port, context=here.context)
    other = Door("MC0001", here.secrets["MC0000"], here.port, context=here.context)
    for one in (wrong, nobody, other):
        with pytest.raises(Refused):
            asyncio.run(one.open())
    plain = Door("MC0000", here.secrets["MC0000"], here.port)
    with pytest.raises((OSError, asyncio.IncompleteReadError)):
        asyncio.run(asyncio.wait_for(plain.open(), 10))


def test_a_device_speaks_under_its_own_name_alone(here: Office) -> None:
    here.start_listener()
    door = here.door("MC0000", boot="acl")

    async def speak() -> None:
        while door.writer is None:
            await asyncio.sleep(0.05)
        payload = b'{"kind": "opened", "boot": "acl", "seq": 77}'
        door.send(payload, "wangge/1/MC0001/event")
        door.send(payload, "wangge/1/MC0001/receipt")
        door.say("opened")
        await receipts([door])

    asyncio.run(for_a_while([door], speak()))
    here.stop("listener")
    assert of(here.rows(), "acl") == Counter({("MC0000", 1): 1}), "what it said in another's name is nowhere"


def test_a_broker_that_is_restarted_in_order_loses_nothing_though_its_devices_are_gone(here: Office) -> None:
    here.start_listener()
    first = here.door("MC0002", boot="known")

    async def known() -> None:
        first.say("closed")
        await receipts([first])

    asyncio.run(for_a_while([first], known()))  # the session exists from now on
    here.stop("listener")
    door = here.door("MC0003", boot="gone")

    async def speak() -> None:
        for _ in range(30):
            door.say(random.choice(("opened", "closed")))
        while door.acknowledged < 30:
            await asyncio.sleep(0.05)

    asyncio.run(for_a_while([door], speak()))
    assert len(door.kept) == 30, "there is no receipt: nobody listens"
    here.stop("broker")
    here.start_broker()
    here.start_listener()
    until(lambda: len(of(here.rows(), "gone")) == 30)
    here.stop("listener")
    assert set(of(here.rows(), "gone").values()) == {1}


def test_whoever_is_killed_nothing_is_lost_and_nothing_is_there_twice(here: Office) -> None:
    doors = [here.door(code, boot="kill", again=1.0) for code in sorted(here.secrets)[:8]]

    async def killing() -> None:
        for turn in range(4):
            for door in doors:
                for _ in range(5):
                    door.say(random.choice(("opened", "closed")))
            await asyncio.sleep(random.uniform(0.05, 0.6))
            which = ("broker", "listener")[turn % 2]
            await asyncio.to_thread(here.stop, which, signal.SIGKILL)
            await asyncio.to_thread(here.start_broker if which == "broker" else here.start_listener)
        await receipts(doors)

    here.start_listener()
    asyncio.run(for_a_while(doors, killing()))
    here.stop("listener")
    found = of(here.rows(), "kill")
    assert set(found) == {(door.name, number) for door in doors for number in range(1, 21)}, "something was lost"
    assert set(found.values()) == {1}, "something is there twice"
