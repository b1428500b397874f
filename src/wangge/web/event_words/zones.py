"""Facts about zones as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "zones.notice_taken": (
        of("lines"),
        ngettext_lazy("A notice with %(n)d line was taken in.", "A notice with %(n)d lines was taken in.", "n"),
    ),
    "zones.line_decided": (
        one,
        ngettext_lazy(
            "It was said what a line of a notice means.", "It was said what %(n)d lines of notices mean.", "n"
        ),
    ),
    "zones.notice_in_force": (
        one,
        ngettext_lazy("A notice of zones came into force.", "%(n)d notices of zones came into force.", "n"),
    ),
    "zones.in_force": (one, ngettext_lazy("A zone began.", "%(n)d zones began.", "n")),
    "zones.places_decided": (
        one,
        ngettext_lazy(
            "It was decided which places are in a zone.",
            "It was decided %(n)d times which places are in a zone.",
            "n",
        ),
    ),
    "zones.superseded": (
        one,
        ngettext_lazy("A zone ended with the next notice.", "%(n)d zones ended with the next notice.", "n"),
    ),
    "zones.released": (one, ngettext_lazy("A zone was released.", "%(n)d zones were released.", "n")),
    "zones.ended": (
        one,
        ngettext_lazy("A zone ended with its Response.", "%(n)d zones ended with their Response.", "n"),
    ),
}
