"""The append-only log and its runs. Ids and codes only: deleting a person leaves the log whole."""

from django.db import models

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_


class Event(models.Model):
    """A fact: who did what to whom, when, under which rule. Rows are never changed (a trigger refuses it)."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    actor = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    place = models.UUIDField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    response = models.UUIDField(null=True)
    protocol = models.CharField(max_length=40, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    cause = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    privacy: dict[str, Declared] = {
        "kind": open_(), "protocol": open_(), "clause": open_(), "data": open_("ids, codes and counts only"),
    }  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="event_subject"),
            models.Index(fields=["kind", "id"], name="event_kind"),
            models.Index(fields=["cause"], name="event_cause"),
        ]


class FlowRun(models.Model):
    """What has to follow one event by one flow. Written with the event itself, so that nothing is missed."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="runs")
    flow = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "flow": open_(), "claimed_by": open_(), "error": open_("the exception's class and place, never its text"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "flow"], name="one_run_per_event_and_flow")]
        indexes = [
            # Not a partial one: SQLite does not use that for a state given as a parameter: it would read all runs.
            models.Index(fields=["state", "not_before", "id"], name="run_state")
        ]


class WorkerSign(models.Model):
    """A worker's sign of life: when it looked last. One row per process, gone a day after its last sign."""

    name = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField()

    privacy: dict[str, Declared] = {"name": open_("machine and process")}
