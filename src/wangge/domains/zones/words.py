"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "zone_notice_too_big": _("The file is larger than %(most)s MB. Send one notice at a time."),
    "zone_notice_broken": _(
        "This is no notice that can be read. Send the JSON as it was published, or paste the text."
    ),
    "zone_notice_day": _("The date of the notice cannot be read. Write it as 2022年4月7日."),
    "zone_notice_empty": _(
        "No line of a zone was found. Write the level as a heading (封控区) and each district before its places "
        "(小店区：…)."
    ),
    "zone_notice_long": _("The notice has more than %(most)s lines. Send it in parts."),
    "zone_line_long": _("The line “%(text)s…” is longer than %(most)s characters. Separate its places by 、."),
    "zone_level_unknown": _(
        "The edition in force (%(edition)s) knows no level “%(level)s”. Look whether this notice belongs to this "
        "Response, or switch the edition first."
    ),
    "zone_no_response": _("No Response is open around this place: no zone can exist. Ask whoever may open one."),
    "zone_place_missing": _("Choose the place that the line means, or say that it is not found yet."),
    "zone_place_elsewhere": _("%(name)s lies outside the places of this Response. Choose a place inside."),
    "zone_place_not_inside": _("%(name)s does not lie in this zone. Choose a place inside."),
    "zone_outline_few": _("An area needs at least three corners and something between them. Set further corners."),
    "zone_outline_long": _(
        "These are %(found)s corners, and at most %(most)s are taken. Simplify the line, then send it again."
    ),
    "zone_outline_number": _("“%(text)s” is no corner. Write one corner a line: longitude, latitude (112.553,37.861)."),
    "zone_outline_swapped": _("%(text)s: latitude stands first. Write longitude first (112.553,37.861)."),
    "zone_outline_range": _("%(text)s lies outside the country. Correct this corner."),
    "zone_outline_crosses": _(
        "The line crosses itself. Take the last corners back and set them in the order one walks."
    ),
    "zone_outline_elsewhere": _(
        "This area touches nothing of the district. Look at the corners, and on which map they were read off."
    ),
    "zone_outline_wide": _(
        "More than %(most)s places lie inside. Place the line by the name of its street office or community, or draw "
        "less."
    ),
    "zone_line_missing": _("Tick at least one line, then confirm."),
    "zone_half_open": _("Decide each place that lies at the line first: %(open)s are open."),
    "zone_notice_over": _("A later notice took the place of this one. Decide the lines of that one."),
    "zone_authority_missing": _("Write which authority published the notice."),
    "zone_number_missing": _("Write the number of the document."),
    "zone_clause_missing": _("Write the ground: the clause under which it is put in force."),
    "zone_words_long": _("This is longer than %(most)s characters. Shorten it."),
    "zone_nothing_placed": _("No line has a place yet. Confirm at least one, then put the notice in force."),
    "zone_notice_older": _(
        "A notice of this authority that was published later is in force (%(number)s). Put that one’s successor in "
        "force, not an older one."
    ),
    "zone_over": _("This zone is over. Nothing can be changed in it."),
    "zone_not_yet": _("The conditions of release are not all met: %(open)s open. Wait until the page says so."),
}

#: The sign of a level on the picture; the word stands beside it in the legend.
MAP_SIGNS = {
    "lockdown": pgettext_lazy("sign of a zone on a map", "S"), "control": pgettext_lazy("sign of a zone on a map", "C"),
    "guard": pgettext_lazy("sign of a zone on a map", "G"), "high": pgettext_lazy("sign of a zone on a map", "H"),
    "mid": pgettext_lazy("sign of a zone on a map", "M"), "low": pgettext_lazy("sign of a zone on a map", "L"),
}  # fmt: skip
PARTS = {
    "in": pgettext_lazy("zone", "inside"),
    "out": pgettext_lazy("zone", "left out"),
    "edge": pgettext_lazy("zone", "door by door"),
}
KINDS = {
    "door": pgettext_lazy("zone line", "door"),
    "unit": pgettext_lazy("zone line", "unit"),
    "building": pgettext_lazy("zone line", "building"),
    "compound": pgettext_lazy("zone line", "compound"),
    "village": pgettext_lazy("zone line", "village or community"),
    "township": pgettext_lazy("zone line", "town or street office"),
    "district": pgettext_lazy("zone line", "district or county"),
    "site": pgettext_lazy("zone line", "shop or single place"),
    "outline": pgettext_lazy("zone line", "area drawn by its streets"),
}
STATES = {
    "in_force": pgettext_lazy("zone", "in force"),
    "superseded": pgettext_lazy("zone", "replaced by a later notice"),
    "released": pgettext_lazy("zone", "released"),
    "ended": pgettext_lazy("zone", "ended with its Response"),
}
NOTICES = {
    "taken": pgettext_lazy("zone notice", "being placed"),
    "in_force": pgettext_lazy("zone notice", "in force"),
    "superseded": pgettext_lazy("zone notice", "replaced by a later notice"),
}
LINES = {
    "open": pgettext_lazy("zone line", "not placed yet"),
    "placed": pgettext_lazy("zone line", "placed"),
    "outside": pgettext_lazy("zone line", "not in our city"),
    "waiting": pgettext_lazy("zone line", "looked for, not found yet"),
}
