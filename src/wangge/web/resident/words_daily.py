"""The tables and fields of daily reports in words: the part of ``words`` that speaks of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES: Mapping[str, About] = {
    "wangge_homewatch": About(
        _("who reports daily from home"), _("to notice early who needs help, and to look after whoever falls silent"),
        (Right.WORK_DOORS, Right.SIGN_MEDICAL, Right.OPEN_RECORD),
    ),
    "wangge_reportslot": About(
        _("which daily reports came and which did not"), _("to look after whoever falls silent"),
        (Right.WORK_DOORS, Right.SIGN_MEDICAL),
    ),
    "wangge_reportlink": About(
        _("pages for daily reports"), _("so that people can report without an account"), (Right.WORK_DOORS,),
    ),
    "wangge_reportconsent": About(
        _("who may report for whom"), _("so that nobody speaks for somebody who has not agreed"), (Right.WORK_DOORS,),
    ),
    "wangge_dailyreport": About(
        _("daily reports"), _("to notice early who needs a doctor, medicine or food"),
        (Right.WORK_DOORS, Right.SIGN_MEDICAL),
    ),
    "wangge_doctorcall": About(
        _("calls of a doctor"), _("so that a doctor calls in time, and nobody is forgotten"), (Right.SIGN_MEDICAL,),
    ),
}  # fmt: skip

FIELDS: Mapping[str, Any] = {
    "wangge_homewatch.person": _("who reports"),
    "wangge_homewatch.door": _("which door"),
    "wangge_homewatch.careful": _("why they are looked after first"),
    "wangge_reportslot.watch": _("whose report it is"),
    "wangge_reportlink.watch": _("whose page it is"),
    "wangge_reportconsent.watch": _("who agreed"),
    "wangge_reportconsent.helper": _("who may report for them"),
    "wangge_dailyreport.watch": _("whose report it is"),
    "wangge_dailyreport.helper": _("who sent it for them"),
    "wangge_dailyreport.sealed": _("temperature, symptoms, medicine and needs, sealed"),
    "wangge_doctorcall.watch": _("whom a doctor calls"),
    "wangge_doctorcall.whys": _("why a doctor calls"),
    "wangge_doctorcall.sealed": _("the doctor’s note, sealed"),
}

#: As in ``words``: the tables that each form writes into, and what for.
FORMS: Mapping[str, tuple[str, ...]] = {
    "daily": ("wangge_dailyreport", "wangge_reportslot"),
    "doctor": ("wangge_doctorcall",),
}
PURPOSES: Mapping[str, Any] = {
    "daily": _("to notice early who needs a doctor, medicine or food"),
    "doctor": _("so that a doctor calls in time, and nobody is forgotten"),
}
