"""What is kept of sensors at doors, for the notice that residents read: what, for what, and who may see it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right

TABLES: Mapping[str, tuple[Any, Any, tuple[Right, ...]]] = {
    "wangge_fit": (
        _("sensors at doors"), _("to ask whether somebody needs something; they report and never lock"),
        (Right.WORK_DOORS, Right.KEEP_SENSORS),
    ),
    "wangge_reading": (
        _("what a sensor at a door said"),
        _("to ask whether somebody needs something; shown to those who live there"), (Right.ANSWER_REQUESTS,),
    ),
    "wangge_planned": (
        _("openings of doors that were expected"), _("so that nobody asks about them"), (Right.WORK_DOORS,),
    ),
}  # fmt: skip
FIELDS: Mapping[str, Any] = {
    "wangge_fit.door": _("which door"),
    "wangge_reading.fit": _("when a door was opened"),
    "wangge_planned.door": _("which door"),
}
