"""What is kept of transfers, in words for residents."""

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES = {
    "wangge_passenger": About(
        _("who is taken to a place of isolation"),
        _("to bring them there safely, with their family, in one hand at a time"),
        (Right.HAND_OVER, Right.PLAN_TRANSFER),
    ),
    "wangge_trip": About(
        _("trips of vehicles"), _("to give everybody a seat and a room"), (Right.HAND_OVER, Right.PLAN_TRANSFER),
    ),
    "wangge_offeredperson": About(
        _("who was handed over to whom"), _("so that nobody is lost on the way"), (Right.HAND_OVER,),
    ),
    "wangge_guestask": About(
        _("what was asked for at a place of isolation"), _("to bring it"), (Right.HAND_OVER, Right.PLAN_TRANSFER),
    ),
    "wangge_transferplan": About(
        _("plans of transfers"), _("to know why a plan was adopted"), (Right.PLAN_TRANSFER,),
    ),
    "wangge_transferalert": About(
        _("alarms on the way"), _("so that somebody sees to it at once"), (Right.PLAN_TRANSFER,),
    ),
}  # fmt: skip
FIELDS = {
    "wangge_passenger.person": _("who is taken"),
    "wangge_passenger.door": _("where they are fetched"),
    "wangge_passenger.room": _("their room"),
    "wangge_passenger.sealed": _("what they need on the way, and who arrives at a meeting point, sealed"),
    "wangge_trip.people": _("whom a trip is for"),
    "wangge_offeredperson.passenger": _("who was handed over"),
    "wangge_guestask.passenger": _("who asked for something"),
    "wangge_transferplan.sealed": _("why it was adopted, sealed"),
    "wangge_transferalert.passenger": _("whom an alarm is about"),
}
FORMS = {"transfer": ("wangge_passenger", "wangge_offeredperson")}
PURPOSES = {"transfer": _("to bring them there safely, with their family, in one hand at a time")}
