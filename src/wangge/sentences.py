"""Every refusal as a sentence in the reader's language, from the words of all streets. Used by each face."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wangge.base.problems import Problem, Problems
from wangge.base.receipts import words as receipts
from wangge.domains.asking import words as asking
from wangge.domains.asking.questionnaire import Questionnaire, words_in
from wangge.domains.asking.verdict import Fault
from wangge.domains.cases import words as cases
from wangge.domains.checkpoints import words as checkpoints
from wangge.domains.codes import words as codes
from wangge.domains.duty import words as duty
from wangge.domains.isolation import words as isolation
from wangge.domains.lists import words as lists
from wangge.domains.people import words as people
from wangge.domains.phones import words as phones
from wangge.domains.places import words as places
from wangge.domains.protocol import words as protocol
from wangge.domains.requests import words as requests
from wangge.domains.risk import words as risk
from wangge.domains.selfreports import words as selfreports
from wangge.domains.tables import words as tables
from wangge.domains.testing import words as testing
from wangge.domains.venues import words as venues
from wangge.domains.work import words as work

#: Each code belongs to one of them: of two with one code, somebody would read the other's sentence (tests/house).
STREETS = (
    asking, cases, codes, checkpoints, duty, isolation, lists, people, phones, places,
    protocol, receipts, requests, risk, tables, selfreports, testing, venues, work,
)  # fmt: skip
SENTENCES: Mapping[str, Any] = {code: sentence for street in STREETS for code, sentence in street.PROBLEMS.items()}


def sentence(problem: Problem) -> str:
    """The problem in the reader's language."""
    text = SENTENCES.get(problem.code)
    if text is None:
        return _("This could not be done (%(code)s). Tell the help desk this word.") % {"code": problem.code}
    words = str(text)
    return words % problem.values if problem.values else words


def by_field(error: Problem | Problems) -> dict[str, list[str]]:
    """Sentences by the input they are about; '' for those about the whole."""
    found: dict[str, list[str]] = {}
    for problem in error.problems if isinstance(error, Problems) else [error]:
        found.setdefault(problem.field, []).append(sentence(problem))
    return found


def of_faults(form: Questionnaire, wrong: Iterable[Fault], language: str) -> str:
    """What is wrong with some answers to a form, each after its question; the form's own words first."""
    labels = {one.name: words_in(one.label, language) for one in form.questions}
    return " ".join(
        f"{labels[one.question]} {words_in(one.words, language) or sentence(Problem(one.code))}" for one in wrong
    )
