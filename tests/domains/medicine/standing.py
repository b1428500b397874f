"""Somebody in the tiny city whose medicine runs out, with short words for what is done about it."""

import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.medicine.actions import cards, moving, taking
from wangge.domains.medicine.inputs import read_buy, read_hand, read_need
from wangge.domains.medicine.models import CardHand, Need
from wangge.domains.medicine.rules import Source, State
from wangge.domains.people.models import Person

SAID = {"name": "硝苯地平缓释片", "left": "6", "per_day": "2", "contact": "王小明"}
BOUGHT = {"price": "36.50", "handed": "50", "receipt": "A0017"}
HANDED = {"what": "硝苯地平缓释片", "count": "2盒", "received": "family", "taker": "王小明", "returned": "13.50"}


@dataclass
class Patient:
    """The grandparent of the first home; the grid worker works there, the secretary above."""

    tiny: Small

    @property
    def person(self) -> Person:
        return self.tiny.family[3]

    def by(self, username: str = "bingsi-1") -> By:
        return self.tiny.by(username)

    def takes(
        self, *, uuid: UUID | None = None, by: By | None = None, person: Person | None = None, **said: Any
    ) -> Need:
        typed = read_need(SAID | said, photo=bool(said.pop("photo", False)))
        return taking.take_need(
            person=person or self.person, typed=typed, source=Source.PHONE, by=by or self.by(), uuid=uuid
        )

    def until(self, state: State, need: Need | None = None) -> Need:
        """A need walked along its path up to a state, by the grid worker."""
        need = need or self.takes()
        worker = self.by()
        steps: list[tuple[State, Any]] = [
            (State.PLACED, lambda: self.at_the_pharmacy(need)),
            (State.BUYING, lambda: moving.give(need=need, to=self.tiny.accounts["bingsi-1"], by=worker)),
            (State.BOUGHT, lambda: moving.buy(need=need, typed=read_buy(BOUGHT), by=worker)),
            (State.ON_WAY, lambda: moving.set_out(need=need, by=worker)),
            (State.DELIVERED, lambda: moving.hand_over(need=need, typed=read_hand(HANDED), by=worker)),
            (State.CLOSED, lambda: moving.receive(need=need, by=self.by("bingsi-shuji"))),
        ]
        at = [reached for reached, _step in steps]
        begun = self.now(need).state
        done = at.index(State(begun)) + 1 if begun in at else 0
        for reached, step in steps[done : at.index(state) + 1]:
            step()
            assert self.now(need).state == reached
        return self.now(need)

    def at_the_pharmacy(self, need: Need) -> Need:
        shop = self.tiny.venues[2]
        return moving.place(need=need, where=shop.name, venue=shop.uuid, by=self.by())

    def now(self, need: Need) -> Need:
        """As it stands in the database."""
        return Need.objects.within(EVERYTHING).select_related("person__home", "post", "raised_to").get(pk=need.pk)

    def hands(self, person: Person | None = None, username: str = "bingsi-1") -> CardHand:
        return cards.take_card(person=person or self.person, by=self.by(username), uuid=uuid7())


def picture(kind: str = "JPEG", size: tuple[int, int] = (3000, 1200), **extra: Any) -> bytes:
    """A photo as a phone sends it."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", size, (200, 180, 160)).save(made, kind, **extra)
    return made.getvalue()
