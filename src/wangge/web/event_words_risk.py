"""Facts about risk areas and people who come back as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, one

RISK: Mapping[str, tuple[Number, object]] = {
    "selfreports.received": (
        one, ngettext_lazy("Somebody reported that they come back.", "%(n)d reports of people coming back.", "n"),
    ),
    "selfreports.unmatched": (
        one, ngettext_lazy("For a report no door was found.", "For %(n)d reports no door was found.", "n"),
    ),
    "selfreports.matched": (
        one, ngettext_lazy("A report was put to its door.", "%(n)d reports were put to their doors.", "n"),
    ),
    "selfreports.turned_away": (
        one, ngettext_lazy("A report belongs to no door here.", "%(n)d reports belong to no door here.", "n"),
    ),
    "risk.list_taken": (
        one, ngettext_lazy("A list of risk areas was taken in.", "%(n)d lists of risk areas were taken in.", "n"),
    ),
}  # fmt: skip
