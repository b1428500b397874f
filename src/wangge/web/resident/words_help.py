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
}  # fmt: skip
FIELDS = {
    "wangge_helprequest.sealed": _("what somebody needs, where, and the number they left, sealed"),
    "wangge_helprequest.sender": _("a keyed code of where it came from"),
    "wangge_helprequest.door": _("at which door"),
    "wangge_helpnote.sealed": _("what was added in words, sealed"),
}
FORMS = {"help": ("wangge_helprequest", "wangge_helpnote")}
PURPOSES = {"help": _("to bring what is needed to the right door, in time, and for nothing else")}
