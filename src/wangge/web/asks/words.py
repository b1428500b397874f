"""How pages of asking say places, questions and times."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from wangge.domains.asking import rules, words
from wangge.domains.asking.models import Ask, Question
from wangge.domains.asking.rules import SubjectKind
from wangge.web.command.here import name_of
from wangge.web.field.cards import day_hour

#: The columns of an ask in the order of the bar, and the mark of each.
COLUMNS = {column: words.COLUMNS[column] for column in rules.COLUMNS}
MARKS = {"moved": "elsewhere"}
WHOM = {
    SubjectKind.HOUSEHOLD.value: pgettext_lazy("ask", "households"),
    SubjectKind.PERSON.value: pgettext_lazy("ask", "people"),
}


def fresh_words(question: Question) -> str:
    """For how long an answer counts as known."""
    return fresh_for_words(question.fresh_for)


def fresh_for_words(seconds: int | None) -> str:
    if seconds is None:
        return _("known until somebody says otherwise")
    hours = seconds // 3600
    if hours < 48:
        return _("known for %(hours)d hours") % {"hours": hours}
    return _("known for %(days)d days") % {"days": hours // 24}


def row_of(ask: Ask, sums: dict[str, int] | None = None) -> dict[str, Any]:
    """An ask as a list shows it."""
    return {
        "ask": ask, "number": ask.number, "title": ask.title, "where": name_of(ask.area),
        "state": words.STATES[ask.state], "until": day_hour(ask.deadline), "ends": day_hour(ask.ends_at),
        "sums": sums, "answered": sums["known"] + sums["done"] if sums else None,
    }  # fmt: skip
