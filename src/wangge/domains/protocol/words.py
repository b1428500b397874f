"""What the street's problems say to people."""

from django.utils.translation import gettext_lazy as _

#: What an order may name, each as it is called and what it means for people.
NAMED = {
    "codes": (
        _("health codes"),
        _("A colour worked out from the rules for each person; checkpoints and shops may ask for the code."),
    ),
    "check_in": (
        _("check-in at venues"),
        _("Who was at which venue and when, kept for the days of the protocol, read for tracing alone."),
    ),
}

PROBLEMS = {
    "edition_out_of_force": _(
        "This edition was in force until %(until)s. Choose one that is in force, or open the Response as a drill."
    ),
    "document_already_opened": _(
        "Document %(number)s has already opened a Response for this area. Look for it in the list of Responses."
    ),
    "edition_of_another_family": _(
        "This Response works under a protocol of another kind. For another emergency open a Response of its own."
    ),
    "response_closed": _("This Response is closed. Open a new one with a document of its own."),
    "opening_needs": _("A Response needs this by law. Copy it from the document."),
    "text_too_long": _("This is longer than %(most)s characters. Shorten it; the document itself keeps the rest."),
    "edition_missing": _("No protocol is chosen. Choose the edition under which this Response works."),
    "area_missing": _("The area is missing. Type its name or its code of 12 digits."),
    "area_unknown": _("No place is called %(text)s here. Check the spelling, or type the code of 12 digits."),
    "area_several": _("%(count)s places can be meant. Choose one of them below."),
    "area_outside": _("%(name)s lies outside the places of your post. Ask the level above to open it."),
    "switch_day_unreadable": _("This day cannot be read. Write it as 2022-04-03."),
    "switch_in_the_past": _("An edition cannot be switched back in time. Choose today or a later day."),
}
