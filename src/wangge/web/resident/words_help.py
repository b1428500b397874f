"""What is kept of requests for help, in words for residents."""

from django.utils.translation import gettext_lazy as _

from wangge.base.access.rights import Right
from wangge.web.resident.about import About

TABLES = {
    "wangge_helprequest": About(
        _("requests for help"), _("to bring what is needed to the right door, in time"),
        (Right.ANSWER_CALLS, Right.WORK_DOORS),
    ),
    "wangge_helpnote": About(
        _("what happened with a request for help"), _("so that nobody has to say it twice"),
        (Right.ANSWER_CALLS, Right.WORK_DOORS),
    ),
    "wangge_call": About(
        _("calls at the number that is answered at any hour"), _("to call back in time"), (Right.ANSWER_CALLS,),
    ),
    "wangge_apart": About(
        _("what was told apart"), _("so that two named people, and nobody else, can help"), (),
    ),
}  # fmt: skip
FIELDS = {
    "wangge_helprequest.sealed": _("what somebody needs, where, and the number they left, sealed"),
    "wangge_helprequest.sender": _("a keyed code of where it came from"),
    "wangge_helprequest.door": _("at which door"),
    "wangge_helpnote.sealed": _("what was added in words, sealed"),
    "wangge_apart.sealed": _("what somebody told, and how they can be reached safely, sealed"),
    "wangge_call.sealed": _("who called, for whom, and what about, sealed"),
    "wangge_call.phone_index": _("a keyed code of the number that called"),
}
FORMS = {"help": ("wangge_helprequest", "wangge_helpnote"), "call": ("wangge_call",)}
PURPOSES = {
    "help": _("to bring what is needed to the right door, in time, and for nothing else"),
    "call": _("to call back in time, and for nothing else"),
}
