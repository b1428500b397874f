"""Facts about tables as sentences."""

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

TABLES: dict[str, tuple[Number, object]] = {
    "tables.table_saved": (
        one, ngettext_lazy("A table was made from an office's headings.", "%(n)d tables were made from headings.", "n"),
    ),
    "tables.schedule_set": (
        one, ngettext_lazy("A table is to be made by the clock.", "%(n)d tables are to be made by the clock.", "n"),
    ),
    "tables.schedule_ended": (
        one, ngettext_lazy(
            "A table is no longer made by the clock.", "%(n)d tables are no longer made by the clock.", "n"
        ),
    ),
    "tables.file_due": (one, ngettext_lazy("A scheduled table is due.", "%(n)d scheduled tables are due.", "n")),
    "tables.file_made": (
        of("rows"), ngettext_lazy(
            "A scheduled table was made, with %(n)d row.", "Scheduled tables were made, with %(n)d rows.", "n"
        ),
    ),
}  # fmt: skip
