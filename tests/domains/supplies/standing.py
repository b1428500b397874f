"""A community's store room and its township's warehouse, with short words for what is done there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.supplies import queries
from wangge.domains.supplies.actions import booking
from wangge.domains.supplies.inputs import read_in
from wangge.domains.supplies.models import Stock, Store, SupplyEntry, SupplyItem
from wangge.domains.supplies.rules import Kind


@dataclass
class Shelf:
    """``room`` is kept by the community, ``warehouse`` by the township."""

    tiny: Small

    def __post_init__(self) -> None:
        self.room = self.opens("community", "bingsi-shuji", "社区库房", Kind.COMMUNITY)
        self.warehouse = self.opens("town", "qiaodong", "街道仓库", Kind.WAREHOUSE)

    def opens(self, place: str, post: str, name: str, kind: Kind, **more: Any) -> Store:
        return booking.open_store(
            name=name, kind=kind, place=self.tiny.places[place], post=self.tiny.posts[post], by=self.tiny.by(post),
            **more,
        )  # fmt: skip

    def comes(
        self, amount: int = 100, *, store: Store | None = None, username: str = "bingsi-shuji",
        uuid: UUID | None = None, name: str = "口罩", **said: str,
    ) -> SupplyItem:  # fmt: skip
        typed = read_in({"name": name, "unit": "只", "amount": str(amount), "came": "office"} | said)
        booking.take_in(store=store or self.room, typed=typed, by=self.tiny.by(username), uuid=uuid)
        return SupplyItem.objects.get(name=name)

    def hands(self, item: SupplyItem, amount: int = 1, username: str = "bingsi-1", uuid: UUID | None = None) -> UUID:
        own = uuid or uuid7()
        booking.hand_over(store=self.room, item=item, amount=amount, by=self.tiny.by(username), uuid=own)
        return own

    def there(self, item: SupplyItem, store: Store | None = None) -> dict[str, int]:
        """What lies there, by the day until which it keeps."""
        rows = Stock.objects.filter(store=store or self.room, item=item)
        return {str(row.expires_on or ""): row.amount for row in rows}

    def adds_up(self) -> bool:
        """Whether every stock is the sum of its entries."""
        for row in Stock.objects.all():
            entries = SupplyEntry.objects.filter(store=row.store, item=row.item, expires_on=row.expires_on)
            if sum(entries.values_list("amount", flat=True)) != row.amount:
                return False
        return all(
            sum(queries.balance(row.store, row.item).values())
            == sum(Stock.objects.filter(store=row.store, item=row.item).values_list("amount", flat=True))
            for row in Stock.objects.all()
        )
