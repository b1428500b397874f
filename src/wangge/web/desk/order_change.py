"""An authority changes an order in force: what, for which cause, under which document."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.isolation import queries
from wangge.domains.isolation.changing import change_order
from wangge.domains.isolation.inputs import PLACE, read_change
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules_change import Cause
from wangge.domains.isolation.words import CAUSES, CHANGES
from wangge.web import order_paper
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment

TYPED = [(one.value, CAUSES[one]) for one in Cause if one is not Cause.REASON]


class ChangeForm(Typed):
    """What changes and why. An order becomes longer only by a reason that the rule has found."""

    kind = forms.CharField(
        label=gettext_lazy("What changes?"), widget=forms.RadioSelect(choices=list(CHANGES.items())),
        help_text=gettext_lazy("Longer only where the protocol has proposed a longer order for a new reason."),
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("For which cause?"),
        required=False,
        widget=forms.RadioSelect(choices=TYPED),
        help_text=gettext_lazy("The person reads it. A longer order has its own: the new reason."),
    )
    last = forms.CharField(
        label=gettext_lazy("New last day"),
        required=False,
        help_text=gettext_lazy("Only where it becomes shorter."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    place = forms.CharField(
        label=gettext_lazy("Where to"),
        required=False,
        help_text=gettext_lazy("Only where it is spent elsewhere."),
        widget=forms.TextInput(attrs={"maxlength": PLACE, "autocomplete": "off"}),
    )
    authority = forms.CharField(label=gettext_lazy("Authority"), widget=forms.TextInput(attrs={"maxlength": 120}))
    document_no = forms.CharField(
        label=pgettext_lazy("order", "Document number"), widget=forms.TextInput(attrs={"maxlength": 80})
    )


@needs(Right.CONFIRM_ORDERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Asked, uuid: UUID) -> HttpResponse:
    """The form, and the act. Opening it is a look at the person."""
    one = queries.order(request.by.scope(Right.CONFIRM_ORDERS), uuid)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial={"authority": one.authority})
    if request.method == "POST":
        try:
            made = change_order(order=one, typed=read_change(request.POST.dict()), by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            messages.success(request, _("Changed. Somebody explains it at the door."))
            return redirect("order", made.into.uuid if made.into else uuid)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=one.person.uuid, reason=f"order:{uuid}")
    return render(request, "wangge/desk/order_change.html", _context(one, form), status=422 if form.is_bound else 200)


def _context(one: Order, form: ChangeForm) -> dict[str, Any]:
    waits = queries.waiting_beside(one)
    return {
        "order": one, "form": form, "uuid": uuid7(), "name": one.person.name, "ends": moment(one.ends_at),
        "measures": order_paper.measured(one), "today": clock.today(),
        "longer": moment(waits.ends_at) if waits and waits.ends_at > one.ends_at else "",
        "page_back": reverse("order", args=[one.uuid]),
    }  # fmt: skip
