"""What the columns of a file of people are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FIELDS = {
    "name": pgettext_lazy("person", "Name"),
    "document": pgettext_lazy("person", "Document number"),
    "document_kind": _("Kind of document"),
    "phone": _("Phone"),
    "phone_2": _("Second phone"),
    "sex": _("Sex"),
    "birth_date": _("Date of birth"),
    "relation": _("Relation to the head of household"),
    "address": _("Address"),
    "community": _("Community"),
    "compound": _("Compound or village"),
    "building": _("Building"),
    "unit": _("Unit"),
    "room": _("Room or door number"),
    "bed": _("Bed"),
}
