"""What the street's problems say to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "edition_out_of_force": _(
        "This edition was in force until %(until)s. Choose one that is in force, or open the Response as a drill."
    ),
    "document_already_opened": _(
        "Document %(number)s has already opened a Response for this area. Look for it in the list of Responses."
    ),
    "response_closed": _("This Response is closed. Open a new one with a document of its own."),
    "switch_in_the_past": _("An edition cannot be switched back in time. Choose today or a later day."),
}
