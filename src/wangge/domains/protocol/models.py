"""The Response: nothing that touches people exists outside an open one."""

from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, open_
from wangge.domains.places.models import Place


class Response(models.Model):
    """应急响应, or a drill of one: opened by a competent authority with a document number, for an area."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    title = models.CharField(max_length=120)
    drill = models.BooleanField(default=False)
    area = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="responses")
    authority = models.CharField(max_length=120)
    document_no = models.CharField(max_length=80)
    ground = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    opened_post = models.UUIDField(null=True)
    named = models.JSONField(default=list)  # members of rules.Named: off unless the order names them

    privacy: dict[str, Declared] = {
        "title": open_(), "authority": open_(), "document_no": open_(), "ground": open_(), "remedy": open_(),
        "named": open_("codes of what the order names"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=models.F("opened_at")),
                name="response_closes_after_it_opens",
            ),
            models.UniqueConstraint(fields=["document_no", "area"], name="a_document_opens_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ResponsePhase(models.Model):
    """The protocol edition in force in a Response from a civil day on, until the next phase begins."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="phases")
    protocol = models.CharField(max_length=40)
    from_day = models.DateField()

    privacy: dict[str, Declared] = {"protocol": open_("a file's name"), "from_day": open_()}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "from_day"], name="one_edition_per_day")]
        ordering = ["from_day"]
