"""Sentences for facts about keys and backups."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "keeping.keys_rotated": (
        of("count"), ngettext_lazy(
            "%(n)d record was sealed again under a new key.", "%(n)d records were sealed again under a new key.", "n"
        ),
    ),
    "keeping.keys_dropped": (
        of("count"), ngettext_lazy("%(n)d old key was destroyed.", "%(n)d old keys were destroyed.", "n"),
    ),
    "keeping.index_rotated": (
        of("count"), ngettext_lazy(
            "%(n)d record was indexed again under a new key.", "%(n)d records were indexed again under a new key.", "n"
        ),
    ),
    "keeping.restored": (
        one, ngettext_lazy(
            "The data were restored from a backup.", "%(n)d times the data were restored from a backup.", "n"
        ),
    ),
}  # fmt: skip
