"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "daily_temperature": _("Type the temperature, or tick that it was not taken."),
    "daily_meant": _("Did you mean %(reading)s °C? Tick it below, or type it again with its point."),
    "daily_no_reading": _("This is no body temperature. Type it as the thermometer shows it, such as 36.5."),
    "daily_yes_or_no": _("Choose yes or no."),
    "daily_days": _("Type a number of days up to %(most)s, or leave it empty if none is needed."),
    "daily_no_number": _("This page is too old. Open it again and send once more."),
    "daily_over": _("The days at home are over: nothing has to be reported any more."),
    "daily_too_often": _("Many reports came from here within an hour. Wait a while, or call the community."),
    "daily_not_yours": _("From this page you cannot report for this person. Ask them, or call the community."),
    "daily_other_person": _("This form belongs to somebody else’s report. Open the page again and send once more."),
    "helper_elsewhere": _("Choose somebody who lives in the same household."),
    "call_outcome_missing": _("Choose what came of the call."),
    "call_again_missing": _("Say when you call again: a time that lies ahead."),
    "call_settled": _("Somebody has noted this call meanwhile. Look at the list again."),
    "heat_day": _("Choose a day from today on, within a month."),
}

SLOTS = {
    "morning": pgettext_lazy("report", "morning"),
    "noon": pgettext_lazy("report", "noon"),
    "evening": pgettext_lazy("report", "evening"),
}
STATES = {
    "waiting": pgettext_lazy("report", "not due yet"),
    "reported": pgettext_lazy("report", "reported"),
    "late": pgettext_lazy("report", "reported late"),
    "silent": pgettext_lazy("report", "silent"),
    "refused": pgettext_lazy("report", "refused"),
}
CAREFUL = {
    "alone": pgettext_lazy("person", "alone"),
    "old": pgettext_lazy("person", "very old"),
    "ill": pgettext_lazy("person", "seriously ill"),
    "pregnant": pgettext_lazy("person", "pregnant"),
}
ASKED = {
    "call": pgettext_lazy("silence", "to be called"),
    "knock": pgettext_lazy("silence", "to be called and knocked for"),
}
CHANNELS = {
    "link": pgettext_lazy("report", "own page"),
    "phone": pgettext_lazy("report", "by phone"),
    "door": pgettext_lazy("report", "at the door"),
}
SYMPTOMS = {
    "cough": pgettext_lazy("symptom", "cough"),
    "throat": pgettext_lazy("symptom", "sore throat"),
    "tired": pgettext_lazy("symptom", "very tired"),
    "taste": pgettext_lazy("symptom", "no smell or taste"),
    "diarrhoea": pgettext_lazy("symptom", "diarrhoea"),
    "breath": pgettext_lazy("symptom", "hard to breathe"),
    "chest": pgettext_lazy("symptom", "pain in the chest"),
    "confused": pgettext_lazy("symptom", "confused, hard to wake"),
    "other": pgettext_lazy("symptom", "something else"),
}
DEPENDANTS = {
    "child": pgettext_lazy("dependant", "a child"),
    "old": pgettext_lazy("dependant", "an old person"),
    "ill": pgettext_lazy("dependant", "somebody ill or disabled"),
}
WHYS = {
    "grave": pgettext_lazy("call", "a symptom that does not wait"),
    "fever": pgettext_lazy("call", "fever"),
    "cold": pgettext_lazy("call", "far too cold"),
    "mind": pgettext_lazy("call", "wants somebody to talk to"),
    "again": pgettext_lazy("call", "as agreed at the last call"),
}
OUTCOMES = {
    "well": pgettext_lazy("call", "well enough, no further call"),
    "watch": pgettext_lazy("call", "to be called again"),
    "hospital": pgettext_lazy("call", "to hospital, 120 was called"),
    "unreached": pgettext_lazy("call", "nobody answered: somebody knocks"),
    "declined": pgettext_lazy("call", "does not want to be called"),
}
CALL_STATES = {
    "open": pgettext_lazy("call", "to be called"),
    "done": pgettext_lazy("call", "called"),
    "withdrawn": pgettext_lazy("call", "no longer needed"),
}
CONSENTS = {
    "page": pgettext_lazy("consent", "on their own page"),
    "worker": pgettext_lazy("consent", "told the worker"),
}
