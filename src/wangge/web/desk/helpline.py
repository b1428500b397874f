"""The number that is answered at any hour: who is called back by when, calls taken down, the hand-over of a shift."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.models import Post
from wangge.domains.help import calls
from wangge.domains.help.inputs import MOST, read_call, uuid_in
from wangge.domains.help.models import Call
from wangge.domains.help.words import BACK
from wangge.domains.places.queries import labels
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import Typed
from wangge.web.desk.words import moment

PAGE = 30


class CallForm(Typed):
    """A call as it is taken down while somebody speaks."""

    who = forms.CharField(
        label=gettext_lazy("Who calls"), required=False,
        widget=forms.TextInput(attrs={"maxlength": MOST["who"], "autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Their number"), required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "maxlength": 30, "autocomplete": "off"}),
    )  # fmt: skip
    whom = forms.CharField(
        label=gettext_lazy("For whom, where"), required=False,
        widget=forms.TextInput(attrs={"maxlength": MOST["whom"], "autocomplete": "off"}),
    )  # fmt: skip
    what = forms.CharField(
        label=gettext_lazy("What it is about"), widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST["what"]})
    )
    back = forms.CharField(
        label=gettext_lazy("Called back within"), required=False, widget=forms.Select(choices=list(BACK.items()))
    )


class MissedForm(Typed):
    """A number on the display of the telephone."""

    phone = forms.CharField(
        label=gettext_lazy("Number of a missed call"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "maxlength": 30, "autocomplete": "off"}),
    )


def _seat(request: Asked) -> Post:
    """The post in which one answers."""
    return calls.seat_of(request.account, request.by.post)


@needs(Right.ANSWER_CALLS)
@never_cache
@require_safe
def line(request: Asked) -> HttpResponse:
    """Who waits to be called back, what is due first at its head. Numbers are shown here to be dialled: looks."""
    return _page(request, MissedForm(), 200)


def _page(request: Asked, missed: MissedForm, status: int) -> HttpResponse:
    scope, seat = request.by.scope(Right.ANSWER_CALLS), _seat(request)
    page = Paginator(calls.open_calls(scope), PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    if found:
        log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason="helpline", count=len(found))
    watch = calls.on_watch(seat)
    context = {
        "page": page, "rows": _rows(found), "missed": missed, "uuid": uuid7(), "seat": seat,
        "on_watch": calls.name_of(watch), "mine": bool(watch and watch.account == request.account.uuid),
        "since": moment(watch.began_at) if watch else "",
        "waiting": calls.open_calls(calls.below(seat)).count(),
        "actions": [{"url": reverse("helpline-new"), "label": _("Take a call down"), "icon": "plus", "main": True},
                    {"url": reverse("help-take-down"), "label": _("Take a request down"), "icon": "plus",
                     "main": False},
                    {"url": f"{reverse('medicine-new')}?from=phone", "label": _("Medicine runs out"), "icon": "plus",
                     "main": False}],
    }  # fmt: skip
    return render(request, "wangge/desk/helpline.html", context, status=status)


def _rows(found: list[Call]) -> list[dict[str, Any]]:
    where, tries, now = labels([one.place for one in found]), calls.tries_of(found), clock.now()
    return [
        {
            "uuid": one.uuid, "said": calls.said_in(one), "missed": one.missed, "times": one.times,
            "at": moment(one.at), "back": moment(one.back_by) if one.back_by else "", "note": uuid7(),
            "late": bool(one.back_by and one.back_by <= now), "where": where[one.place_id],
            "tries": [moment(each.at) for each in tries.get(one.pk, ())],
        }
        for one in found
    ]  # fmt: skip


@needs(Right.ANSWER_CALLS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Take a call down."""
    form = CallForm(request.POST if request.method == "POST" else None, initial={"back": "30"})
    if request.method == "POST":
        try:
            calls.log_call(said=read_call(request.POST.dict()), place=_seat(request).place, by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            messages.success(request, _("Taken down."))
            return redirect("helpline")
    context = {"form": form, "uuid": request.POST.get("uuid") or uuid7(), "page_back": reverse("helpline")}
    return render(request, "wangge/desk/helpline_new.html", context, status=422 if form.is_bound else 200)


@needs(Right.ANSWER_CALLS)
@require_POST
def missed(request: Asked) -> HttpResponse:
    """A missed call, typed from the telephone's display."""
    form = MissedForm(request.POST)
    try:
        said = read_call(request.POST.dict(), missed=True)
        calls.note_missed(said=said, place=_seat(request).place, by=request.by)
    except (Problem, Problems) as error:
        form.say(error)
        return _page(request, form, 422)
    messages.success(request, _("Noted: they are called back."))
    return redirect("helpline")


@needs(Right.ANSWER_CALLS)
@require_POST
def back(request: Asked, uuid: UUID) -> HttpResponse:
    """Called back: reached or not."""
    one = calls.call(request.by.scope(Right.ANSWER_CALLS), uuid)
    reached = request.POST.get("reached") == "yes"
    calls.call_back(call=one, reached=reached, by=request.by, uuid=uuid_in(request.POST.get("note", "")))
    messages.success(request, _("Noted.") if reached else _("Noted: nobody answered. It stays in the list."))
    return redirect("helpline")


@needs(Right.ANSWER_CALLS)
@require_POST
def take(request: Asked) -> HttpResponse:
    """Take the number over, with the calls that are open."""
    typed = request.POST.get("count", "")
    calls.take_watch(post=_seat(request), by=request.by, count=int(typed) if typed.isdecimal() else -1)
    messages.success(request, _("You answer this number now. What is open is yours."))
    return redirect("helpline")
