"""The interview's fields. They parse nothing: the streets' inputs do."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.web.desk.forms import Typed

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class InterviewForm(Typed):
    """Whom the case met, where, when and how long. Choices appear where what was typed can mean several."""

    who = forms.CharField(
        label=_("Whom the case met"),
        help_text=_(
            "The phone number, or a document number you have on paper. By telephone nobody is asked for an ID number."
        ),
        widget=forms.TextInput(attrs=QUIET | {"maxlength": 40}),
    )
    person = forms.CharField(label=_("Which of them"), required=False, widget=forms.RadioSelect())
    starts = forms.CharField(label=_("When they met"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    minutes = forms.CharField(
        label=_("For how many minutes, roughly"),
        widget=forms.NumberInput(attrs={"min": 1, "max": 1440, "inputmode": "numeric"}),
    )
    venue = forms.CharField(label=_("At a venue the case visited"), required=False, widget=forms.Select())
    where = forms.CharField(
        label=_("Or at another place"),
        required=False,
        widget=forms.TextInput(attrs=QUIET | {"maxlength": 60}),
        help_text=_("As people call it, such as 水产宿舍3号楼. It may stay empty."),
    )
    place = forms.CharField(label=_("Which place"), required=False, widget=forms.RadioSelect())
    name = forms.CharField(label=_("Name"), widget=forms.TextInput(attrs=QUIET | {"maxlength": 60}))
    phone = forms.CharField(
        label=_("Phone"), required=False, widget=forms.TextInput(attrs=QUIET | {"inputmode": "tel"})
    )
    document = forms.CharField(label=_("ID card number"), required=False, widget=forms.TextInput(attrs=QUIET))
    home_text = forms.CharField(
        label=_("Where the person lives"),
        widget=forms.TextInput(attrs=QUIET | {"maxlength": 60}),
        help_text=_("Compound, building and door, such as 水产宿舍3-2-501."),
    )
    home = forms.CharField(label=_("Which home"), required=False, widget=forms.RadioSelect())

    def offer(self, field: str, options: Iterable[tuple[str, Any]]) -> None:
        """What a field lets choose from; a choice without options is not shown."""
        self.fields[field].widget.choices = list(options)

    def offered(self, field: str) -> bool:
        return bool(self.fields[field].widget.choices)
