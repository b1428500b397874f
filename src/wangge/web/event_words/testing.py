"""Sentences for facts about tests and results."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "testing.file_received": (
        of("rows"), ngettext_lazy("A file with %(n)d row came in.", "A file with %(n)d rows came in.", "n"),
    ),
    "testing.file_part_taken": (
        one, ngettext_lazy("A part of the file was read.", "%(n)d parts of the file were read.", "n"),
    ),
    "testing.result_recorded": (one, ngettext_lazy("The result was recorded.", "%(n)d results were recorded.", "n")),
    "testing.result_withdrawn": (
        one, ngettext_lazy("The result was withdrawn as wrong.", "%(n)d results were withdrawn as wrong.", "n"),
    ),
    "testing.tests_planned": (
        of("count"), ngettext_lazy("%(n)d test was planned.", "%(n)d tests were planned.", "n"),
    ),
    "testing.tests_withdrawn": (
        of("count"), ngettext_lazy("%(n)d planned test was taken back.", "%(n)d planned tests were taken back.", "n"),
    ),
}  # fmt: skip
