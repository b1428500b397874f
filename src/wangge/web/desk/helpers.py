"""The police officer and the volunteer of a home in isolation: typed by the community, once for all homes around it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation.five import five_at
from wangge.domains.isolation.handing import set_helper
from wangge.domains.isolation.inputs import NAME, read_helper
from wangge.domains.isolation.rules_home import TYPED
from wangge.domains.isolation.words import HELPERS
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label
from wangge.domains.places.queries.reading import by_uuid
from wangge.domains.places.queries.scoped import way_to
from wangge.domains.protocol import queries as protocols
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.order_paper import told


class HelperForm(Typed):
    """A police officer or a volunteer."""

    kind = forms.CharField(
        label=gettext_lazy("Who is it?"),
        widget=forms.RadioSelect(choices=[(one.value, HELPERS[one]) for one in TYPED]),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        help_text=gettext_lazy("Leave it empty: nobody any more."),
        widget=forms.TextInput(attrs={"maxlength": NAME, "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        help_text=gettext_lazy("It stands on the paper of the home."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "maxlength": 20, "autocomplete": "off"}),
    )
    place = forms.CharField(label=gettext_lazy("For which homes?"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.choices = places


@needs(Right.OPEN_RECORD)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helpers(request: Asked, response: UUID, uuid: UUID) -> HttpResponse:
    """The five of one home; the police officer and the volunteer are typed here, once for all homes around it."""
    one, chosen = by_uuid(uuid), protocols.response(response)
    for right in (Right.OPEN_RECORD, Right.WORK_DOORS):
        request.by.need(right, one.path, one.grid_id)
    around = _around(request, one)
    form = HelperForm(request.POST or None, places=[(str(place.uuid), label) for place, label in around])
    if request.method == "POST":
        try:
            place = next((place for place, _label in around if str(place.uuid) == request.POST.get("place")), one)
            set_helper(response=chosen, place=place, typed=read_helper(request.POST.dict()), by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            messages.success(request, _("Saved. It stands on papers printed from now on."))
            return redirect(request.path)
    context = {
        "form": form, "chosen": chosen, "home": full_label(one), "five": told(five_at(chosen, one)), "uuid": uuid7(),
        "page_back": f"{reverse('isolation')}?response={chosen.uuid}",
    }  # fmt: skip
    return render(request, "wangge/desk/isolation_helpers.html", context, status=422 if form.is_bound else 200)


def _around(request: Asked, home: Place) -> list[tuple[Place, str]]:
    """This home, and the places around it that one leads, the nearest first."""
    scope = request.by.scope(Right.OPEN_RECORD)
    led = [place for place in reversed(way_to(home, scope)) if scope.covers(place.path, place.grid_id)]
    every = _("every home in isolation of %(place)s")
    return [(home, _("only this home")), *((place, every % {"place": place.name}) for place in led)]
