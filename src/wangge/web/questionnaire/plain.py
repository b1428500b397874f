"""The questionnaire as a plain form of the server: for old browsers, without scripts, and where nothing was built."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from wangge.base.problems import Problem
from wangge.domains.asking.questionnaire import Question, Questionnaire, Type, words_in
from wangge.domains.asking.verdict import Fault
from wangge.sentences import sentence

PREFIX = "q."
_INPUTS = {
    Type.PHONE: {"type": "tel"},
    Type.INTEGER: {"type": "number", "inputmode": "numeric", "step": "1"},
    Type.DECIMAL: {"type": "number", "inputmode": "decimal", "step": "any"},
    Type.DATE: {"type": "date"},
    Type.DATETIME: {"type": "datetime-local"},
}


class PlainForm(forms.Form):
    """A field for each question, in the groups of the questionnaire. It parses nothing: the Judge does.

    A question that is asked only in some cases says so and may stay empty; whether it had to be answered is judged.
    """

    use_required_attribute = False

    def __init__(self, questionnaire: Questionnaire, language: str, given: Mapping[str, str] | None = None) -> None:
        self.questionnaire, self.language = questionnaire, language
        initial = {one.name: one.default for one in questionnaire.questions if one.default} | dict(given or {})
        super().__init__(initial={PREFIX + name: _initial(text, questionnaire, name) for name, text in initial.items()})
        for one in questionnaire.questions:
            if one.type.asked:
                self.fields[PREFIX + one.name] = _field(one, language)
        self.wrong: dict[str, str] = {}
        self._errors: ErrorDict | None = None

    def say(self, faults: Iterable[Fault], whole: str = "") -> None:
        """Why it cannot be taken, at each question."""
        self.wrong = {one.question: words_in(one.words, self.language) or sentence(Problem(one.code)) for one in faults}
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}
        if whole:
            self.wrong[""] = whole
        for name, text in self.wrong.items():
            self.add_error(PREFIX + name if PREFIX + name in self.fields else None, text)

    def parts(self) -> list[dict[str, Any]]:
        """As the page shows them: a section for each group, with its notes."""
        titles = {group.path: words_in(group.label, self.language) for group in self.questionnaire.groups}
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        for one in self.questionnaire.questions:
            part = found.setdefault(one.groups, {"title": titles.get(one.groups, ""), "fields": [], "notes": []})
            if one.type.asked:
                part["fields"].append(self[PREFIX + one.name])
            elif one.type is Type.NOTE:
                part["notes"].append(words_in(one.label, self.language))
        return [part for part in found.values() if part["fields"] or part["notes"]]


def answers(posted: QueryDict) -> dict[str, str]:
    """What a plain form sent, by question; several choices as XForms writes them, with spaces between."""
    return {
        name.removeprefix(PREFIX): " ".join(text.strip() for text in posted.getlist(name))
        for name in posted
        if name.startswith(PREFIX)
    }


def _initial(text: str, questionnaire: Questionnaire, name: str) -> Any:
    several = any(one.name == name and one.type is Type.SELECT_MULTIPLE for one in questionnaire.questions)
    return text.split() if several else text


def _field(one: Question, language: str) -> forms.Field:
    label, hint = words_in(one.label, language), words_in(one.hint, language)
    if one.relevant and not one.default:
        hint = " ".join(part for part in (hint, _("Only where it applies.")) if part)
    required = one.required == "true()"
    options = [(choice.name, words_in(choice.label, language)) for choice in one.choices]
    if one.type is Type.SELECT_ONE:
        return forms.ChoiceField(label=label, help_text=hint, required=required, choices=options,
                                 widget=forms.RadioSelect)  # fmt: skip
    if one.type is Type.SELECT_MULTIPLE:
        return forms.MultipleChoiceField(label=label, help_text=hint, required=required, choices=options,
                                         widget=forms.CheckboxSelectMultiple)  # fmt: skip
    if one.type is Type.ACKNOWLEDGE:
        return forms.BooleanField(label=label, help_text=hint, required=required,
                                  widget=forms.CheckboxInput(attrs={"value": "OK"}))  # fmt: skip
    box = forms.TextInput(attrs={"autocomplete": "off", **_INPUTS.get(one.type, {})})
    return forms.CharField(label=label, help_text=hint, required=required, widget=box)
