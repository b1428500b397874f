"""Sentences for facts about people and their records."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "people.registered": (one, ngettext_lazy("A person was registered.", "%(n)d people were registered.", "n")),
    "people.imported": (
        of("count"), ngettext_lazy("%(n)d person was imported.", "%(n)d people were imported.", "n"),
    ),
    "people.duplicates_found": (
        of("count"), ngettext_lazy(
            "%(n)d pair of records that may be one person was found.",
            "%(n)d pairs of records that may be one person were found.", "n",
        ),
    ),
    "people.merged": (one, ngettext_lazy("Two records were merged.", "%(n)d pairs of records were merged.", "n")),
    "people.merge_undone": (one, ngettext_lazy("A merge was undone.", "%(n)d merges were undone.", "n")),
    "people.found_different": (
        one, ngettext_lazy(
            "Two records were found to be two people.", "%(n)d pairs of records were found to be two people.", "n",
        ),
    ),
    "people.duplicate_sent_up": (
        one, ngettext_lazy("A pair of records was sent up.", "%(n)d pairs of records were sent up.", "n"),
    ),
    "people.died": (one, ngettext_lazy("A person died.", "%(n)d people died.", "n")),
    "people.corrected": (one, ngettext_lazy("A person's record was corrected.", "%(n)d records were corrected.", "n")),
    "people.completed": (one, ngettext_lazy("An intake was made at the door.", "%(n)d intakes were made.", "n")),
    "people.removed": (
        one, ngettext_lazy("A person was taken out of the register.", "%(n)d people left the register.", "n"),
    ),
}  # fmt: skip
