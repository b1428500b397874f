"""Who is to report, each report that was expected, what was said (sealed), pages, agreements, doctors' calls, heat."""

from django.db import models
from django.db.models import F, Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, sensitive
from wangge.domains.monitoring.rules import CallOutcome, Channel, ConsentHow, SlotState, Step
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, Moves
from wangge.domains.places.models import Grid, Place
from wangge.domains.protocol.models import Response

KEPT = 14  # days after the Response closed


class HomeWatch(models.Model):
    """Somebody whose order in force is spent at home, from its first to its last day there (both included).

    ``careful``: codes of why they are called at the first missed report. ``misses``: reports missed in a row now;
    ``silent_since`` is when they were last heard, and empty while nothing is missing; ``asked``: how far somebody has
    been sent. A report empties all three.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="watches", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="watches")
    door = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="watches")
    order = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField()
    careful = models.CharField(max_length=40, blank=True)
    first = models.BooleanField(default=False)  # whether ``careful`` holds anything: the order of the list
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    misses = models.PositiveSmallIntegerField(default=0)
    silent_since = models.DateTimeField(null=True)
    asked = models.CharField(max_length=5, blank=True, choices=[(one.value, one.value) for one in Step if one])

    objects = ScopedManager["HomeWatch"]()
    scope_place = "door"
    merging = {"person": Moves(once=("response_id",), among={"ended_at__isnull": True})}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(KEPT, "who was to report"), "door": sensitive(KEPT, "behind which door"),
        "first_day": open_(), "last_day": open_(),
        "careful": sensitive(KEPT, "why somebody is looked after first"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "person"], condition=Q(ended_at__isnull=True), name="watched_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(silent_since__isnull=True) | (Q(ended_at__isnull=True) & Q(misses__gt=0)),
                name="silence_is_of_somebody_watched",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-first", "silent_since", "id"], name="watch_silent", condition=Q(silent_since__isnull=False)
            )
        ]


class WatchTally(models.Model):
    """One report of one day in one grid (or community without grid): what was expected and how each stands.

    Read by summing over a path prefix. The columns add up to ``expected``.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="watch_tallies")
    day = models.DateField()
    slot = models.CharField(max_length=8)
    due_at = models.DateTimeField()
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="watch_tallies")
    grid = models.ForeignKey(Grid, null=True, on_delete=models.CASCADE, related_name="watch_tallies")
    expected = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    privacy: dict[str, Declared] = {"day": open_(), "slot": open_("a word of the protocol")}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "day", "slot", "place", "grid"], name="one_watch_tally_per_grid"
            ),
            models.UniqueConstraint(
                fields=["response", "day", "slot", "place"], condition=Q(grid__isnull=True),
                name="one_watch_tally_without_grid",
            ),
            models.CheckConstraint(
                condition=Q(expected=F("waiting") + F("reported") + F("late") + F("silent") + F("refused")),
                name="the_watch_tally_adds_up",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["due_at"], name="watch_tally_due", condition=Q(waiting__gt=0))]


class ReportSlot(models.Model):
    """One report that was expected of somebody, by the hour of its tally."""

    watch = models.ForeignKey(HomeWatch, on_delete=models.CASCADE, related_name="slots", db_index=False)
    tally = models.ForeignKey(WatchTally, on_delete=models.CASCADE, related_name="slots")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in SlotState], default=SlotState.WAITING)

    kept = Kept(response="watch__response__uuid")
    privacy: dict[str, Declared] = {"watch": sensitive(KEPT, "goes with whoever was to report")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "tally"], name="a_report_is_expected_once")]


class ReportLink(models.Model):
    """A page without an account on which somebody reports. The address holds the secret; here is its hash.

    It ends with the order; the worker makes a new one, and the one before ends.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    watch = models.ForeignKey(HomeWatch, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    kept = Kept(response="watch__response__uuid")
    privacy: dict[str, Declared] = {
        "watch": sensitive(KEPT, "who may report there"), "secret_hash": open_("hash of a random secret"),
    }  # fmt: skip


class ReportConsent(models.Model):
    """Somebody agreed that another one of the household reports for them; it is taken back at any time."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    watch = models.ForeignKey(HomeWatch, on_delete=models.CASCADE, related_name="consents")
    helper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="report_consents")
    how = models.CharField(max_length=6, choices=[(one.value, one.value) for one in ConsentHow])
    given_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ScopedManager["ReportConsent"]()
    scope_place = "watch__door"
    merging = {"helper": Moves(once=("watch_id",), among={"withdrawn_at__isnull": True})}
    kept = Kept(response="watch__response__uuid")
    privacy: dict[str, Declared] = {
        "watch": sensitive(KEPT, "who agreed"), "helper": sensitive(KEPT, "who may report for them"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["watch", "helper"], condition=Q(withdrawn_at__isnull=True), name="agreed_once_at_a_time"
            )
        ]


class DailyReport(models.Model):
    """What somebody said: sealed. ``uuid`` was made by the page that sends it: the same one twice is one report.

    ``slot``: which expected report it answered. ``helper``: who of the household sent it; ``link``: through which
    page. ``clock_off``: the phone's clock could not be believed, and the time of arrival counts.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    watch = models.ForeignKey(HomeWatch, on_delete=models.PROTECT, related_name="reports", db_index=False)
    slot = models.ForeignKey(ReportSlot, null=True, on_delete=models.SET_NULL, related_name="reports", db_index=False)
    link = models.ForeignKey(ReportLink, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    helper = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="reports_sent")
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Channel])
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    clock_off = models.BooleanField(default=False)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["DailyReport"]()
    scope_place = "watch__door"
    merging = {"helper": FACT}
    kept = Kept(response="watch__response__uuid")
    privacy: dict[str, Declared] = {
        "watch": sensitive(KEPT, "whose report it is"), "helper": sensitive(KEPT, "who sent it for them"),
        "sealed": sensitive(KEPT, "temperature, symptoms, needs; sealed"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["watch", "-at"], name="report_latest")]


class DoctorCall(models.Model):
    """Somebody is to be called by a doctor, until when and why; one open at a time for each. ``sealed``: the doctor's
    note. ``raised_at``: nobody called in time, and the level above sees it."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    watch = models.ForeignKey(HomeWatch, on_delete=models.PROTECT, related_name="calls")
    whys = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=9, blank=True, choices=[(one.value, one.value) for one in CallOutcome])
    closed_at = models.DateTimeField(null=True)
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    raised_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(default=bytes)

    objects = ScopedManager["DoctorCall"]()
    scope_place = "watch__door"
    kept = Kept(response="watch__response__uuid")
    privacy: dict[str, Declared] = {
        "watch": sensitive(KEPT, "whom a doctor calls"), "whys": sensitive(KEPT, "why a doctor calls"),
        "sealed": sensitive(KEPT, "what the doctor noted; sealed"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["watch"], condition=Q(state="open"), name="one_open_call_of_a_doctor"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_doctors_call_is_closed_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="doctor_call_due", condition=Q(state="open"))]


class Heat(models.Model):
    """Days of heat in a Response, both included: whoever misses a report is looked after at the first one."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="heat")
    first_day = models.DateField()
    last_day = models.DateField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {"first_day": open_(), "last_day": open_()}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="heat_ends_after_it_begins")
        ]
