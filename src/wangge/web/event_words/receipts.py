"""Facts about files that came in as sentences."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "receipts.look_asked": (
        of("rows"), ngettext_lazy(
            "The dry run of a file with %(n)d row was asked for.",
            "The dry run of a file with %(n)d rows was asked for.", "n",
        ),
    ),
    "receipts.take_asked": (
        of("rows"), ngettext_lazy(
            "A file with %(n)d row was asked to be taken.", "A file with %(n)d rows was asked to be taken.", "n",
        ),
    ),
    "receipts.thrown_away": (
        of("rows"), ngettext_lazy(
            "A file with %(n)d row was thrown away, untaken.", "A file with %(n)d rows was thrown away, untaken.", "n",
        ),
    ),
    "receipts.part_done": (one, ngettext_lazy("A part of a file was done.", "%(n)d parts of a file were done.", "n")),
}  # fmt: skip
