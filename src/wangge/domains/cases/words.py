"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "exposure_step": _("This was already decided or withdrawn. Reload the page to see how it stands."),
    "case_withdrawn": _("This case was withdrawn, so nobody is its contact. Look for the person's case of today."),
    "contact_is_the_case": _("This is the case themselves. Type the document of the person they met."),
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
