"""Facts about venues and their posters as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, one

VENUES: Mapping[str, tuple[Number, object]] = {
    "venues.applied": (
        one,
        ngettext_lazy("A venue asked for its poster.", "%(n)d venues asked for their posters.", "n"),
    ),
    "venues.approved": (one, ngettext_lazy("A venue was approved.", "%(n)d venues were approved.", "n")),
    "venues.application_returned": (
        one,
        ngettext_lazy("A venue's application was sent back.", "%(n)d venues' applications were sent back.", "n"),
    ),
    "venues.poster_issued": (
        one,
        ngettext_lazy("A poster was given out.", "%(n)d posters were given out.", "n"),
    ),
    "venues.poster_checked": (
        one,
        ngettext_lazy("A poster was looked at.", "%(n)d posters were looked at.", "n"),
    ),
    "venues.poster_suspected": (
        one,
        ngettext_lazy("Pictures of a poster seem to go round.", "Pictures of %(n)d posters seem to go round.", "n"),
    ),
    "venues.registered": (one, ngettext_lazy("A venue was registered.", "%(n)d venues were registered.", "n")),
    "venues.day_sealed": (
        one,
        ngettext_lazy("A day of check-ins was sealed.", "%(n)d days of check-ins were sealed.", "n"),
    ),
    "venues.rows_dropped": (
        one,
        ngettext_lazy(
            "Check-ins of venues that no order covers any more were deleted.",
            "Check-ins of venues that no order covers any more were deleted from %(n)d days.",
            "n",
        ),
    ),
    "venues.day_dropped": (
        one,
        ngettext_lazy("A day of check-ins was deleted.", "%(n)d days of check-ins were deleted.", "n"),
    ),
}
