"""A store of each side of the tiny city, with something that runs out and something on the way to it."""

from dataclasses import dataclass

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.supplies.actions import booking, giving, running_out, sending
from wangge.domains.supplies.inputs import ItemInput, ParcelInput, ParcelLine, read_in
from wangge.domains.supplies.models import Parcel, Shipment, Shortage, Stock, Store
from wangge.domains.supplies.rules import Kind


@dataclass(frozen=True)
class Stored:
    """What was made."""

    store: Store
    lot: Stock
    shipment: Shipment
    shortage: Shortage
    parcel: Parcel


def stored(tiny: Small, key: str, secretary: str) -> Stored:
    """A hundred masks of which ninety went today; ten of another store's are on the way."""
    room, other = (_store(tiny, key, secretary, name) for name in ("库房", "门岗"))
    typed = read_in({"name": "口罩", "unit": "只", "amount": "100", "came": "bought"})
    for one in (room, other):
        booking.take_in(store=one, typed=typed, by=SYSTEM)
    lot = Stock.objects.select_related("item").get(store=room)
    booking.hand_over(store=room, item=lot.item, amount=90, by=SYSTEM, uuid=uuid7())
    running_out.look(now=clock.now(), by=SYSTEM)
    shipment = sending.ask(origin=other, to=room, item=lot.item, amount=10, by=SYSTEM)
    line = ParcelLine(ItemInput(lot.item.uuid, "", ""), 1, 2, 3)
    typed_parcel = ParcelInput("第一批", None, (line,))
    parcel = giving.begin(store=room, area=tiny.places[key], typed=typed_parcel, by=SYSTEM)
    return Stored(room, lot, shipment, Shortage.objects.get(store=room), parcel)


def _store(tiny: Small, key: str, secretary: str, name: str) -> Store:
    return booking.open_store(
        name=name, kind=Kind.COMMUNITY, place=tiny.places[key], post=tiny.posts[secretary], by=SYSTEM
    )
