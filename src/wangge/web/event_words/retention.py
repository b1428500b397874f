"""Sentences for facts about deletion and its proof."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "retention.deletion_began": (
        one, ngettext_lazy("The deletion of personal data began.", "%(n)d deletions of personal data began.", "n"),
    ),
    "retention.part_deleted": (one, ngettext_lazy("A part was deleted.", "%(n)d parts were deleted.", "n")),
    "retention.deletion_done": (
        one, ngettext_lazy("Personal data were deleted, with proof.", "%(n)d deletions were done, with proof.", "n"),
    ),
    "retention.key_destroyed": (
        one, ngettext_lazy("A Response's data key was destroyed.", "%(n)d data keys were destroyed.", "n"),
    ),
}  # fmt: skip
