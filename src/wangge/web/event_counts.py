"""How a fact counts: for once, for a number it carries, for the sum of several."""

from collections.abc import Callable

from wangge.base.events.models import Event

Number = Callable[[Event], int]


def one(event: Event) -> int:
    return 1


def of(key: str) -> Number:
    """The count that the fact carries under a key: a number, or as many as a list is long."""

    def number(event: Event) -> int:
        value = event.data.get(key, 0)
        return len(value) if isinstance(value, list) else int(value)

    return number


def total(key: str) -> Number:
    return lambda event: sum(event.data.get(key, {}).values())
