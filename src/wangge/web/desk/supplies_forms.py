"""The forms of supplies: a store, what comes in, what goes out, a count, a transfer."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.domains.duty.models import Post
from wangge.domains.places.models import Grid, Place
from wangge.domains.supplies.inputs import NAME, NUMBER, UNIT
from wangge.domains.supplies.models import Stock, Store, SupplyItem
from wangge.domains.supplies.words import CAME, KINDS, WHYS
from wangge.web.desk.forms import Typed


def _text(label: object, most: int, *, needed: bool = True, help_text: object = "") -> forms.CharField:
    box = forms.TextInput(attrs={"maxlength": most, "autocomplete": "off"})
    return forms.CharField(label=label, required=needed, help_text=help_text, widget=box)  # type: ignore[arg-type]


def _number(label: object, help_text: object = "") -> forms.CharField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, widget=box)  # type: ignore[arg-type]


def _select(label: object, *, needed: bool = True, help_text: object = "") -> forms.CharField:
    return forms.CharField(label=label, required=needed, help_text=help_text, widget=forms.Select())  # type: ignore[arg-type]


class StoreForm(Typed):
    """A store that is opened."""

    name = _text(_("What people call it"), NAME, help_text=_("Such as “community store room” or “north gate”."))
    kind = forms.CharField(label=_("What it is"), widget=forms.RadioSelect(choices=list(KINDS.items())))
    place = _select(_("Where it lies"))
    grid = _select(_("For one grid alone"), needed=False)
    post = _select(_("Who answers for it"), help_text=_("What runs out is the work of the level above this post."))

    def offer(self, labels: Mapping[int, str], places: list[Place], grids: list[Grid], posts: list[Post]) -> None:
        """What may be chosen."""
        some = {
            "place": [(str(one.uuid), labels[one.pk]) for one in places],
            "grid": [(str(one.uuid), f"{one.community.name} {one.name}") for one in grids],
            "post": [(str(one.uuid), one.title) for one in posts],
        }
        for field, found in some.items():
            self.fields[field].widget.choices = [("", "—"), *found]


class ItemForm(Typed):
    """A form that begins with what it is about."""

    item = _select(_("What is it?"))

    def offer(self, items: Iterable[SupplyItem]) -> None:
        """What may be chosen."""
        found = [(str(one.uuid), f"{one.name}（{one.unit}）") for one in items]
        self.fields["item"].widget.choices = [("", "—"), *found]


class InForm(ItemForm):
    """What comes in from outside."""

    name = _text(_("Or something new: its name"), NAME, needed=False)
    unit = _text(_("and in what it is counted"), UNIT, needed=False, help_text=_("Pieces, boxes, bags."))
    amount = _number(_("How many?"))
    expires_on = forms.CharField(
        label=_("Keeps until"), required=False, help_text=_("As it stands on the box. What expires first goes first."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    came = forms.CharField(label=_("Where it came from"), widget=forms.RadioSelect(choices=list(CAME.items())))
    number = _text(_("Number of the delivery note"), NUMBER, needed=False)

    def offer(self, items: Iterable[SupplyItem]) -> None:
        super().offer(items)
        self.fields["item"].required = False


class OutForm(ItemForm):
    """What staff use up."""

    amount = _number(_("How many?"))


class CountForm(Typed):
    """What was counted of one lot."""

    counted = _number(_("How many do you count?"))
    why = forms.CharField(
        label=_("If it differs: why?"), required=False, widget=forms.RadioSelect(choices=list(WHYS.items()))
    )


class TransferForm(ItemForm):
    """What goes to another store, or is asked of it."""

    amount = _number(_("How many?"))
    store = _select(_("Which other store?"))

    def between(self, stores: Iterable[Store], labels: Mapping[int, str]) -> None:
        """The stores that may be chosen."""
        found = [(str(one.uuid), f"{one.name}（{labels[one.place_id]}）") for one in stores]
        self.fields["store"].widget.choices = [("", "—"), *found]


def lot_words(one: Stock) -> str:
    """A lot in words."""
    return f"{one.item.name} · {one.expires_on.isoformat()}" if one.expires_on else one.item.name


WORDS = {
    "in": pgettext_lazy("supplies", "Book in"),
    "used": pgettext_lazy("supplies", "Used up"),
    "send": pgettext_lazy("supplies", "Send on"),
    "ask": pgettext_lazy("supplies", "Ask for"),
}
