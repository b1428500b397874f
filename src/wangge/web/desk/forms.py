"""Forms that show what was typed and what is wrong with it. They parse nothing: the streets' inputs do."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.base.problems import Problem, Problems
from wangge.domains.people.words import DIFFERENT, REASONS
from wangge.domains.testing import words as testing
from wangge.domains.testing.inputs import COLUMNS, NEEDED
from wangge.web.problems import by_field

Choice = Iterable[tuple[str, Any]]


class Typed(forms.Form):
    """A form without rules of its own. An empty field is needed, not wrong: browsers would call it invalid at once."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.required and not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["aria-required"] = "true"

    def full_clean(self) -> None:
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def say(self, error: Problem | Problems) -> None:
        """Put every problem at its field, the others at the head of the form."""
        for name, sentences in by_field(error).items():
            self.add_error(name if name in self.fields else None, sentences)


def _select(label: Any, words: Mapping[str, Any], empty: Any = "", required: bool = True) -> forms.CharField:
    options = [("", empty), *words.items()]
    return forms.CharField(label=label, required=required, widget=forms.Select(choices=options))


def _time(label: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class ResultForm(Typed):
    """One result as it stands on the laboratory's report."""

    document = forms.CharField(
        label=pgettext_lazy("person", "Document number"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    specimen_no = forms.CharField(
        label=_("Specimen number"), widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    laboratory = forms.CharField(label=_("Laboratory"), required=False)
    purpose = _select(_("Kind of test"), testing.PURPOSES)
    value = _select(_("Result"), testing.VALUES)
    symptoms = _select(_("Symptoms"), {"yes": _("yes"), "no": _("no")}, empty=_("not stated"), required=False)
    collected_at = _time(_("Sample taken at"))
    reported_at = _time(_("Reported at"))


class RowForm(Typed):
    """A refused row of a file, as it was written there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COLUMNS:
            box = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
            label = capfirst(str(testing.FIELDS[name]))
            self.fields[name] = forms.CharField(label=label, required=name in NEEDED, widget=box)


class WithdrawForm(Typed):
    why = forms.CharField(
        label=_("Why it is wrong"), help_text=_("It stays on record with the result."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
    )  # fmt: skip


class FileForm(Typed):
    file = forms.CharField(
        label=_("The laboratory's table"),
        help_text=_("Excel or CSV, at most 10 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"}),
    )  # fmt: skip


class ImportForm(Typed):
    """A file of people or venues."""

    kind = forms.CharField(
        label=_("What is in the file?"),
        widget=forms.RadioSelect(choices=[("people.people", _("People")), ("venues.venues", _("Venues"))]),
    )
    file = forms.CharField(
        label=_("The table"), help_text=_("Excel or CSV, at most 64 MB and 200,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"}),
    )  # fmt: skip


class ListFileForm(Typed):
    """A list of people from above."""

    file = forms.CharField(
        label=_("The list"), help_text=_("Excel or CSV, at most 20 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"}),
    )  # fmt: skip


class ListForm(Typed):
    """What is said of a list as a whole."""

    title = forms.CharField(
        label=_("Name of the list"), widget=forms.TextInput(attrs={"maxlength": 120, "autocomplete": "off"})
    )
    sender = forms.CharField(
        label=_("From which office"), help_text=_("The report goes back there."),
        widget=forms.TextInput(attrs={"maxlength": 80, "autocomplete": "off"}),
    )  # fmt: skip
    batch = forms.CharField(
        label=_("Batch"), required=False, widget=forms.TextInput(attrs={"maxlength": 40, "autocomplete": "off"})
    )
    due = _time(_("Report wanted by"))
    form = forms.CharField(
        label=_("What is to be asked"), required=False, widget=forms.Select(),
        help_text=_("What is known already is not asked. Each question is asked once, whatever list it is on."),
    )  # fmt: skip

    def __init__(self, *args: Any, questionnaires: Choice = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].widget.choices = [
            ("", _("Only whether they are there")), *questionnaires,
        ]  # fmt: skip


class LookForm(Typed):
    """Why somebody opens a record."""

    reason = forms.CharField(label=_("Why do you open it?"), widget=forms.RadioSelect(choices=list(REASONS.items())))
    words = forms.CharField(
        label=_("In words"), required=False, widget=forms.TextInput(attrs={"maxlength": 150, "autocomplete": "off"})
    )


class ConfirmForm(Typed):
    """What every order must carry by law (传染病防治法)."""

    authority = forms.CharField(label=_("Authority"), widget=forms.TextInput(attrs={"maxlength": 120}))
    document_no = forms.CharField(label=_("Document number"), widget=forms.TextInput(attrs={"maxlength": 80}))
    ground = forms.CharField(label=_("Legal ground"), widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}))
    remedy = forms.CharField(
        label=_("Where to complain or appeal"), widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300})
    )


class DifferentForm(Typed):
    """Why two records are two people."""

    reason = forms.CharField(
        label=_("Why are they two people?"), widget=forms.RadioSelect(choices=list(DIFFERENT.items()))
    )
