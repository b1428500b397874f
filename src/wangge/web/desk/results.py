"""Test results: the list, one result and what it set off, entering one, withdrawing one."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.testing import actions, queries
from wangge.domains.testing.inputs import read_result
from wangge.domains.testing.words import PURPOSES, VALUES
from wangge.web.access import Asked, needs
from wangge.web.desk import followed
from wangge.web.desk.forms import ResultForm, WithdrawForm
from wangge.web.desk.result_rows import facts, rows

PAGE = 50


@needs(Right.ENTER_RESULTS)
def results(request: Asked) -> HttpResponse:
    """The list. A document is looked for by POST: it must not stand in an address, a history or a server's log."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {name: asked.get(name, "") for name in ("value", "purpose")}
    text = request.POST.get("q", "").strip()[:60]
    found = queries.find(request.by.scope(Right.ENTER_RESULTS), text=text, **chosen)
    page = Paginator(found, PAGE).get_page(asked.get("page"))
    filters = [
        {"name": name, "label": label, "options": [("", _("all")), *words.items()], "chosen": chosen[name]}
        for name, label, words in (("value", _("Result"), VALUES), ("purpose", _("Kind of test"), PURPOSES))
    ]
    context = {"page": page, "rows": rows(page.object_list), "q": text, "filters": filters, "keep": urlencode(chosen)}
    return render(request, "wangge/desk/results.html", context)


@needs(Right.ENTER_RESULTS)
def new(request: Asked) -> HttpResponse:
    """Enter one result. What is wrong is said at its field, and what was typed stays."""
    form = ResultForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            result, is_new = actions.record_result(typed=read_result(request.POST.dict()), by=request.by)
        except (Problem, Problems) as error:
            form.say(error)
        else:
            if is_new:
                messages.success(request, _("The result is recorded. Below is what it sets off."))
            else:
                messages.info(request, _("This result was already recorded. Nothing was changed; here it is."))
            return redirect("result", result.uuid)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "page_back": reverse("results")}
    return render(request, "wangge/desk/result_new.html", context, status=status)


@needs(Right.ENTER_RESULTS)
def result(request: Asked, uuid: UUID) -> HttpResponse:
    """One result, what it set off, and how to withdraw it."""
    return _page(request, uuid, WithdrawForm())


def _page(request: Asked, uuid: UUID, form: WithdrawForm, status: int = 200) -> HttpResponse:
    one = queries.result(request.by.scope(Right.ENTER_RESULTS), uuid)
    context = {
        "result": one, "facts": facts(one), "followed": followed.of_result(one, request.by), "form": form,
        "undo": followed.what_falls(one), "page_back": reverse("results"),
    }  # fmt: skip
    return render(request, "wangge/desk/result.html", context, status=status)


@needs(Right.ENTER_RESULTS)
def result_followed(request: Asked, uuid: UUID) -> HttpResponse:
    """What it set off, alone: asked every two seconds until it is worked out."""
    one = queries.result(request.by.scope(Right.ENTER_RESULTS), uuid)
    context = {"result": one, "followed": followed.of_result(one, request.by)}
    return render(request, "wangge/desk/followed.html", context)


@needs(Right.ENTER_RESULTS)
@require_POST
def withdraw(request: Asked, uuid: UUID) -> HttpResponse:
    """Mark a result as wrong, with why; what followed from it alone is undone by its flow."""
    one = queries.result(request.by.scope(Right.ENTER_RESULTS), uuid)
    form = WithdrawForm(request.POST)
    try:
        actions.withdraw_result(result=one, why=request.POST.get("why", ""), by=request.by)
    except Problem as error:
        form.say(error)
        return _page(request, uuid, form, status=422)
    messages.success(request, _("The result is withdrawn. What followed from it alone is being undone."))
    return redirect("result", uuid)
