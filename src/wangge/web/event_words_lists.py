"""Facts about lists handed down as sentences of the log."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

LISTS: Mapping[str, tuple[Number, object]] = {
    "lists.list_received": (
        of("rows"),
        ngettext_lazy(
            "A list of people with %(n)d row came in.",
            "A list of people with %(n)d rows came in.",
            "n",
        ),
    ),
    "lists.part_read": (
        one,
        ngettext_lazy("A part of a list was matched.", "%(n)d parts of a list were matched.", "n"),
    ),
    "lists.list_matched": (
        of("rows"),
        ngettext_lazy(
            "A list with %(n)d row was matched.",
            "A list with %(n)d rows was matched.",
            "n",
        ),
    ),
    "lists.list_thrown_away": (
        of("rows"),
        ngettext_lazy(
            "A list with %(n)d row was thrown away, untaken.",
            "A list with %(n)d rows was thrown away, untaken.",
            "n",
        ),
    ),
    "lists.list_taken": (
        of("rows"),
        ngettext_lazy("A list with %(n)d row was taken.", "A list with %(n)d rows was taken.", "n"),
    ),
    "lists.rows_sent": (
        of("asked"),
        ngettext_lazy(
            "%(n)d person of a list was put at their door.",
            "%(n)d people of a list were put at their doors.",
            "n",
        ),
    ),
    "lists.row_resolved": (
        one,
        ngettext_lazy("A row of a list was resolved.", "%(n)d rows of lists were resolved.", "n"),
    ),
    "lists.rows_forwarded": (
        of("rows"),
        ngettext_lazy(
            "%(n)d row of a list was forwarded to the office responsible.",
            "%(n)d rows of a list were forwarded to the office responsible.",
            "n",
        ),
    ),
    "lists.list_accepted": (
        one,
        ngettext_lazy("A forwarded list was signed for.", "%(n)d forwarded lists were signed for.", "n"),
    ),
    "lists.row_returned": (
        one,
        ngettext_lazy("A row was returned to its sender.", "%(n)d rows were returned to their senders.", "n"),
    ),
    "lists.rows_checked": (
        of("rows"),
        ngettext_lazy("%(n)d row of a list was checked.", "%(n)d rows of lists were checked.", "n"),
    ),
    "lists.reported_up": (
        of("rows"),
        ngettext_lazy(
            "A list with %(n)d row was reported up.",
            "A list with %(n)d rows was reported up.",
            "n",
        ),
    ),
}
