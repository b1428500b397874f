"""Words for what stands about somebody in the rows of a transfer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.domains.transfer import words

LABELS: Mapping[str, Any] = {
    "wangge_offeredperson.open": _("not answered yet"), "wangge_offeredperson.taken": _("accepted"),
    "wangge_passenger.where": _("Taken to"), "wangge_passenger.listed_at": _("on the list since"),
    "wangge_passenger.ready_at": _("can leave from"), "wangge_passenger.told_at": _("told on"),
    "wangge_passenger.came_at": _("came at"),
    "wangge_passenger.refused_at": _("does not want to go"), "wangge_passenger.hand": _("In whose hands"),
    "wangge_passenger.room": _("their room"), "wangge_passenger.off_at": _("off the list since"),
    "wangge_passenger.off_why": _("why off the list"), "wangge_guestask.what": _("Asked for"),
    "wangge_guestask.asked_at": _("asked at"), "wangge_guestask.served_at": _("brought at"),
}  # fmt: skip
CODES: Mapping[str, Mapping[Any, Any]] = {
    "wangge_guestask.what": words.ASKS,
    "wangge_passenger.hand": words.HANDS,
    "wangge_passenger.where": words.WHERE,
    "wangge_passenger.off_why": words.OFF,
    "wangge_transferalert.kind": {kind: title for kind, (title, _then) in words.ALARMS.items()},
}
