"""Stores, what lies in them as a ledger, transfers between them, what runs out, parcels for households. Nothing here
names a person; a distribution names doors."""

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Grid, Place
from wangge.domains.supplies.rules import ADDS, GOING, TAKES, Answered, Bag, Book, Came, Given, Kind, Way, Why

ADDING, TAKING = ([one.value for one in Book if one in some] for some in (ADDS, TAKES))
KEPT = 30
UNDERWAY = [one.value for one in Way if one in GOING]


class SupplyItem(models.Model):
    """What is kept: masks, gowns, vegetables; counted in ``unit``."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    name = models.CharField(max_length=40, unique=True)
    unit = models.CharField(max_length=10)

    privacy: dict[str, Declared] = {"name": open_("such as 口罩"), "unit": open_("such as 只")}

    def __str__(self) -> str:
        return self.name


class Store(models.Model):
    """Where supplies lie. ``grid``: a grid's own; ``checkpoint``: a gate's; ``post`` answers for it, and the level
    above that for what runs out in it."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    name = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stores")
    grid = models.ForeignKey(Grid, null=True, on_delete=models.PROTECT, related_name="stores")
    checkpoint = models.UUIDField(null=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="stores")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("such as 社区库房")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(closed_at__isnull=True), name="one_open_store_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Stock(models.Model):
    """How much of a lot lies in a store: the sum of its entries, kept with them. ``looked_at``: when it was last worked
    out whether it runs out; empty: it is to be done. ``first_at``: since when there has been some."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="stock")
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="stock", db_index=False)
    expires_on = models.DateField(null=True)
    amount = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"expires_on": open_("of a lot")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "item", "expires_on"], name="one_stock_of_a_lot"),
            models.UniqueConstraint(
                fields=["store", "item"], condition=Q(expires_on__isnull=True), name="one_stock_without_a_date"
            ),
        ]
        indexes = [models.Index(fields=["id"], name="stock_to_look_at", condition=Q(looked_at__isnull=True))]


class Shipment(models.Model):
    """A transfer of one item. It leaves a stock when the giving side says so and is in another when the receiving side
    has counted it; ``arrived`` may be fewer than ``amount``, and the rest is missing on the way."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    origin = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="sent")
    to = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="coming")
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Way])
    asked_at = models.DateTimeField()
    asked_post = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_post = models.UUIDField(null=True)
    arrived = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_post = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(origin=F("to")), name="a_transfer_goes_elsewhere"),
            models.CheckConstraint(
                condition=Q(arrived__isnull=True) | Q(arrived__lte=F("amount")), name="no_more_arrives_than_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(way__in=UNDERWAY, ended_at__isnull=True)
                | (~Q(way__in=UNDERWAY) & Q(ended_at__isnull=False)),
                name="a_transfer_ends_at_a_time",
            ),
        ]


class Parcel(models.Model):
    """A distribution: what each household of an area gets, by how many live there. It ends with its Response."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="parcels")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="parcels")
    name = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    begun_post = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("such as 蔬菜包第一批")}

    def __str__(self) -> str:
        return self.name


class ParcelItem(models.Model):
    """How many of an item are in a parcel of each size."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    small = models.PositiveIntegerField()
    middle = models.PositiveIntegerField()
    large = models.PositiveIntegerField()

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "item"], name="an_item_once_in_a_parcel")]


class ParcelDoor(models.Model):
    """One door of a distribution's list, frozen when it began: ``people`` known to live there then, the parcel's size,
    and what came of it. Each door once."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="doors")
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="parcels_given")
    people = models.PositiveSmallIntegerField()
    bag = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Bag])
    given = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Given], default=Given.WAITING)
    at = models.DateTimeField(null=True)
    account = models.UUIDField(null=True)

    objects = ScopedManager["ParcelDoor"]()
    scope_place = "door"
    kept = Kept(response="parcel__response")
    privacy: dict[str, Declared] = {"door": personal(KEPT, "which household was given a parcel")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "door"], name="each_door_once")]


class SupplyEntry(models.Model):
    """A line of the ledger: append-only. ``batch`` was made by whoever sent it: twice is once. ``number``: of a
    delivery note. A mask given to a passer-by is a line of one with no name."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    batch = models.UUIDField(db_index=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="entries", db_index=False)
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    expires_on = models.DateField(null=True)
    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Book])
    amount = models.IntegerField()
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    came = models.CharField(max_length=6, blank=True, choices=[(one.value, one.value) for one in Came])
    why = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Why])
    number = models.CharField(max_length=40, blank=True)
    shipment = models.ForeignKey(Shipment, null=True, on_delete=models.PROTECT, related_name="entries")
    parcel = models.ForeignKey(Parcel, null=True, on_delete=models.PROTECT, related_name="entries")
    undoes = models.UUIDField(null=True, unique=True)

    privacy: dict[str, Declared] = {"expires_on": open_(), "number": open_("of a delivery note")}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ADDING, amount__gt=0) | Q(kind__in=TAKING, amount__lt=0) | Q(kind=Book.COUNTED),
                name="an_entry_goes_its_way",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Book.COUNTED) | Q(amount=0) | ~Q(why=""), name="a_correction_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["store", "item", "at"], name="entry_of_a_store")]


class Shortage(models.Model):
    """Something runs out in a store. It is the work of ``post`` until ``until``, an answer or none; then of the level
    above that. It ends by itself when there is enough again."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="shortages")
    item = models.ForeignKey(SupplyItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    days = models.PositiveIntegerField()
    since = models.DateTimeField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="shortages")
    until = models.DateTimeField()
    protocol = models.CharField(max_length=40)
    clause = models.CharField(max_length=80)
    answered = models.CharField(max_length=7, blank=True, choices=[(one.value, one.value) for one in Answered])
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"protocol": open_("a file's name"), "clause": open_()}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "item"], condition=Q(ended_at__isnull=True), name="one_open_shortage_of_an_item"
            ),
        ]
        indexes = [models.Index(fields=["until"], name="shortage_until", condition=Q(ended_at__isnull=True))]
