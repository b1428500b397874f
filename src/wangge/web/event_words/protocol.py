"""Sentences for facts about Responses and editions."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "protocol.edition_began": (one, ngettext_lazy("An edition began.", "%(n)d editions began.", "n")),
    "protocol.edition_part_taken": (one, ngettext_lazy("A part was planned.", "%(n)d parts were planned.", "n")),
    "protocol.response_opened": (one, ngettext_lazy("A Response was opened.", "%(n)d Responses were opened.", "n")),
    "protocol.response_closed": (one, ngettext_lazy("A Response was closed.", "%(n)d Responses were closed.", "n")),
    "protocol.edition_switched": (
        one, ngettext_lazy("Another edition came into force.", "%(n)d other editions came into force.", "n"),
    ),
}  # fmt: skip
