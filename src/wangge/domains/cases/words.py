"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "exposure_not_judged": _(
        "Under the edition in force now such a meeting makes nobody a contact. Dismiss it, or leave it undecided."
    ),
    "exposure_step": _("This was already decided or withdrawn. Reload the page to see how it stands."),
    "case_withdrawn": _("This case was withdrawn, so nobody is its contact. Look for the person's case of today."),
    "contact_is_the_case": _("This is the case themselves. Type the document of the person they met."),
    "contact_unknown": _(
        "Nobody with this document or phone is registered in your places. Read it again, or register the person below."
    ),
    "who_missing": _("Say whom the case met. Type the person's document number or phone."),
    "who_unclear": _("Several people share this phone. Choose which of them it was."),
    "met_when_missing": _("Say when they met. Choose the date and the hour; roughly will do."),
    "met_when": _("“%(text)s” is no date and hour. Write it as 2022-04-02 18:05."),
    "met_before": _(
        "This was before the infectious period, which began on %(day)s. "
        "Check the date; if it is right, nobody is a contact."
    ),
    "minutes_wrong": _("Say how long they were together, in minutes from 1 to 1440. Roughly will do."),
    "where_unknown": _("No place here is called “%(text)s”. Type the compound or community, or leave it empty."),
    "where_unclear": _("Several places can be meant by “%(text)s”. Choose one of them, or leave it empty."),
    "home_missing": _("Say where the person lives. Type the compound, building and door, such as 水产宿舍3-2-501."),
    "no_phone": _("No phone number is known of this person. Ask at the door, or ask the household."),
    "case_unknown": _(
        "No case here has this id, number or document. Check that the Response and the place are the right ones."
    ),
    "export_reason_missing": _("Say what the list is for. It goes on record, with the number of rows."),
    "list_missing": _("Choose which list it is and of which Response."),
    "day_unreadable": _("The day “%(text)s” cannot be read. Write it as 2022-04-03."),
    "day_impossible": _("The day “%(text)s” lies in the future or long before. Check the year."),
    "met_in_future": _("This meeting lies in the future. Check the date and time."),
}
CLASSIFICATIONS = {
    "confirmed": pgettext_lazy("case", "confirmed case"),
    "asymptomatic": pgettext_lazy("case", "asymptomatic infection"),
}
KINDS = {
    "household": pgettext_lazy("exposure", "same household"),
    "room": pgettext_lazy("exposure", "same room"),
    "interview": pgettext_lazy("exposure", "named in the interview"),
    "venue": pgettext_lazy("exposure", "same venue at the same time"),
    "contact": pgettext_lazy("exposure", "lives with a close contact"),
}
STATES = {
    "candidate": pgettext_lazy("exposure", "to be decided"),
    "asked": pgettext_lazy("exposure", "asked, waiting"),
    "confirmed": pgettext_lazy("exposure", "confirmed"),
    "dismissed": pgettext_lazy("exposure", "not a contact"),
    "withdrawn": pgettext_lazy("exposure", "withdrawn"),
}
