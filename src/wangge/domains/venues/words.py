"""What the street says to people."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "venue_name_missing": _("The name of the venue is missing. Type it as it stands over the door."),
    "venue_unknown": _(
        "This venue code is not known here. Ask the keeper for the poster, or register the venue first."
    ),
    "venue_closed": _("%(name)s was not open on %(day)s. Check the day, or choose another venue."),
    "visitor_unknown": _("The person who checked in is not known here. Register the person first, then send it again."),
    "check_ins_off": _("No protocol in force keeps check-ins, so none was stored. Nothing has to be done."),
    "check_in_in_future": _(
        "This check-in lies in the future (%(at)s). Set the clock of the device and send it again."
    ),
    "check_in_too_old": _("Check-ins of %(day)s are no longer kept. Send only those from %(first)s on."),
    "check_in_day_dropped": _("The check-ins of %(day)s were deleted for good. A row of that day is not stored again."),
}

#: Kinds of venue.
LABELS = {
    "market": _("market"),
    "restaurant": _("restaurant"),
    "shop": _("shop"),
    "petrol": _("petrol station"),
    "pharmacy": _("pharmacy"),
    "hotel": _("hotel"),
}
