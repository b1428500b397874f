"""What the hot paths keep in memory is read ahead of its time: nobody waits for it, and nothing is older than said."""

import asyncio
from collections.abc import Callable, Sequence
from threading import Event

import pytest

from wangge.hot import lookups
from wangge.hot.lookups import EVERY, KEPT, Fresh, Lookups, Reader


class Clock:
    """Seconds, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(lookups, "monotonic", lambda: self.now)
        monkeypatch.setattr(lookups, "close_old_connections", lambda: None)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


def test_a_value_is_read_anew_beside_those_who_ask(time: Clock) -> None:
    goes_on, read = Event(), []

    def reading(before: int | None) -> int:
        read.append(before)
        if before is not None:
            goes_on.wait(10)
        return len(read)

    async def story() -> None:
        value = Fresh(Reader("test"), reading)
        assert (value.now(), await value.get(), value.now()) == (None, 1, 1)
        time.now += EVERY * 0.6
        assert [value.now(), value.now()] == [1, 1]  # the second reading has begun, once, and nobody waits
        await until(lambda: len(read) == 2)
        goes_on.set()
        await until(lambda: value.known == 2)
        time.now += EVERY * 0.9
        assert value.now() == 2
        time.now += EVERY * 0.2  # as old as the moment in which its reading began, and a little
        assert value.now() is None or value.known > 2

    asyncio.run(story())


def test_what_was_looked_up_is_looked_up_again_before_it_is_too_old(time: Clock) -> None:
    asked: list[Sequence[str]] = []

    def look_up(keys: Sequence[str]) -> dict[str, int]:
        asked.append(list(keys))
        if len(asked) == 3:
            raise OSError("the database is away")
        return {key: len(asked) for key in keys}

    async def story() -> None:
        values: Lookups[str, int] = Lookups(Reader("test"), look_up, 10)
        assert (values.now("a"), await values.get("a"), values.now("a")) == (None, 1, 1)
        time.now += KEPT * 0.6
        assert values.now("a") == 1
        await until(lambda: values.now("a") == 2)
        time.now += KEPT * 0.6
        assert values.now("a") == 2  # asks for the third time, which fails: what is known stays good for its minute
        await until(lambda: len(asked) == 3)
        await asyncio.sleep(0.05)
        assert values.now("a") == 2
        time.now += KEPT * 0.5
        assert await values.get("a") >= 4
        assert {tuple(keys) for keys in asked} == {("a",)}

    asyncio.run(story())
