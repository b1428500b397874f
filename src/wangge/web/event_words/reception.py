"""Facts about receptions as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "reception.announced": (
        one,
        ngettext_lazy("Somebody came back, or was announced.", "%(n)d times somebody came back or was announced.", "n"),
    ),
    "reception.arrived": (
        one,
        ngettext_lazy("Somebody who was announced arrived.", "%(n)d times somebody who was announced arrived.", "n"),
    ),
    "reception.met": (one, ngettext_lazy("Somebody was met.", "%(n)d times somebody was met.", "n")),
    "reception.named": (
        one,
        ngettext_lazy("It was noted whose home it is.", "%(n)d times it was noted whose home it is.", "n"),
    ),
    "reception.waits_long": (
        one,
        ngettext_lazy(
            "A level above was told of a wait that is too long.",
            "%(n)d times a level above was told of a wait that is too long.",
            "n",
        ),
    ),
    "reception.ended": (one, ngettext_lazy("A reception was over.", "%(n)d receptions were over.", "n")),
    "reception.spot_set": (
        one,
        ngettext_lazy("A place for waiting was set up.", "%(n)d places for waiting were set up.", "n"),
    ),
    "reception.spot_closed": (
        one,
        ngettext_lazy("A place for waiting was closed.", "%(n)d places for waiting were closed.", "n"),
    ),
}
