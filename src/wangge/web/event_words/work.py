"""Sentences for facts about doors and what is to be done there."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, of, one

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "work.items_put": (
        of("items"), ngettext_lazy(
            "%(n)d thing to do was put at its door.", "%(n)d things to do were put at their doors.", "n"
        ),
    ),
    "work.items_withdrawn": (
        of("items"), ngettext_lazy(
            "%(n)d thing to do was taken back; what was done stays on record.",
            "%(n)d things to do were taken back; what was done stays on record.", "n",
        ),
    ),
    "work.items_voided": (
        of("items"), ngettext_lazy(
            "%(n)d thing done no longer counts; the visit stays on record.",
            "%(n)d things done no longer count; the visits stay on record.", "n",
        ),
    ),
    "work.items_finished": (
        of("items"), ngettext_lazy("%(n)d thing to do is done.", "%(n)d things to do are done.", "n"),
    ),
    "work.items_ended": (
        of("items"), ngettext_lazy("%(n)d thing to do was ended.", "%(n)d things to do were ended.", "n"),
    ),
    "work.attempt_recorded": (
        one, ngettext_lazy("A try at the door was recorded.", "%(n)d tries at doors were recorded.", "n"),
    ),
    "work.task_settled": (
        one, ngettext_lazy("The level above settled a door.", "The level above settled %(n)d doors.", "n"),
    ),
    "work.task_raised": (
        one, ngettext_lazy("A door went to the level above.", "%(n)d doors went to the level above.", "n"),
    ),
    "work.late_raised": (
        of("tasks"), ngettext_lazy(
            "%(n)d late door went to the level above.", "%(n)d late doors went to the level above.", "n"
        ),
    ),
    "work.handover_offered": (
        of("doors"), ngettext_lazy("%(n)d open door was offered.", "%(n)d open doors were offered.", "n"),
    ),
    "work.handover_accepted": (
        of("doors"), ngettext_lazy("%(n)d open door was taken over.", "%(n)d open doors were taken over.", "n"),
    ),
    "work.recount_differed": (
        of("tallies"), ngettext_lazy(
            "The nightly count corrected %(n)d tally.", "The nightly count corrected %(n)d tallies.", "n"
        ),
    ),
}  # fmt: skip
