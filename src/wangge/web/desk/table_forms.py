"""Forms of tables. They parse nothing: the street's inputs do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.domains.tables.words import SUBJECTS
from wangge.web.desk.forms import Typed


class TakeForm(Typed):
    """What for, of where, in which form: for taking a table now, and for having it made by the clock."""

    reason = forms.CharField(
        label=_("What for"), widget=forms.TextInput(attrs={"maxlength": 150, "autocomplete": "off"}),
        help_text=_("It goes on record, with the number of rows."),
    )  # fmt: skip
    area = forms.CharField(
        label=_("Only in"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("A community, compound or building; empty for all your places."),
    )  # fmt: skip
    format = forms.CharField(
        label=_("Kind of file"), widget=forms.Select(choices=[("xlsx", _("Excel workbook")), ("csv", "CSV")])
    )


class HeadingsForm(Typed):
    """An office's own heading row."""

    title = forms.CharField(
        label=_("Title of the table"), widget=forms.TextInput(attrs={"maxlength": 80, "autocomplete": "off"})
    )
    table_name = forms.CharField(
        label=_("Short name for its address"), help_text=_("Small Latin letters, digits, hyphens: lives-alone"),
        widget=forms.TextInput(attrs={"maxlength": 40, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    office = forms.CharField(label=_("Whose table it is"), required=False, widget=forms.TextInput())
    subject = forms.CharField(label=_("One row is"), widget=forms.Select(choices=list(SUBJECTS.items())))
    headings = forms.CharField(
        label=_("The heading row"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy it from the office's table and paste it here, or send the file below."),
    )  # fmt: skip
    sheet = forms.CharField(
        label=_("Or the empty table"), required=False, help_text=_("Excel or CSV; only its heading row is read."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headings"].widget.attrs["autocomplete"] = "off"
