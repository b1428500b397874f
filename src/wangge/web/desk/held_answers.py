"""What was answered about somebody, as they would read it: the question in words, and the answer unsealed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.asking.saying import answer_words, language
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of


def of_household(person: Person, most: int) -> list[Answer]:
    """Answers of the door as a whole: they speak of everybody behind it."""
    if person.home is None:
        return []
    found = Answer._base_manager.filter(door=door_of(person.home), person__isnull=True).select_related("question")
    return list(found.order_by("pk")[:most])


def pairs(answer: Answer) -> Iterator[tuple[str, str]]:
    """The question and what was said; whoever reads this is on record."""
    yield _("Question"), words_in(answer.question.label, language())
    value = value_of(answer)
    yield pgettext("data", "answer"), answer_words(answer.question, value) if value else _("left empty")
