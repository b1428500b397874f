"""The bank of questions as an asker chooses from it."""

from django.db.models import QuerySet

from wangge.domains.asking.models import Question
from wangge.domains.asking.questionnaire import words_in

CHOSEN = ("select_one", "select_multiple")
Condition = tuple[str, str, list[tuple[str, str]]]


def bank() -> QuerySet[Question]:
    """The questions that can be asked: those of the questionnaires in use, in their order."""
    found = Question.objects.filter(form__retired_at__isnull=True).select_related("form")
    return found.order_by("form__title", "form_id", "position")


def conditions(language: str) -> list[Condition]:
    """Questions by whose answers an ask can be narrowed: name, words, and the choices."""
    return [
        (one.name, words_in(one.label, language),
         [(choice["name"], words_in(choice["label"], language)) for choice in one.choices])
        for one in bank().filter(type__in=CHOSEN)
    ]  # fmt: skip
