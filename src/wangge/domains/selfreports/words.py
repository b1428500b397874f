"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "report_whom": _("Say for whom you report."),
    "report_travel": _("Say how you travel. “Other” will do."),
    "report_people": _("Write the name of everybody who comes, as in their documents, with 、 between them."),
    "report_too_many": _("This form takes %(most)s people. Send another one for the others."),
    "report_phone": _("This phone number has too few or too many digits. You are called back on it, and only once."),
    "report_day": _("Choose a day."),
    "report_arrives": _("This day of arrival cannot be: look at month and year."),
    "report_stay": _("The last day lies before the first, or too far ahead. Choose both again."),
    "report_from": _("Write where you come from: city and district, street or village, as exactly as you can."),
    "report_door": _("Write the door you come home to, as it stands on it: 501, or 12 for yard 12."),
    "report_were_you_there": _(
        "Areas nearby stand in the published lists of those days. Tick where you were, or “none of these”."
    ),
    "report_number": _("Something of this form was lost. What you wrote is still here: send it once more."),
    "report_too_often": _(
        "Very many reports come in just now. What you wrote is still here: send it again in an hour, or call your "
        "community, which takes it down for you."
    ),
    "report_no_home": _("Choose a household, a yard or a bed: a whole building has no door to knock at."),
    "report_settled": _("Somebody has dealt with this report meanwhile. Look at the list again."),
    "report_home_missing": _("Choose the door, or say why there is none."),
    "report_away_missing": _("Say why this report belongs to no door here."),
}

WHOM = {
    "self": pgettext_lazy("report", "for myself"),
    "together": pgettext_lazy("report", "for myself and those who come with me"),
    "parents": pgettext_lazy("report", "for my parents"),
    "children": pgettext_lazy("report", "for my children"),
    "others": pgettext_lazy("report", "for somebody else"),
}
TRAVEL = {
    "train": pgettext_lazy("travel", "train"),
    "plane": pgettext_lazy("travel", "plane"),
    "coach": pgettext_lazy("travel", "coach"),
    "car": pgettext_lazy("travel", "car"),
    "other": pgettext_lazy("travel", "other"),
}
STATES = {
    "waiting": pgettext_lazy("report", "just arrived"),
    "matched": pgettext_lazy("report", "at its door"),
    "unmatched": pgettext_lazy("report", "no door found"),
    "settled": pgettext_lazy("report", "put to a door by hand"),
    "turned_away": pgettext_lazy("report", "belongs to no door here"),
}
AWAY = {
    "elsewhere": pgettext_lazy("report", "lives elsewhere; told where to report"),
    "not_reached": pgettext_lazy("report", "called on two days, nobody answered"),
    "no_such_door": pgettext_lazy("report", "no such door here"),
    "double": pgettext_lazy("report", "reported twice"),
    "misuse": pgettext_lazy("report", "not meant seriously"),
}
