"""A paste from the group chat, read against the doors that somebody may work at and the bank of questions."""

from functools import cache
from pathlib import Path

import yaml

import wangge
from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.domains.asking.chat.doors import Places, within
from wangge.domains.asking.chat.meaning import Words, read_words
from wangge.domains.asking.chat.reading import Said, read_chat
from wangge.domains.places.finding import Spot
from wangge.domains.places.models import Place
from wangge.domains.places.queries.homes import read_books
from wangge.domains.places.queries.scoped import reach
from wangge.domains.places.rules import Kind

#: Chats are of one compound; the places of a city are not searched for 3-2-501.
MOST_COMMUNITIES = 20


@cache
def chat_words() -> Words:
    """What residents say, and which answer it is."""
    text = (Path(wangge.__file__).parent / "data" / "chat_words.yaml").read_text(encoding="utf-8")
    return read_words(yaml.safe_load(text))


def read_paste(scope: Scope, text: str) -> tuple[Said, ...]:
    """Every line of a paste; doors outside the scope are told apart from doors nobody knows."""
    found = Place.objects.filter(kind=Kind.COMMUNITY, path__in=reach(scope))
    below = Place.objects.filter(scope.q(), kind=Kind.COMMUNITY)
    communities = list((found | below).order_by("path")[:MOST_COMMUNITIES])
    books = list(read_books(communities, {}).values())
    mine = [within(book, lambda spot: scope.covers(spot.path, _grid(spot))) for book in books]
    return read_chat(text, Places(mine, books), chat_words(), clock.now().astimezone(clock.LOCAL).replace(tzinfo=None))


def _grid(spot: Spot) -> int | None:
    return spot.grid if spot.grid is not None else spot.parent.grid if spot.parent else None


def doors_of(scope: Scope, keys: list[int]) -> dict[int, Place]:
    """Places of a scope by key, as the candidates name them."""
    return Place.objects.filter(scope.q(), pk__in=keys).in_bulk()
