"""The forms that may come in, ready to judge, and the asks that are open: read now and then, kept in memory."""

from dataclasses import dataclass
from datetime import datetime

from wangge.base import clock
from wangge.domains.asking.inbox.rules import OpenAsk, asked_at
from wangge.domains.asking.models import Ask, Form, Question
from wangge.domains.asking.questionnaire import Subject, of_data, words_in
from wangge.domains.asking.rules import AskState
from wangge.domains.asking.verdict import Judge

FormKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A published version. ``names``: the question of each path in it; ``questions``: their keys in the bank."""

    pk: int
    form_id: str
    version: str
    in_use: bool
    judge: Judge
    names: dict[tuple[str, ...], str]
    questions: frozenset[int]
    of_person: bool

    def title(self, language: str) -> str:
        return words_in(self.judge.questionnaire.title, language)

    def label(self, name: str, language: str) -> str:
        """What a question is called on the phone's screen."""
        asked = (one.label for one in self.judge.questionnaire.questions if one.name == name)
        return words_in(next(asked, {}), language) or name


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Forms by id and version, and open asks, as they stood at ``read_at``."""

    forms: dict[FormKey, KnownForm]
    ids: frozenset[str]
    asks: tuple[OpenAsk, ...]
    read_at: datetime

    def asked(self, form: KnownForm, path: str, now: datetime) -> bool:
        """Whether anybody asks something of this form at this door now."""
        return asked_at(self.asks, form.questions, path, now)


def read_catalogue(before: Catalogue | None = None) -> Catalogue:
    """The catalogue of this moment; a version never changes, so that what was ready ``before`` is not made again."""
    ready = {form.pk: form for form in before.forms.values()} if before else {}
    heads = list(Form.objects.values_list("pk", "retired_at", "form_id", "version"))
    stale = [pk for pk, retired, _id, _version in heads if pk not in ready or ready[pk].in_use is not (retired is None)]
    bank = dict(Question.objects.values_list("name", "pk")) if stale else {}
    for form in Form.objects.filter(pk__in=stale):
        ready[form.pk] = known_form(form, bank)
    forms = {(form_id, version): ready[pk] for pk, _retired, form_id, version in heads}
    return Catalogue(forms, frozenset(form_id for form_id, _version in forms), _open_asks(), clock.now())


def known_form(form: Form, bank: dict[str, int]) -> KnownForm:
    """A published version, ready to judge; ``bank``: the keys of questions by name."""
    questionnaire = of_data(form.definition)
    asked = questionnaire.asked
    return KnownForm(
        form.pk, form.form_id, form.version, form.retired_at is None, Judge(questionnaire),
        {one.path: one.name for one in questionnaire.questions},
        frozenset(bank[one.name] for one in asked if one.name in bank),
        any(one.subject is Subject.PERSON for one in asked),
    )  # fmt: skip


def _open_asks() -> tuple[OpenAsk, ...]:
    asks = Ask.objects.filter(state=AskState.OPEN, ends_at__gt=clock.now(), response__closed_at__isnull=True)
    found: dict[int, tuple[str, datetime, set[int]]] = {}
    for pk, path, ends_at, question in asks.values_list("pk", "area__path", "ends_at", "asked__question"):
        found.setdefault(pk, (path, ends_at, set()))[2].add(question)
    return tuple(OpenAsk(path, frozenset(questions), ends_at) for path, ends_at, questions in found.values())
