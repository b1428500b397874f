"""A need for medicine, its steps, its prescription; insurance cards with the hand they are in."""

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.duty.models import Post
from wangge.domains.medicine.rules import OPEN, Away, Call, Hand, Move, Source, State
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, Moves

KEPT = 30
STILL_OPEN = [one.value for one in State if one in OPEN]  # in one order: it stands in a constraint


class Need(models.Model):
    """Somebody whose medicine runs out. ``uuid`` was made by whoever sent it: twice is once.

    ``sealed`` holds the medicine's name, dose, who speaks for the patient and notes. ``name_index`` is keyed: one open
    need for a person and a medicine. ``left`` tablets at ``counted_at``, ``per_day`` a day: from these ``runs_out_at``
    and ``due_at`` follow, under edition and clause. ``post`` answers for it; ``raised_to`` is the level it went up to.
    ``buyer`` (an account) has it in hand until ``until``. Money is in fen. ``round`` and ``turn``: in which
    round it is brought, and at which place of it. ``origin``: the answer, report or request
    that it began with. ``secret_hash``: of the address at which whoever asked sees where it stands.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="medicine", db_index=False)
    source = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Source])
    origin = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)
    name_index = models.CharField(max_length=64)
    left = models.DecimalField(max_digits=8, decimal_places=2)
    per_day = models.DecimalField(max_digits=8, decimal_places=2)
    counted_at = models.DateTimeField()
    runs_out_at = models.DateTimeField()
    due_at = models.DateTimeField()
    protocol = models.CharField(max_length=40)
    clause = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in State], default=State.TAKEN)
    state_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="medicine", db_index=False)
    raised_to = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    raised_at = models.DateTimeField(null=True)
    urgent_at = models.DateTimeField(null=True)
    venue = models.UUIDField(null=True)
    buyer = models.UUIDField(null=True)
    buyer_post = models.UUIDField(null=True)
    bringer = models.UUIDField(null=True)
    price = models.PositiveIntegerField(default=0)
    handed = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    called_how = models.CharField(max_length=6, blank=True, choices=[(one.value, one.value) for one in Call])
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    nudged_at = models.DateTimeField(null=True)
    round = models.UUIDField(null=True)
    turn = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["Need"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("name_index",), among={"ended_at__isnull": True})}
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "person": sensitive(KEPT, "whose medicine it is"),
        "sealed": sensitive(KEPT, "the medicine, its dose, who speaks for the patient"),
        "name_index": sensitive(KEPT, "keyed; useless without the key file"),
        "protocol": open_("a file's name"), "clause": open_(), "secret_hash": open_("hash of a random secret"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name_index"], condition=Q(ended_at__isnull=True), name="one_open_need_of_a_medicine"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STILL_OPEN, ended_at__isnull=True)
                | (~Q(state__in=STILL_OPEN) & Q(ended_at__isnull=False)),
                name="a_need_ends_at_a_time",
            ),
            models.CheckConstraint(condition=Q(per_day__gt=0, left__gte=0), name="a_need_has_a_dose"),
        ]
        indexes = [
            models.Index(fields=["person"], name="need_person"),
            models.Index(fields=["until"], name="need_until", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["runs_out_at"], name="need_runs_out", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["buyer"], name="need_buyer", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["response", "state"], name="need_state"),
        ]


class NeedStep(models.Model):
    """A move of a need: who made it, when, and what was said with it (``sealed``)."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Move])
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in State])
    at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["NeedStep"]()
    scope_place = "need__person__home"
    kept = Kept(response="need__response")
    privacy: dict[str, Declared] = {
        "need": sensitive(KEPT, "what was done about somebody's medicine"),
        "sealed": sensitive(KEPT, "price, receipt, who took it at the door"),
    }  # fmt: skip


class NeedVoice(models.Model):
    """Where else the same was said: a request for help, a daily report, an answer; ``origin`` is its id."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="voices")
    source = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Source])
    origin = models.UUIDField(db_index=True)
    at = models.DateTimeField()

    objects = ScopedManager["NeedVoice"]()
    scope_place = "need__person__home"
    kept = Kept(response="need__response")
    privacy: dict[str, Declared] = {"need": sensitive(KEPT, "where somebody said that medicine runs out")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "source", "origin"], name="a_voice_is_heard_once")]


class Prescription(models.Model):
    """A photo of a prescription or a box, sealed; without the place where it was taken. Whoever buys sees it, and each
    look is on record. Never asked for."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="prescriptions")
    sealed = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    objects = ScopedManager["Prescription"]()
    scope_place = "need__person__home"
    kept = Kept(response="need__response")
    privacy: dict[str, Declared] = {
        "need": sensitive(0, "whose prescription it is"), "sealed": sensitive(0, "the photo"),
    }  # fmt: skip


class CardHand(models.Model):
    """An insurance card in one hand: since when, until when, and what became of it. The last row of a card is where it
    is; ``offered_to`` (an account) has it once they accept. ``away_at``: the hand cannot give it back, and why."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cards", db_index=False)
    account = models.UUIDField()
    post = models.UUIDField(null=True)
    since = models.DateTimeField()
    offered_to = models.UUIDField(null=True)
    offered_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    became = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Hand])
    away_at = models.DateTimeField(null=True)
    away_why = models.CharField(max_length=5, blank=True, choices=[(one.value, one.value) for one in Away])

    objects = ScopedManager["CardHand"]()
    scope_place = "person__home"
    merging = {"person": FACT}
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {"person": sensitive(KEPT, "whose insurance card somebody held")}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True, became="") | (Q(until__isnull=False) & ~Q(became="")),
                name="a_card_leaves_a_hand_for_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_card_leaves_later"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="card_person"),
            models.Index(fields=["account"], name="card_account", condition=Q(until__isnull=True)),
        ]


class CardCount(models.Model):
    """At the end of a shift somebody counted the cards in their hand. ``held``: how many the system knew of then."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    account = models.UUIDField()
    post = models.UUIDField(null=True)
    at = models.DateTimeField()
    held = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()

    privacy: dict[str, Declared] = {}
