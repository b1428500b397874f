"""What was told apart, for the two people who read it; and naming them, for whoever keeps posts in that district."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account
from wangge.domains.duty.seating import account_called
from wangge.domains.help import apart
from wangge.domains.help.inputs import text
from wangge.domains.places.models import Place
from wangge.sentences import sentence
from wangge.web.access import Asked, needs, signed_in
from wangge.web.desk.words import moment


@signed_in
@never_cache
@require_safe
def waiting(request: Asked) -> HttpResponse:
    """What waits, without a word of it. For everybody but those who are named this page does not exist."""
    if not apart.reads(request.account.uuid):
        raise Http404
    now = clock.now()
    rows = [
        {"uuid": one.uuid, "at": moment(one.at), "by": moment(one.answer_by), "place": one.place.name,
         "taken": one.taken_at is not None, "late": one.taken_at is None and one.answer_by <= now}
        for one in apart.waiting(request.account.uuid)
    ]  # fmt: skip
    return render(request, "wangge/desk/apart.html", {"rows": rows})


@signed_in
@never_cache
@require_safe
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """One of them. The look stands on record before it is shown."""
    return _page(request, uuid, "", 200)


def _page(request: Asked, uuid: UUID, wrong: str, status: int) -> HttpResponse:
    found, said = apart.read(uuid=uuid, by=request.by)
    context: dict[str, Any] = {
        "one": found, "said": said, "at": moment(found.at), "by": moment(found.answer_by), "wrong": wrong,
        "notes": said.get("notes", []), "mine": found.taken_by == request.account.uuid,
        "page_back": reverse("apart"),
    }  # fmt: skip
    return render(request, "wangge/desk/apart_one.html", context, status=status)


@signed_in
@require_POST
def say(request: Asked, uuid: UUID) -> HttpResponse:
    """Take it up, or note what was done."""
    if not apart.reads(request.account.uuid):
        raise Http404
    try:
        if request.POST.get("say") == "take":
            apart.take(uuid=uuid, by=request.by)
        else:
            words = text(request.POST.dict(), "words")
            apart.add(uuid=uuid, words=words, over=request.POST.get("say") == "over", by=request.by)
    except Problem as problem:
        return _page(request, uuid, sentence(problem), 422)
    messages.success(request, _("Noted."))
    return redirect("apart-one", uuid)


@needs(Right.MANAGE_POSTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: Asked) -> HttpResponse:
    """Who reads it, by district: two, named here. Whoever names them does not read it by that."""
    mine = [one for one in apart.places() if request.by.scope(Right.MANAGE_POSTS).covers(one.path, None)]
    wrong = ""
    if request.method == "POST":
        try:
            _named(request, mine)
        except Problem as problem:
            wrong = sentence(problem)
        else:
            return redirect("apart-names")
    context = {"rows": [(one, apart.readers(one)) for one in mine], "wrong": wrong}
    return render(request, "wangge/desk/apart_names.html", context, status=422 if wrong else 200)


def _named(request: Asked, mine: list[Place]) -> None:
    place = next((one for one in mine if str(one.uuid) == request.POST.get("place", "")), None)
    if place is None:
        raise Problem("apart_where")
    if ending := request.POST.get("end", ""):
        for reader in apart.readers(place):
            if str(reader.uuid) == ending:
                apart.unname(reader=reader, by=request.by)
        return
    account: Account | None = account_called(request.POST.get("username", ""))
    if account is None:
        raise Problem("apart_who")
    apart.name(place=place, account=account, by=request.by)
    messages.success(request, _("%(name)s reads it from now on.") % {"name": account.name})
