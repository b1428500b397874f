"""What is kept of residents' codes, for the notice that residents read: what, for what, and who may see it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES: Mapping[str, About] = {
    "wangge_codeslot": About(
        _("whose number of the day it is"), _("so that a code shows no name and nobody can be followed"), (),
    ),
    "wangge_codelink": About(
        _("phones that may show a code"), _("so that people can carry their own code, and take it back from others"),
        (Right.OPEN_RECORD,),
    ),
    "wangge_printedcode": About(
        _("codes on paper"), _("for whoever has no phone, and so that a lost one is void"), (Right.OPEN_RECORD,),
    ),
    "wangge_codeverdict": About(
        _("verdicts of authorities above"), _("to show on whose word a colour rests, and until when"),
        (Right.OPEN_RECORD, Right.CONFIRM_ORDERS),
    ),
    "wangge_codeappeal": About(
        _("objections to a code's colour"), _("to answer them in time, where the decision was made"),
        (Right.OPEN_RECORD, Right.CONFIRM_ORDERS),
    ),
    "wangge_statuslist": About(
        _("the list of numbers that scanners hold"), _("so that a gate needs no server, and learns no name"),
        (Right.KEEP_CHECKPOINT,),
    ),
}  # fmt: skip

FIELDS: Mapping[str, Any] = {
    "wangge_codeslot.person": _("whose number it is"),
    "wangge_codelink.person": _("whose code it is"),
    "wangge_printedcode.person": _("whose paper it is"),
    "wangge_codeverdict.person": _("whom it is about"),
    "wangge_codeappeal.person": _("who objects"),
    "wangge_codeappeal.answer": _("the answer in words"),
    "wangge_statuslist.content": _("numbers of the day that are not green, without any name"),
}
