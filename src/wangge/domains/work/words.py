"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "outcome_missing": _("What happened at the door is missing. Tap one of the answers."),
    "who_died": _("Say which person died: choose the name first, then record it."),
    "not_at_this_door": _("This person does not live behind this door. Go back to the list and open the right door."),
    "not_a_settlement": _("This does not settle it. Choose how it ended: done, refused, moved, empty or elsewhere."),
    "in_the_future": _("This time lies in the future. Type the time at which it happened."),
    "before_the_task": _("This time is before the task began. Type the time at which it happened."),
    "only_above_settles": _("Only the level above can settle this. It has been told; go on with the next door."),
    "work_offered_to_somebody_else": _("This work was offered to somebody else. Only they can accept it."),
    "own_difference": _(
        "One of the two tries is yours. Somebody else settles it: the level above, or who holds it now."
    ),
    "difference_died": _("By what counts now this person has died. Have the desk correct their record first."),
    "form_broken": _("This form was damaged on the way. Go back, reload the page and record it again."),
    "hour_unreadable": _("This hour cannot be read. Write it as 14:30."),
}

OUTCOMES = {
    "not_yet": pgettext_lazy("outcome", "not yet asked"),
    "done": pgettext_lazy("outcome", "done"),
    "refused": pgettext_lazy("outcome", "refused"),
    "absent": pgettext_lazy("outcome", "absent"),
    "unreachable": pgettext_lazy("outcome", "unreachable"),
    "wrong_number": pgettext_lazy("outcome", "wrong number"),
    "night_shift": pgettext_lazy("outcome", "night shift"),
    "moved": pgettext_lazy("outcome", "moved"),
    "empty": pgettext_lazy("outcome", "empty"),
    "lives_elsewhere": pgettext_lazy("outcome", "lives elsewhere"),
    "died": pgettext_lazy("outcome", "died"),
}

#: Headings of the tally's columns: several outcomes may share one.
COLUMNS = {
    "expected": pgettext_lazy("column", "expected"),
    "done": pgettext_lazy("column", "done"),
    "refused": pgettext_lazy("column", "refused"),
    "absent": pgettext_lazy("column", "absent"),
    "unreachable": pgettext_lazy("column", "unreachable"),
    "elsewhere": pgettext_lazy("column", "moved or empty"),
    "died": pgettext_lazy("column", "died"),
    "not_yet": pgettext_lazy("column", "not yet asked"),
    "late": pgettext_lazy("column", "late"),
}

#: Things to do at a door that no protocol words: offices ask for them in any Response.
ITEMS = {"list_check": _("Check whether they are here: a list from another office names them")}

CHANNELS = {"door": _("at the door"), "phone": _("by phone"), "paper": _("from a paper sheet")}
