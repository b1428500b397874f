"""Words for what stands about somebody in the row of a reception."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.domains.reception import words

LABELS: Mapping[str, Any] = {
    "wangge_reception.how": _("how it was heard of"),
    "wangge_reception.shown": _("what they came with"),
    "wangge_reception.people": _("how many came"),
    "wangge_reception.care": _("whether anybody is looked after first"),
    "wangge_reception.told_at": _("noted on"),
    "wangge_reception.expected_at": _("expected by then"),
    "wangge_reception.arrived_at": _("there since"),
    "wangge_reception.met_at": _("met on"),
    "wangge_reception.levels": _("how many levels above were told"),
    "wangge_reception.ended_at": _("handed on at"),
    "wangge_reception.ended_how": _("how it ended"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "wangge_reception.how": words.HOW,
    "wangge_reception.shown": words.SHOWN,
    "wangge_reception.state": words.STATES,
    "wangge_reception.ended_how": words.ENDED,
}
