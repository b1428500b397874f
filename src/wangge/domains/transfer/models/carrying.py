"""Sites, vehicles, who is to be taken, plans, hand-overs and alarms: all of one Response, and gone with it."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from wangge.base import sealing
from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.people.moves import Moves
from wangge.domains.places.models import Place
from wangge.domains.transfer.models.meeting import MeetingPoint
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm

KEPT = 30


class TransferSite(models.Model):
    """A place of isolation that takes people in: its rooms by kind, the zones that are set up, what it can care for.

    ``where``: central or hospital, as a protocol's measure says. ``desk``: the post that receives people there.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField(db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="transfer_sites")
    desk = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="desk_of")
    where = models.CharField(max_length=8)
    single = models.PositiveIntegerField(default=0)
    family = models.PositiveIntegerField(default=0)
    accessible = models.PositiveIntegerField(default=0)
    staff = models.PositiveIntegerField(default=0)
    zones: Any = models.JSONField(default=list)
    cares: Any = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"zones": open_(), "cares": open_(), "where": open_()}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "place"], condition=Q(closed_at__isnull=True), name="one_open_site_per_place"
            )
        ]


class TransferVehicle(models.Model):
    """A vehicle with its driver's post. ``name``: as people know it, such as 3号车."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField(db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="transfer_vehicles")
    name = models.CharField(max_length=20)
    seats = models.PositiveIntegerField()
    driver = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="drives")
    escort = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="escorts")
    free_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_("such as 3号车")}

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seats__gte=1), name="a_vehicle_has_a_seat")]


class TransferPlan(models.Model):
    """Trips as they were proposed or moved by hand; ``cost`` and ``bound`` in minutes of vehicles (0: no bound).

    ``sealed``: why it was adopted with faults.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        ADOPTED = "adopted"
        REPLACED = "replaced"

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField(db_index=True)
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    day = models.DateField()
    cost = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    by_hand = models.BooleanField(default=False)
    faults: Any = models.JSONField(default=list)
    sealed = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    post = models.UUIDField(null=True)
    adopted_at = models.DateTimeField(null=True)

    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "day": open_(), "faults": open_("codes"), "sealed": personal(KEPT, "why it was adopted all the same"),
    }  # fmt: skip


class Trip(models.Model):
    """One way of one vehicle. ``stops``: place, arrival and departure of each; ``people``: the ids of those it is
    planned for, who are seated once the plan is adopted; ``meal`` and ``toilet``: planned."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    plan = models.ForeignKey(TransferPlan, on_delete=models.CASCADE, related_name="trips")
    number = models.PositiveIntegerField()
    vehicle = models.ForeignKey(TransferVehicle, on_delete=models.PROTECT, related_name="trips")
    site = models.ForeignKey(TransferSite, on_delete=models.PROTECT, related_name="trips")
    stops: Any = models.JSONField(default=list)
    people: Any = models.JSONField(default=list)
    begins_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    meal = models.BooleanField(default=False)
    toilet = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    meal_at = models.DateTimeField(null=True)
    toilet_at = models.DateTimeField(null=True)
    rest_at = models.DateTimeField(null=True)

    kept = Kept(response="plan__response")
    privacy: dict[str, Declared] = {
        "stops": open_("places and times"), "people": personal(KEPT, "ids of those it is planned for"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(arrives_at__gte=F("begins_at")), name="a_trip_arrives_later"),
            models.UniqueConstraint(fields=["plan", "number"], name="a_trip_has_its_number"),
        ]


class Passenger(models.Model):
    """Somebody to be taken. ``door``: where they are fetched; ``hand`` and ``holder``: the one hand they are in now.

    ``order``: the order it rests on; empty for somebody who goes along of their own will so that another is not alone.
    ``point``: the meeting point where they arrive; ``person`` is empty for them, ``sealed`` holds name and number,
    ``party`` says who came together, ``came_at`` when they were there. ``sealed``: their needs, too.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="transfers")
    point = models.ForeignKey(MeetingPoint, null=True, on_delete=models.PROTECT, related_name="arrivals")
    party = models.UUIDField(null=True, db_index=True)
    due_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="transfers")
    order = models.UUIDField(null=True, db_index=True)
    role = models.CharField(max_length=24)
    where = models.CharField(max_length=8)
    until = models.DateField(null=True)
    sealed = models.BinaryField(default=bytes)
    listed_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    hand = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Hand], default=Hand.DOOR)
    holder = models.UUIDField(null=True)
    since = models.DateTimeField()
    trip = models.ForeignKey(Trip, null=True, on_delete=models.SET_NULL, related_name="passengers")
    site = models.ForeignKey(TransferSite, null=True, on_delete=models.PROTECT, related_name="guests")
    room = models.CharField(max_length=12, blank=True)
    off_at = models.DateTimeField(null=True)
    off_why = models.CharField(max_length=24, blank=True)

    objects = ScopedManager["Passenger"]()
    scope_place = "door"
    merging = {"person": Moves(once=("response",), among={"off_at__isnull": True})}
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "person": sensitive(KEPT, "who is taken where"), "door": personal(KEPT, "where they are fetched"),
        "role": open_("a word of the protocol"), "where": open_(), "until": open_(),
        "sealed": sensitive(KEPT, "needs on the way; of whoever arrives, name and number"), "room": personal(KEPT),
        "off_why": open_("a code"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "person"], condition=Q(off_at__isnull=True), name="once_on_the_list"
            ),
            models.CheckConstraint(
                condition=Q(hand__in=["door", "meeting"], holder__isnull=True)
                | (~Q(hand__in=["door", "meeting"]) & Q(holder__isnull=False)),
                name="one_hand_holds_each",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, point__isnull=True)
                | Q(person__isnull=True, point__isnull=False, party__isnull=False),
                name="known_by_the_register_or_by_a_point",
            ),
        ]

    @property
    def name(self) -> str:
        """Of the register; of whoever arrives, as it was typed. Log the look before showing it."""
        if self.person:
            return self.person.name
        return str(sealing.unseal("wangge_passenger", self.uuid, self.sealed).get("name", "")) if self.sealed else ""

    @property
    def together(self) -> str:
        """Who belongs together: those of one door, or of one party at a meeting point."""
        return f"{self.door_id}:{self.party}" if self.party else str(self.door_id)


class PeopleOffer(models.Model):
    """A hand-over: one hand offers, the next accepts those it sees. ``uuid`` is made on the phone."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    uuid = models.UUIDField(unique=True)
    response = models.UUIDField(db_index=True)
    trip = models.ForeignKey(Trip, null=True, on_delete=models.SET_NULL, related_name="offers")
    hand = models.CharField(max_length=7)
    holder = models.UUIDField(null=True)
    to_hand = models.CharField(max_length=7)
    to_holder = models.UUIDField(null=True, db_index=True)
    offered_at = models.DateTimeField()
    offered = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answered_at = models.DateTimeField(null=True)
    accepted = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=16, blank=True)

    privacy: dict[str, Declared] = {"hand": open_(), "to_hand": open_(), "why": open_("a code")}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True) | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="an_offer_is_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(accepted__lte=F("offered")), name="no_more_than_were_offered"
            ),
        ]


class OfferedPerson(models.Model):
    """One of those offered. ``taken`` None: not answered yet."""

    offer = models.ForeignKey(PeopleOffer, on_delete=models.CASCADE, related_name="lines")
    passenger = models.ForeignKey(Passenger, on_delete=models.CASCADE, related_name="offered")
    open = models.BooleanField(default=True)
    taken = models.BooleanField(null=True)

    kept = Kept(response="offer__response")
    privacy: dict[str, Declared] = {"passenger": sensitive(KEPT, "goes with the passenger")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passenger"], condition=Q(open=True), name="nobody_is_offered_twice_at_once"
            )
        ]


class TransferAlert(models.Model):
    """Something is over its limit, or somebody has to decide: work for whoever leads the transfer, until settled."""

    uuid = models.UUIDField(unique=True)
    response = models.UUIDField(db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Alarm])
    trip = models.ForeignKey(Trip, null=True, on_delete=models.SET_NULL, related_name="alerts")
    passenger = models.ForeignKey(Passenger, null=True, on_delete=models.SET_NULL, related_name="alerts")
    nearest = models.ForeignKey(TransferSite, null=True, on_delete=models.SET_NULL, related_name="+")
    clause = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_post = models.UUIDField(null=True)

    kept = Kept(response="response")
    privacy: dict[str, Declared] = {"clause": open_(), "passenger": sensitive(KEPT, "whom an alarm is about")}
