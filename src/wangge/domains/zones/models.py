"""Notices with their lines, and the zones they put in force with their places. Nothing here is about a person."""

from django.db import models
from django.db.models import F, Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.zones.lines import LineKind
from wangge.domains.zones.rules import LineState, NoticeState, Part, ZoneState

LEVEL = 16


class ZoneNotice(models.Model):
    """A notice as it came in. ``area``: the city whose places it names. ``protocol`` and ``clause`` are those under
    which it was put in force; the same notice taken twice in one Response is one (``digest``)."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="zone_notices")
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="zone_notices")
    title = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=120, blank=True)
    protocol = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in NoticeState])
    taken_at = models.DateTimeField()
    taken_post = models.UUIDField(null=True)
    in_force_at = models.DateTimeField(null=True)
    in_force_post = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "title": open_("of a published notice"), "number": open_("of a document"), "source": open_("where it stood"),
        "authority": open_("an office"), "clause": open_(), "protocol": open_("the edition of its day"),
        "digest": open_("of a published notice"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "area", "digest"], name="a_zone_notice_once"),
            models.CheckConstraint(
                condition=Q(state="taken", in_force_at__isnull=True)
                | (~Q(state="taken") & Q(in_force_at__isnull=False) & ~Q(authority="") & ~Q(number="")),
                name="a_notice_in_force_has_its_document",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title


class Zone(models.Model):
    """A line of a notice in force: its level at its places from ``began_at`` on. The next notice that names it at the
    same places carries it on: ``notice`` is then that one, and the zone stays the same.

    ``before``: the stricter zone whose places it took over when that one was stepped down.
    ``doors`` and ``people`` were counted at ``counted_at``, when its places last changed.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="zones")
    notice = models.ForeignKey(ZoneNotice, on_delete=models.PROTECT, related_name="zones")
    level = models.CharField(max_length=LEVEL)
    name = models.CharField(max_length=200)
    district = models.CharField(max_length=40, blank=True)
    protocol = models.CharField(max_length=40)
    clause = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ZoneState])
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_post = models.UUIDField(null=True)
    before = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="after")
    doors = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "level": open_("a word of the protocol"), "name": open_("a line of a published notice"), "district": open_(),
        "protocol": open_("the edition of its day"), "clause": open_(),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="in_force", ended_at__isnull=True)
                | (~Q(state="in_force") & Q(ended_at__gte=F("began_at"))),
                name="a_zone_ends_after_it_began",
            )
        ]
        indexes = [models.Index(fields=["response"], name="zone_in_force", condition=Q(state="in_force"))]

    def __str__(self) -> str:
        return self.name


class ZoneLine(models.Model):
    """A line as it was printed, and what a person said it means. ``outline``: the rings that were drawn for it, WGS 84,
    longitude first; its places are those that were confirmed, whatever was drawn."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    notice = models.ForeignKey(ZoneNotice, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    level = models.CharField(max_length=LEVEL)
    district = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=9, choices=[(k.value, k.value) for k in LineKind])
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in LineState], default=LineState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_post = models.UUIDField(null=True)
    outline = models.JSONField(null=True)
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="lines")

    privacy: dict[str, Declared] = {
        "level": open_("a word of the protocol"), "district": open_(), "text": open_("of a published notice"),
        "outline": open_("corners of streets"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="a_zone_line_has_its_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.text


class LinePlace(models.Model):
    """A place that a line means, or leaves out."""

    line = models.ForeignKey(ZoneLine, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="zone_lines")
    part = models.CharField(max_length=4, choices=[(p.value, p.value) for p in Part])

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "place"], name="a_place_once_in_a_line")]


class ZonePlace(models.Model):
    """A place of a zone: in, out, or at its edge. ``decided_post``: who said so after the notice."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="zone_places")
    part = models.CharField(max_length=4, choices=[(p.value, p.value) for p in Part])
    decided_at = models.DateTimeField()
    decided_post = models.UUIDField(null=True)

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "place"], name="a_place_once_in_a_zone")]
