"""Sentences for facts about what residents ask about their data."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "requests.asked": (
        one, ngettext_lazy("A resident asked about their data.", "%(n)d residents asked about their data.", "n"),
    ),
    "requests.checked": (
        one, ngettext_lazy("A resident showed who they are.", "%(n)d residents showed who they are.", "n"),
    ),
    "requests.answered": (
        one, ngettext_lazy("A resident's request was answered.", "%(n)d requests were answered.", "n"),
    ),
}  # fmt: skip
