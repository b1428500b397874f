"""Facts of the log about asks, questionnaires and answers, as sentences."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_counts import Number, of, one

ASKING: Mapping[str, tuple[Number, object]] = {
    "asking.questionnaire_published": (
        one,
        ngettext_lazy("A questionnaire was published.", "%(n)d questionnaires were published.", "n"),
    ),
    "asking.proposed": (one, ngettext_lazy("An ask waits for a superior.", "%(n)d asks wait for a superior.", "n")),
    "asking.confirmed": (one, ngettext_lazy("A superior confirmed an ask.", "Superiors confirmed %(n)d asks.", "n")),
    "asking.declined": (one, ngettext_lazy("A superior declined an ask.", "Superiors declined %(n)d asks.", "n")),
    "asking.sent": (one, ngettext_lazy("An ask was sent.", "%(n)d asks were sent.", "n")),
    "asking.closed": (one, ngettext_lazy("An ask ended.", "%(n)d asks ended.", "n")),
    "asking.answers_recorded": (
        one,
        ngettext_lazy("A door or person gave answers.", "%(n)d doors or people gave answers.", "n"),
    ),
    "asking.dispute_settled": (
        one,
        ngettext_lazy("A contradiction was settled.", "%(n)d contradictions were settled.", "n"),
    ),
    "asking.form_held": (
        one,
        ngettext_lazy("A phone's form could not be recorded and is held.", "%(n)d forms of phones are held.", "n"),
    ),
    "asking.held_form_recorded": (
        one,
        ngettext_lazy("A form that was held is recorded.", "%(n)d forms that were held are recorded.", "n"),
    ),
    "asking.form_set_aside": (
        one,
        ngettext_lazy("A form that was held was set aside.", "%(n)d forms that were held were set aside.", "n"),
    ),
    "asking.list_renewed": (
        one,
        ngettext_lazy("Arrivals and departures were noted.", "Arrivals and departures: %(n)d lists.", "n"),
    ),
    "asking.overflowed": (
        of("doors"),
        ngettext_lazy("%(n)d door did not fit a post's day.", "%(n)d doors did not fit a post's day.", "n"),
    ),
    "asking.overflow_decided": (
        one,
        ngettext_lazy("What did not fit a day was decided.", "%(n)d overflows were decided.", "n"),
    ),
    "asking.costs_learned": (
        one,
        ngettext_lazy("The minutes of visits were learned anew.", "Minutes were learned %(n)d times.", "n"),
    ),
}
