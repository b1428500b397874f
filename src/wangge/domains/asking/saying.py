"""How questions and answers are said, for every face."""

from django.utils.translation import get_language

from wangge.domains.asking.models import Question
from wangge.domains.asking.questionnaire import words_in


def language() -> str:
    """The reader's language under the code that questionnaires use."""
    return {"zh-hans": "zh"}.get(get_language() or "zh-hans", get_language() or "zh")


def question_words(question: Question) -> str:
    return words_in(question.label, language())


def answer_words(question: Question, value: str) -> str:
    """A value as people say it: the choice's label."""
    labels_of = {choice["name"]: words_in(choice["label"], language()) for choice in question.choices}
    return " · ".join(labels_of.get(one, one) for one in value.split()) if labels_of else value
