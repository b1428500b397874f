"""What is kept around an isolation at home, in words for residents."""

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES = {
    "wangge_paperhanded": About(
        _("papers handed over"), _("to show that somebody received what is asked of them, and when"),
        (Right.CONFIRM_ORDERS, Right.OPEN_RECORD, Right.WORK_DOORS),
    ),
    "wangge_homerooms": About(
        _("whether those of a home can keep apart"), _("to ask no more of a household than its rooms make necessary"),
        (Right.OPEN_RECORD, Right.WORK_DOORS, Right.CONFIRM_ORDERS),
    ),
    "wangge_orderchange": About(
        _("changes of an order"), _("to show what was changed, by whose document and why"),
        (Right.CONFIRM_ORDERS, Right.OPEN_RECORD, Right.WORK_DOORS),
    ),
    "wangge_release": About(
        _("releases from an order"), _("to show how and when a measure ended"),
        (Right.CONFIRM_ORDERS, Right.OPEN_RECORD, Right.SIGN_MEDICAL),
    ),
    "wangge_homehelper": About(
        _("police officers and volunteers who look after homes in isolation"),
        _("so that a home knows whom to call"), (Right.OPEN_RECORD, Right.WORK_DOORS, Right.SIGN_MEDICAL),
    ),
}  # fmt: skip
FIELDS = {
    "wangge_paperhanded.order": _("of which order"),
    "wangge_paperhanded.sealed": _("the name of a guardian who signed, sealed"),
    "wangge_homerooms.home": _("which home"),
    "wangge_orderchange.order": _("of which order"),
    "wangge_orderchange.into": _("which order it became"),
    "wangge_orderchange.sealed": _("where it is spent, sealed"),
    "wangge_release.order": _("of which order"),
    "wangge_homehelper.sealed": _("name and phone, sealed"),
}
FORMS = {"paper": ("wangge_paperhanded", "wangge_homerooms"), "helper": ("wangge_homehelper",)}
PURPOSES = {
    "paper": _("to show that somebody received what is asked of them, and when"),
    "helper": _("so that a home knows whom to call"),
}
