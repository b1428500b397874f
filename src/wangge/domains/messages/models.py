"""Templates of offices, a person's way of being reached, what was sent to whom, calls, groups' robots."""

from typing import Any

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.messages.rules import Channel, Outcome, Purpose, State, Why
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, STAYS, Moves
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response

AT_ONCE = 1  # days: what was said ends with the Response
ROWS = 30  # days: that somebody was told, for whoever says that they were not


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]


class MessageTemplate(models.Model):
    """A template as an office wrote it, for its places; the latest edition that is not retired counts there."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="message_templates")
    name = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {"name": open_(), "content": open_("words with holes; nobody's data")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name", "edition"], name="an_edition_once_per_place")]


class ContactChoice(models.Model):
    """How somebody wants to be told. ``sealed``: {"phone", "whose", "email"}; ``whose``: in words, whose phone it is.

    ``secret_hash``: of the address with which they change it themselves; the address is shown once.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="contact_choices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_choices")
    language = models.CharField(max_length=7, default="zh-Hans")
    chosen = models.CharField(max_length=5, blank=True, choices=_choices(Channel))
    no_sms = models.BooleanField(default=False)
    no_voice = models.BooleanField(default=False)
    no_email = models.BooleanField(default=False)
    no_call = models.BooleanField(default=False)
    #: Of a number that counts before the register's.
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    has_email = models.BooleanField(default=False)
    #: From what the home answered at its door. What somebody chose for themselves is never changed by that.
    from_door = models.BooleanField(default=False)
    sealed = models.BinaryField(default=bytes)
    secret_hash = models.CharField(max_length=64, null=True, unique=True)
    changed_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    objects = ScopedManager["ContactChoice"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("response_id",))}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": personal(ROWS, "whose way it is"), "sealed": sensitive(AT_ONCE, "another number, a mail address"),
        "phone_index": personal(AT_ONCE, "keyed; useless without the key file"),
        "language": open_("a code"), "secret_hash": open_("hash of a random secret"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "person"], name="one_way_per_person")]


class Dispatch(models.Model):
    """One message to an audience, or what a flow tells people. ``sealed``: what the office filled in.

    ``content`` is the template as it was then. ``subject``: what it is about, one thing told once.
    """

    class Audience(models.TextChoices):
        HOUSEHOLDS = "households"
        ORDERS = "orders"
        FLOW = "flow"
        GROUP = "group"

    uuid = models.UUIDField(unique=True)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="dispatches")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="dispatches")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    template = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    purpose = models.CharField(max_length=12, choices=_choices(Purpose))
    life_saving = models.BooleanField()
    confirm_minutes = models.PositiveIntegerField(default=0)
    subject = models.UUIDField()
    sealed = models.BinaryField(default=bytes)
    office = models.CharField(max_length=80)
    number = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "sealed": personal(AT_ONCE, "what was said; it may name somebody"), "template": open_(),
        "content": open_("the template as it was"), "office": open_("who sends"), "number": open_("whom to call back"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["response", "made_at"], name="dispatch_latest")]


class Message(models.Model):
    """One message to one person. ``via``: who holds the phone, themselves or somebody of the same home.

    ``parcel``: what went out together under one id, by which the gateway knows it again. ``sealed``: what is in this
    person's message alone; emptied once it is reached or stopped.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="messages", db_index=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="messages")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    via = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="messages_via", db_index=False)
    purpose = models.CharField(max_length=12, choices=_choices(Purpose))
    subject = models.UUIDField()
    life_saving = models.BooleanField()
    channel = models.CharField(max_length=5, choices=_choices(Channel))
    state = models.CharField(max_length=9, choices=_choices(State))
    why = models.CharField(max_length=12, blank=True, choices=_choices(Why))
    sealed = models.BinaryField(default=bytes)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    parcel = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True)
    unanswered = models.PositiveSmallIntegerField(default=0)  # calls
    wrong_number = models.BooleanField(default=False)

    objects = ScopedManager["Message"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("purpose", "subject")), "via": FACT}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": personal(ROWS, "who was told"), "via": personal(ROWS, "whose phone it went to"),
        "sealed": sensitive(AT_ONCE, "what concerns this person alone, until it has reached them"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "subject"], name="a_person_is_told_a_thing_once"),
            models.CheckConstraint(
                condition=Q(state=State.REACHED, reached_at__isnull=False)
                | (~Q(state=State.REACHED) & Q(reached_at__isnull=True)),
                name="reached_at_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["dispatch", "state"], name="message_of"),
            models.Index(fields=["not_before", "id"], name="message_out", condition=Q(state__in=["queued", "sending"])),
            models.Index(fields=["not_before", "id"], name="message_calls", condition=Q(state="calls")),
            models.Index(fields=["via", "sent_at"], name="message_via"),
            models.Index(fields=["parcel"], name="message_parcel", condition=Q(parcel__isnull=False)),
        ]


class PhoneCall(models.Model):
    """What came of a call to somebody on the call list. ``uuid`` was made by the page: sent twice it is one."""

    uuid = models.UUIDField(unique=True)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="phone_calls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phone_calls")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=_choices(Outcome))
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    objects = ScopedManager["PhoneCall"]()
    scope_place = "person__home"
    merging = {"person": STAYS}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {"person": personal(ROWS, "who was called")}


class GroupRobot(models.Model):
    """The robot of a group. ``sealed``: {"url"}: whoever has it may write there, so it is shown to nobody."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="robots")
    name = models.CharField(max_length=60)
    service = models.CharField(max_length=12)
    sealed = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "name": open_("the group, as the office calls it"), "service": open_(),
        "sealed": open_("an address with its secret, AES-256-GCM bound to the row; emptied when it ends"),
    }  # fmt: skip


class GroupPost(models.Model):
    """One message in one group. It says nothing of any person."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="posts")
    robot = models.ForeignKey(GroupRobot, on_delete=models.PROTECT, related_name="posts")
    state = models.CharField(max_length=9, choices=_choices(State))
    why = models.CharField(max_length=12, blank=True, choices=_choices(Why))
    not_before = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispatch", "robot"], name="a_group_is_told_once")]
        indexes = [
            models.Index(fields=["not_before", "id"], name="group_out", condition=Q(state__in=["queued", "sending"]))
        ]


class ChannelSign(models.Model):
    """How a gateway did last: figures for ``/healthz`` and the page, of nobody."""

    name = models.CharField(max_length=12, unique=True)
    ok_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    reason = models.CharField(max_length=60, blank=True)

    privacy: dict[str, Declared] = {"name": open_("a channel"), "reason": open_("a code")}
