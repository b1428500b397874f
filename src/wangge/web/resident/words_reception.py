"""What is kept of receptions, in words for residents."""

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES = {
    "wangge_reception": About(
        _("who was met when they came back"),
        _("so that nobody stands at a gate alone, and everybody is handed on"),
        (Right.KEEP_CHECKPOINT, Right.WORK_DOORS, Right.OPEN_RECORD),
    ),
}
FIELDS = {
    "wangge_reception.person": _("who was met"),
    "wangge_reception.shown": _("what they came with"),
    "wangge_reception.care": _("whether anybody is looked after first"),
    "wangge_reception.order": _("of which order"),
    "wangge_reception.sealed": _("name and number as they said them, sealed"),
}
FORMS = {"reception": ("wangge_reception",)}
PURPOSES = {"reception": _("so that nobody stands at a gate alone, and everybody is handed on")}
