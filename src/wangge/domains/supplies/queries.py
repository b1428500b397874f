"""Named reads of supplies: which stores somebody keeps, what lies in them, how long it lasts, what is on the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, under
from wangge.domains.duty.queries import posts_answered_by
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT, ancestors, community_path
from wangge.domains.protocol.queries import in_force, open_responses
from wangge.domains.protocol.rules_supplies import Supplies
from wangge.domains.supplies.models import (
    ParcelDoor,
    ParcelItem,
    Shipment,
    Shortage,
    Stock,
    Store,
    SupplyEntry,
    SupplyItem,
)
from wangge.domains.supplies.rules import (
    OUTSTANDING,
    USE,
    Bag,
    Book,
    Lot,
    Outlook,
    Way,
    expires_soon,
    observed_hours,
    wanted,
)

DEEP = COMMUNITY_LEVEL * SEGMENT
MOST_PARTNERS = 200


def leads(by: By) -> bool:
    """Whether somebody may open and close stores: whoever appoints, or opens records, not a gate's own post."""
    return by.may(Right.MANAGE_POSTS) or by.may(Right.OPEN_RECORD)


def _kept(scope: Scope) -> Q:
    """The stores of a scope: what lies in its places, its grids' own, and what its community has for all of it."""
    if scope.everything:
        return Q()
    wide = {prefix for prefix in scope.prefixes if len(prefix) <= DEEP}
    narrow = {community_path(prefix) for prefix in scope.prefixes if len(prefix) > DEEP}
    if scope.grids:
        grids = Grid.objects.filter(pk__in=scope.grids).select_related("community")
        narrow |= {one.community.path for one in grids}
    found = Q(grid__in=scope.grids) if scope.grids else Q(pk__in=())
    for prefix in wide:
        found |= under(prefix, "place")
    for prefix in narrow:
        found |= under(prefix, "place") & Q(grid__isnull=True)
    return found


def stores(scope: Scope) -> QuerySet[Store]:
    """The stores that somebody keeps, open ones first, from the city down."""
    found = Store.objects.filter(_kept(scope)).select_related("place", "grid", "post")
    return found.order_by(F("closed_at").desc(nulls_first=True), "place__path", "name", "id")


def store(scope: Scope, uuid: UUID) -> Store:
    """Raises Store.DoesNotExist, also for another place's."""
    return stores(scope).get(uuid=uuid)


def keeps(by: By, one: Store) -> bool:
    """Whether somebody keeps a store."""
    if by.system:
        return True
    return by.may(Right.KEEP_SUPPLIES) and stores(by.scope(Right.KEEP_SUPPLIES)).filter(pk=one.pk).exists()


def partners(one: Store) -> QuerySet[Store]:
    """With which stores a store may exchange: those around it, and those of its township or of what it is for."""
    around = [*ancestors(one.place.path), one.place.path]
    near = one.place.path[: min(len(one.place.path), DEEP - SEGMENT)]
    found = Store.objects.filter(Q(place__path__in=around) | under(near, "place"), closed_at__isnull=True)
    return found.exclude(pk=one.pk).select_related("place").order_by("place__path", "name")[:MOST_PARTNERS]


def items() -> QuerySet[SupplyItem]:
    """Everything that is kept anywhere, by name."""
    return SupplyItem.objects.order_by("name")


def item(uuid: UUID | None) -> SupplyItem | None:
    """An item by its id."""
    return SupplyItem.objects.filter(uuid=uuid).first() if uuid else None


def known(batch: UUID | None) -> bool:
    """Whether something was booked under this id already."""
    return batch is not None and SupplyEntry.objects.filter(batch=batch).exists()


def shipment_known(uuid: UUID | None) -> Shipment | None:
    """A transfer by the id it was sent with, for a verb that is asked twice."""
    return Shipment.objects.select_related("origin", "to", "item").filter(uuid=uuid).first() if uuid else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the edition in force at a place says of supplies, and its name."""

    edition: str
    said: Supplies


def terms_at(places: Iterable[Place]) -> dict[int, Terms]:
    """For each place, by key, the terms of the narrowest open Response around it; the standing ones where none is."""
    found = list(open_responses().select_related("area").prefetch_related("phases"))
    found.sort(key=lambda one: -len(one.area.path))
    editions = [(one.area.path, in_force(one)) for one in found]
    standing = Terms("-", Supplies())
    return {
        place.pk: next(
            (Terms(said.key, said.supplies) for path, said in editions if place.path.startswith(path)), standing
        )
        for place in places
    }  # fmt: skip


@dataclass(slots=True)
class Line:
    """One item of one store. ``stock``: its lots; ``outlook``: how long it lasts; ``terms``: by which edition."""

    item: SupplyItem
    terms: Terms
    stock: list[Stock] = field(default_factory=list)
    outlook: Outlook = field(default_factory=lambda: Outlook(0, 0, 24))
    expired: int = 0
    soon: bool = False

    @property
    def total(self) -> int:
        return sum(one.amount for one in self.stock)

    @property
    def below(self) -> bool:
        """More went out than was booked in."""
        return any(one.amount < 0 for one in self.stock)

    @property
    def low(self) -> bool:
        return self.outlook.low(self.terms.said.low_days)


Key = tuple[int, int]  # a store and an item


def lines(chosen: Iterable[Store], now: datetime) -> dict[Key, Line]:
    """What lies in these stores, item by item in the order of their names, from a few statements however many."""
    by_key = {one.pk: one for one in chosen}
    terms = terms_at([one.place for one in by_key.values()])
    found: dict[Key, Line] = {}
    rows = Stock.objects.filter(store__in=by_key).select_related("item").order_by("item__name", "expires_on", "id")
    for row in rows:
        key = (row.store_id, row.item_id)
        found.setdefault(key, Line(row.item, terms[by_key[row.store_id].place_id])).stock.append(row)
    used, coming, planned = _used(found, now), _coming(by_key), _planned(by_key)
    today = clock.day_of(now)
    for key, one in found.items():
        lots = [Lot(row.expires_on, row.amount) for row in one.stock]
        first = min(row.first_at for row in one.stock)
        one.outlook = Outlook(
            sum(lot.amount for lot in lots if lot.usable(today)), used.get(key, 0),
            observed_hours(first, now, one.terms.said.look_days), planned.get(key, 0), coming.get(key, 0),
        )  # fmt: skip
        one.expired = sum(lot.amount for lot in lots if not lot.usable(today))
        one.soon = any(expires_soon(lot, today, one.terms.said.expiry_days) for lot in lots)
    return found


def _used(found: Mapping[Key, Line], now: datetime) -> dict[Key, int]:
    """What was used in the days that each edition looks back on: one statement for each number of days."""
    by_days: dict[int, set[int]] = defaultdict(set)
    for (place, _item), one in found.items():
        by_days[one.terms.said.look_days].add(place)
    used: dict[Key, int] = {}
    for days, at in by_days.items():
        rows = SupplyEntry.objects.filter(store__in=at, kind__in=list(USE), at__gt=now - timedelta(days=days))
        for row in rows.values("store", "item").annotate(number=Sum("amount")).order_by():
            used[row["store"], row["item"]] = -row["number"]
    return used


def _coming(stores_: Iterable[int]) -> dict[Key, int]:
    rows = Shipment.objects.filter(to__in=list(stores_), way=Way.ON_WAY).values("to", "item")
    return {(row["to"], row["item"]): row["number"] for row in rows.annotate(number=Sum("amount")).order_by()}


def _planned(stores_: Iterable[int]) -> dict[Key, int]:
    """What open distributions still need of each store's items."""
    doors = ParcelDoor.objects.within(EVERYTHING).filter(
        parcel__store__in=list(stores_), parcel__closed_at__isnull=True, given__in=list(OUTSTANDING)
    )
    homes: dict[int, dict[Bag, int]] = defaultdict(dict)
    for row in doors.values("parcel", "bag").annotate(number=Count("pk")).order_by():
        homes[row["parcel"]][Bag(row["bag"])] = row["number"]
    found: dict[Key, int] = defaultdict(int)
    for one in ParcelItem.objects.filter(parcel__in=list(homes)).select_related("parcel"):
        found[one.parcel.store_id, one.item_id] += wanted(homes[one.parcel_id], amounts(one))
    return dict(found)


def amounts(one: ParcelItem) -> dict[Bag, int]:
    """How many of an item are in a parcel of each size."""
    return {bag: getattr(one, bag.value) for bag in Bag}


def balance(one: Store, item: SupplyItem) -> dict[Book, int]:
    """How the stock of an item came about, by kind of entry; together they are the stock."""
    rows = SupplyEntry.objects.filter(store=one, item=item).values("kind").annotate(number=Sum("amount")).order_by()
    return {Book(row["kind"]): row["number"] for row in rows}


def ledger(one: Store, item: UUID | None = None) -> QuerySet[SupplyEntry]:
    """The lines of a store, of one item or of all, the latest first."""
    found = SupplyEntry.objects.filter(store=one).select_related("item", "shipment__origin", "shipment__to")
    return (found.filter(item__uuid=item) if item else found).order_by("-at", "-id")


def stock(one: Store, uuid: UUID) -> Stock:
    """A lot in a store. Raises Stock.DoesNotExist."""
    return Stock.objects.select_related("item").get(store=one, uuid=uuid)


def handed_by(one: Store, account: UUID | None, since: datetime) -> SupplyEntry | None:
    """What somebody handed over last, if it is no longer ago than that and was not taken back."""
    mine = SupplyEntry.objects.filter(store=one, account=account, kind=Book.HANDED, at__gte=since)
    undone = SupplyEntry.objects.filter(store=one, undoes__isnull=False, at__gte=since).values("undoes")
    return mine.exclude(uuid__in=undone).select_related("item").order_by("-at", "-id").first()


def handed_on(one: Store, since: datetime) -> dict[int, int]:
    """How many of each item, by key, were handed over since an instant."""
    rows = SupplyEntry.objects.filter(store=one, kind__in=(Book.HANDED, Book.UNDONE), at__gte=since)
    return {row["item"]: -row["number"] for row in rows.values("item").annotate(number=Sum("amount")).order_by()}


def transfers(chosen: Iterable[Store]) -> QuerySet[Shipment]:
    """Transfers from and to some stores: what is under way first, then the latest."""
    keys = [one.pk for one in chosen]
    found = Shipment.objects.filter(Q(origin__in=keys) | Q(to__in=keys)).select_related("origin", "to", "item")
    return found.order_by(F("ended_at").desc(nulls_first=True), "-asked_at", "-id")


def to_answer(scope: Scope) -> QuerySet[Shipment]:
    """What waits for a yes of those who keep these stores: asked of them, or on the way to them."""
    mine = stores(scope).order_by().values("pk")
    found = Shipment.objects.filter(Q(origin__in=mine, way=Way.ASKED) | Q(to__in=mine, way=Way.ON_WAY))
    return found.select_related("origin", "to", "item").order_by("asked_at", "id")


def shipment(scope: Scope, uuid: UUID) -> Shipment:
    """Raises Shipment.DoesNotExist for one that neither comes from nor goes to one's stores."""
    mine = stores(scope).order_by().values("pk")
    found = Shipment.objects.filter(Q(origin__in=mine) | Q(to__in=mine))
    return found.select_related("origin__place", "to__place", "item").get(uuid=uuid)


def shortages(chosen: Iterable[Store]) -> QuerySet[Shortage]:
    """What runs out in some stores."""
    found = Shortage.objects.filter(store__in=[one.pk for one in chosen], ended_at__isnull=True)
    return found.select_related("store", "item", "post").order_by("days", "since", "id")


def my_shortages(account: UUID | None) -> QuerySet[Shortage]:
    """What runs out below somebody and is theirs to answer now, what is gone first first."""
    found = Shortage.objects.filter(post__in=posts_answered_by(account), ended_at__isnull=True)
    return found.select_related("store__place", "item", "post").order_by("days", "since", "id")


def to_look_at(most: int) -> list[Key]:
    """The stocks of which it has not been worked out since they changed whether they run out."""
    rows = Stock.objects.filter(looked_at__isnull=True).order_by("id").values_list("store", "item")[:most]
    return list(dict.fromkeys(rows))
