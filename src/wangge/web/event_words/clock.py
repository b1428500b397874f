"""Sentences for facts about the days."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "clock.day_began": (one, ngettext_lazy("A day began.", "%(n)d days began.", "n")),
}  # fmt: skip
