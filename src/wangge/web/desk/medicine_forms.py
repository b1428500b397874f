"""The forms of medicine: taking a need down, and one for each move that says something."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.domains.medicine.inputs import MOST
from wangge.domains.medicine.rules import Move
from wangge.domains.medicine.words import CALLS, RECEIVED
from wangge.web.desk.forms import Typed


def _text(label: object, most: str, *, needed: bool = True, help_text: object = "", **attrs: str) -> forms.CharField:
    box = forms.TextInput(attrs={"maxlength": MOST[most], "autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=needed, help_text=help_text, widget=box)  # type: ignore[arg-type]


def _amount(label: object, help_text: object = "", *, needed: bool = True) -> forms.CharField:
    box = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 12, "autocomplete": "off"})
    return forms.CharField(label=label, required=needed, help_text=help_text, widget=box)  # type: ignore[arg-type]


class NeedForm(Typed):
    """What is asked of whoever's medicine runs out: four things."""

    name = _text(
        _("Which medicine?"),
        "name",
        needed=False,
        help_text=_("As it stands on the box. Or add a photo below."),
        list="common-medicines",
    )
    left = _amount(_("How many tablets are left?"), _("0 if it is finished. For drops or insulin the number of doses."))
    per_day = _amount(_("How many a day?"))
    dose = _text(_("Strength, if it stands on the box"), "dose", needed=False, help_text=_("Such as 20 mg."))
    contact = _text(
        _("Who speaks for the patient?"), "contact", needed=False, help_text=_("Only if it is not the patient.")
    )
    phone = forms.CharField(
        label=_("Their phone"), required=False, widget=forms.TextInput(attrs={"type": "tel", "maxlength": 30})
    )
    note = _text(_("What whoever brings it should know"), "note", needed=False)
    photo = forms.CharField(
        label=_("Photo of the prescription or the box"), required=False,
        help_text=_(
            "Nobody has to. Only whoever buys sees it; each look is on record; it is deleted three days after the end."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip


class OwnForm(NeedForm):
    """The same for whoever asks on their own page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact", "phone"):
            del self.fields[name]


class RequestForm(OwnForm):
    """The same with a request for help, which does not say whose it is."""

    taker = _text(_("Whose medicine is it?"), "taker", help_text=_("The name, as the people at the door know it."))
    field_order = ("taker", "name", "left", "per_day", "dose", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["photo"]


class PlaceForm(Typed):
    """Where it is bought."""

    venue = forms.CharField(label=_("Pharmacy"), required=False, widget=forms.RadioSelect())
    where = _text(_("Or a hospital or another pharmacy, by name"), "where", needed=False)


class GiveForm(Typed):
    """Who buys it."""

    to = forms.CharField(label=_("Who buys and brings it?"), widget=forms.RadioSelect())


class BuyForm(Typed):
    """What it cost."""

    price = _amount(_("Price in yuan"), _("What had to be paid, after the insurance."))
    handed = _amount(_("Money you were given for it, in yuan"), needed=False)
    receipt = _text(_("Number of the receipt"), "receipt", help_text=_("“none” where there is none"))


class HandForm(Typed):
    """The receipt at the door, without a photo."""

    what = _text(_("What was handed over?"), "what")
    count = _text(_("How many?"), "count", help_text=_("Such as 2 boxes."))
    received = forms.CharField(label=_("Who took it?"), widget=forms.RadioSelect(choices=list(RECEIVED.items())))
    taker = _text(_("Their name"), "taker", needed=False)
    returned = _amount(_("Change you gave back, in yuan"), needed=False)


class ReceiveForm(Typed):
    """Who said it on the telephone."""

    who = forms.CharField(
        label=_("Who said that it is there?"),
        widget=forms.RadioSelect(choices=[
            ("patient", pgettext_lazy("medicine", "the patient")), ("proxy", _("who speaks for the patient")),
        ]),
    )  # fmt: skip


class WhyForm(Typed):
    """A reason in words."""

    why = _text(_("Why?"), "why")


class SubstituteForm(Typed):
    """Another medicine, and the doctor who said so."""

    name = _text(_("Name of the other medicine"), "name")
    doctor = _text(_("Which doctor said so?"), "doctor", help_text=_("Name and hospital."))


class CallForm(Typed):
    """How somebody called."""

    how = forms.CharField(label=_("How did you call?"), widget=forms.RadioSelect(choices=list(CALLS.items())))


#: What a move asks; one that is not here is a button alone.
FORMS: Mapping[Move, type[Typed]] = {
    Move.PLACE: PlaceForm, Move.GIVE: GiveForm, Move.HAND_ON: GiveForm, Move.BUY: BuyForm,
    Move.HAND_OVER: HandForm, Move.RECEIVE: ReceiveForm,
    Move.CONFIRM: WhyForm, Move.WRONG: WhyForm, Move.SUBSTITUTE: SubstituteForm, Move.NOT_NEEDED: WhyForm,
}  # fmt: skip
