"""Facts about supplies as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "supplies.store_opened": (one, ngettext_lazy("A store was opened.", "%(n)d stores were opened.", "n")),
    "supplies.store_closed": (one, ngettext_lazy("A store was closed.", "%(n)d stores were closed.", "n")),
    "supplies.booked": (
        one,
        ngettext_lazy("Supplies were booked in or out.", "Supplies were booked in or out %(n)d times.", "n"),
    ),
    "supplies.counted": (one, ngettext_lazy("A stock was counted.", "%(n)d stocks were counted.", "n")),
    "supplies.transfer_moved": (
        one,
        ngettext_lazy("A transfer of supplies went a step.", "Transfers of supplies went %(n)d steps.", "n"),
    ),
    "supplies.running_out": (
        one,
        ngettext_lazy(
            "Something runs out: the level above has it.", "%(n)d things run out: the level above has them.", "n"
        ),
    ),
    "supplies.shortage_raised": (
        one,
        ngettext_lazy("A shortage went up a level.", "%(n)d shortages went up a level.", "n"),
    ),
    "supplies.shortage_answered": (
        one,
        ngettext_lazy("A shortage was answered.", "%(n)d shortages were answered.", "n"),
    ),
    "supplies.parcel_begun": (
        one,
        ngettext_lazy("A distribution began.", "%(n)d distributions began.", "n"),
    ),
    "supplies.parcels_given": (
        one,
        ngettext_lazy("Parcels were ticked.", "Parcels were ticked %(n)d times.", "n"),
    ),
    "supplies.parcel_closed": (
        one,
        ngettext_lazy("A distribution was closed.", "%(n)d distributions were closed.", "n"),
    ),
    "supplies.enough_again": (
        one,
        ngettext_lazy("Of something there is enough again.", "Of %(n)d things there is enough again.", "n"),
    ),
}
