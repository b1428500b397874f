"""Facts of daily reports as sentences."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "monitoring.watches_kept": (
        of("begun"),
        ngettext_lazy("%(n)d person at home is to report.", "%(n)d people at home are to report.", "n"),
    ),
    "monitoring.reports_expected": (
        of("reports"),
        ngettext_lazy("%(n)d report of a day is expected.", "%(n)d reports of a day are expected.", "n"),
    ),
    "monitoring.report_received": (one, ngettext_lazy("A daily report came.", "%(n)d daily reports came.", "n")),
    "monitoring.report_refused": (
        one,
        ngettext_lazy("Somebody did not want to report.", "%(n)d people did not want to report.", "n"),
    ),
    "monitoring.reports_missed": (
        of("reports"),
        ngettext_lazy("%(n)d report did not come by its hour.", "%(n)d reports did not come by their hour.", "n"),
    ),
    "monitoring.silent_followed": (
        one,
        ngettext_lazy("Somebody is sent to the silent.", "%(n)d times somebody is sent to the silent.", "n"),
    ),
    "monitoring.page_made": (
        one,
        ngettext_lazy("A page for reports was handed out.", "%(n)d pages for reports were handed out.", "n"),
    ),
    "monitoring.helper_agreed": (
        one,
        ngettext_lazy(
            "Somebody agreed that another one reports for them.",
            "%(n)d people agreed that another one reports for them.",
            "n",
        ),
    ),
    "monitoring.helper_ended": (
        one,
        ngettext_lazy("Such an agreement was taken back.", "%(n)d such agreements were taken back.", "n"),
    ),
    "monitoring.doctor_asked": (
        one,
        ngettext_lazy("A doctor is to call somebody.", "A doctor is to call %(n)d people.", "n"),
    ),
    "monitoring.doctor_called": (one, ngettext_lazy("A doctor called.", "A doctor called %(n)d times.", "n")),
    "monitoring.doctor_not_needed": (
        one,
        ngettext_lazy("A doctor’s call was taken back.", "%(n)d calls of a doctor were taken back.", "n"),
    ),
    "monitoring.doctor_late": (
        of("calls"),
        ngettext_lazy(
            "%(n)d call of a doctor is late: the level above sees it.",
            "%(n)d calls of a doctor are late: the level above sees them.",
            "n",
        ),
    ),
    "monitoring.heat_declared": (one, ngettext_lazy("Heat was declared.", "Heat was declared %(n)d times.", "n")),
}
