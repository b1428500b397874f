"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "venue_name_missing": _("The name of the venue is missing. Type it as it stands over the door."),
    "venue_name_too_long": _("The name of a venue has at most 80 characters. Shorten it."),
    "venue_kind_missing": _(
        "Neither the kind nor the name says what this is. Write 市场, 餐馆, 商店, 加油站, 药店 or 宾馆 as its kind."
    ),
    "venue_kind_choose": _("No kind is chosen yet. Choose what kind of venue it is."),
    "venue_kind_unknown": _("“%(text)s” is not a kind of venue. Write 市场, 餐馆, 商店, 加油站, 药店 or 宾馆."),
    "venue_number_wrong": _("“%(text)s” cannot be a licence number. It has 15 or 18 letters and digits."),
    "venue_keeper_missing": _("The name of whoever keeps this venue is missing. Write it."),
    "venue_phone_missing": _("A phone number is missing. Write one on which the community reaches you."),
    "venue_too_often": _("Many applications came from this connection. Try again in an hour, or go to the community."),
    "venue_settled": _("This application was decided meanwhile. Look at it again."),
    "venue_reason_missing": _("Say why it goes back: its sender reads this. Then send it back again."),
    "venue_why_missing": _("Say why there is to be a new poster. What becomes of the old one follows from it."),
    "poster_no_font": _(
        "This server has no font with Chinese letters, so it cannot print a poster. Ask whoever keeps it to install "
        "one (Debian: fonts-noto-cjk)."
    ),
    "poster_no_library": _(
        "This server lacks Pango, so it cannot print a poster. Ask whoever keeps it to install it "
        "(Debian: libpango-1.0-0 and libpangoft2-1.0-0)."
    ),
    "venue_check_missing": _("Say whether the poster hangs there and whether it can be read. Then save again."),
    "venue_elsewhere": _(
        "The venue with this number lies in another community: %(where)s. Ask there, or correct the number."
    ),
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
    "check_in_not_here": _(
        "Nobody has to check in here: no order in force asks for it. Nothing was stored, and nothing has to be done."
    ),
    "venue_without_poster": _("This venue has no valid poster. Go in; the keeper asks the community for a new one."),
    "check_in_code_unknown": _(
        "This code is not one of ours, or part of it is missing. Scan the whole poster again, or ask in the shop."
    ),
    "check_in_code_stale": _(
        "The code on the screen changes every minute, and this one is old. Nothing was stored, and nothing follows "
        "from it. If you are there, scan the one that shows now."
    ),
    "check_in_poster_replaced": _(
        "This poster was replaced, and pictures of it no longer count. Nothing was stored, and nothing follows from "
        "it. If you are there, ask in the shop for the new one."
    ),
    "check_in_phone": _("That is no telephone number. Type its digits, 5 to 15 of them."),
    "check_in_unreadable": _("What was sent cannot be read. Scan the poster again and send the page as it is."),
    "check_in_kind": _("A check-in is sent as a form or as JSON. Scan the poster again and send the page as it is."),
    "check_in_method": _("Nothing can be done here in this way. Scan the poster again and press the button."),
    "check_in_too_big": _("That is too much for a check-in. Scan the poster again and send only the number."),
    "check_in_too_often": _(
        "Very many check in at this venue just now. Wait %(seconds)s seconds, then send it once more; "
        "twice counts once."
    ),
    "check_in_busy": _(
        "Very many check in just now. Wait %(seconds)s seconds, then send it once more; twice counts once. "
        "Nobody has to stand outside for it."
    ),
    "check_in_broken": _(
        "It could not be stored just now. Wait %(seconds)s seconds, then send it once more; twice counts once."
    ),
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

#: Why a venue gets another poster.
WHY = {
    "worn": _("It is torn, faded or lost. The old one is taken for three more days."),
    "copied": _("Pictures of it go round. The old one is taken no more, at once."),
}

#: Columns of a file of venues.
FIELDS = {
    "name": pgettext_lazy("venue", "Name"),
    "kind": _("Kind of venue"),
    "number": _("Licence number"),
    "community": _("Community"),
    "address": _("Address"),
    "contact": _("Contact person"),
    "phone": _("Phone"),
}
