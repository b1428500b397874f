"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "deadline_passed": _("This deadline lies in the past. Choose a later hour."),
    "ends_before_deadline": _("The ask would end before its deadline. Choose an end on the deadline or after it."),
    "ends_too_late": _("An ask runs for %(days)s days at most. Choose an earlier end; it can be asked again."),
}

STATES = {
    "proposed": pgettext_lazy("ask", "waits for confirmation"),
    "open": pgettext_lazy("ask", "open"),
    "closed": pgettext_lazy("ask", "closed"),
    "declined": pgettext_lazy("ask", "not confirmed"),
}

#: Headings of the tally's columns, and what the state of one line is called.
COLUMNS = {
    "expected": pgettext_lazy("ask", "expected"),
    "known": pgettext_lazy("ask", "known already"),
    "done": pgettext_lazy("ask", "done"),
    "refused": pgettext_lazy("ask", "refused"),
    "absent": pgettext_lazy("ask", "absent"),
    "unreachable": pgettext_lazy("ask", "unreachable"),
    "moved": pgettext_lazy("ask", "moved or gone"),
    "not_yet": pgettext_lazy("ask", "not yet asked"),
    "arrived": pgettext_lazy("ask", "arrived since"),
    "left": pgettext_lazy("ask", "left since"),
}

ANSWER_STATES = {
    "current": pgettext_lazy("answer", "counts"),
    "superseded": pgettext_lazy("answer", "replaced by another"),
    "disputed": pgettext_lazy("answer", "contradicts another"),
}

SOURCES = {
    "visit": _("at the door"),
    "phone": _("by phone"),
    "self": _("reported by themselves"),
    "openrosa": _("on a form at the door"),
    "list": _("from a list"),
    "import": _("from a file"),
}

EMPTY = {
    "left_blank": pgettext_lazy("answer", "left empty"),
    "not_relevant": pgettext_lazy("answer", "did not apply"),
}

SUBJECTS = {"household": _("all households"), "person": _("all people")}
LEVELS = {
    "open": pgettext_lazy("privacy", "open"),
    "personal": pgettext_lazy("privacy", "personal"),
    "sensitive": pgettext_lazy("privacy", "sensitive"),
}
