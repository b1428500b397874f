"""A request for help with its history, and what a door's people need whoever comes to know."""

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.duty.models import Account, Post
from wangge.domains.help.rules import LIVE, Act, Away, Channel, Noted, State, Whom
from wangge.domains.places.models import Place

KEPT = 30


class HelpRequest(models.Model):
    """Somebody asks for a place (``place``: where the link hangs, or whose community). ``uuid`` is the sender's.

    ``door``: once it is known. ``item``: the cause of what waits at that door now, empty where none does: then
    ``post`` and ``raised_to`` hold it. ``answer_by`` and ``due_at`` were promised under ``edition`` and ``clause``.
    ``rank``: the how manieth of an hour from that address it was.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="help_requests")
    door = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="help_asked")
    kind = models.CharField(max_length=20)
    public = models.BooleanField(default=False)
    whom = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Whom])
    channel = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Channel])
    sealed = models.BinaryField(default=bytes)
    sender = models.CharField(max_length=64, blank=True)
    rank = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=11, choices=[(one.value, one.value) for one in State])
    edition = models.CharField(max_length=40)
    clause = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="help_held")
    raised_to = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="help_raised")
    raised_at = models.DateTimeField(null=True)
    item = models.UUIDField(null=True, db_index=True)
    rounds = models.PositiveSmallIntegerField(default=1)
    nudged_at = models.DateTimeField(null=True)
    nudges = models.PositiveSmallIntegerField(default=0)
    away = models.CharField(max_length=13, blank=True, choices=[(one.value, one.value) for one in Away])

    objects = ScopedManager["HelpRequest"]()
    scope_place = "place"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "kind": open_("a word of the terms"), "edition": open_("a file's edition"), "clause": open_(),
        "sealed": sensitive(KEPT, "what somebody needs, where, and the number they left"),
        "sender": personal(KEPT, "keyed; useless without the key file"),
        "door": personal(KEPT, "at which door something is needed"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=sorted(LIVE)) & Q(closed_at__isnull=True))
                | (~Q(state__in=sorted(LIVE)) & Q(closed_at__isnull=False)),
                name="help_is_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.TURNED_AWAY) & ~Q(away="")) | (~Q(state=State.TURNED_AWAY) & Q(away="")),
                name="help_is_turned_away_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("received_at")), name="help_is_due_later"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="help_due", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["response", "state"], name="help_state"),
            models.Index(fields=["door"], name="help_door", condition=Q(closed_at__isnull=True)),
        ]


class HelpNote(models.Model):
    """One line of a request's history: a step, or something noted. ``account`` empty: whoever asked, by their link."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    kind = models.CharField(max_length=11, choices=[(one.value, one.value) for one in (*Act, *Noted)])
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["HelpNote"]()
    scope_place = "request__place"
    kept = Kept(response="request__response")
    privacy: dict[str, Declared] = {"sealed": sensitive(KEPT, "what was added in words, who looks after a child")}

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="help_history")]


class Call(models.Model):
    """A call taken down, or one that nobody took (``missed``). Open until ``done_at``: somebody has to call back.

    ``times``: how often the same number rang meanwhile; ``last_uuid``: the last of those, so that none counts twice.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="calls")
    missed = models.BooleanField()
    at = models.DateTimeField()
    back_by = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    times = models.PositiveSmallIntegerField(default=1)
    last_uuid = models.UUIDField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    sealed = models.BinaryField(default=bytes)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)

    objects = ScopedManager["Call"]()
    scope_place = "place"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {
        "sealed": sensitive(KEPT, "who called, for whom, and what about"),
        "phone_index": personal(KEPT, "keyed; a number that rings again is one to be called back"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(back_by__isnull=False), name="an_open_call_has_its_time"
            ),
            models.UniqueConstraint(
                fields=["place", "phone_index"],
                condition=Q(missed=True, done_at__isnull=True),
                name="one_open_missed_call_per_number",
            ),
        ]
        indexes = [models.Index(fields=["back_by"], name="call_open", condition=Q(done_at__isnull=True))]


class CallTry(models.Model):
    """A try to call somebody back."""

    uuid = models.UUIDField(unique=True)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    reached = models.BooleanField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    objects = ScopedManager["CallTry"]()
    scope_place = "call__place"
    privacy: dict[str, Declared] = {}


class Watch(models.Model):
    """Somebody answers a number: a shift, taken over with ``took_over`` open calls."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="watches")
    account = models.UUIDField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    took_over = models.PositiveIntegerField()

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(ended_at__isnull=True), name="one_watch_of_a_number"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="a_watch_ends_later"
            ),
        ]


class Apart(models.Model):
    """Something that is told apart: it passes no household and no street, and two named people alone read it.

    ``place``: a district, no nearer. ``sealed``: all that was written, under the Response's key.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.UUIDField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="apart")
    at = models.DateTimeField()
    answer_by = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["Apart"]()
    scope_place = "place"
    kept = Kept(response="response")
    privacy: dict[str, Declared] = {"sealed": sensitive(KEPT, "what somebody told, and how they can be reached safely")}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="apart_is_taken_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["place", "answer_by"], name="apart_open", condition=Q(done_at__isnull=True))]


class ApartReader(models.Model):
    """Who reads what is told apart in a district: two at most at a time. ``seat`` 1 or 2."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="apart_readers")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reads_apart")
    seat = models.PositiveSmallIntegerField()
    named_at = models.DateTimeField()
    named_post = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "seat"], condition=Q(ended_at__isnull=True), name="one_reader_in_a_seat"
            ),
            models.UniqueConstraint(
                fields=["place", "account"], condition=Q(ended_at__isnull=True), name="nobody_in_both_seats"
            ),
            models.CheckConstraint(condition=Q(seat__in=[1, 2]), name="two_readers_at_most"),
        ]
