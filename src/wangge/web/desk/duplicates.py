"""Records that may be one person: the list, two side by side, and what was decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.people import duplicates, merging
from wangge.domains.people.models import Duplicate
from wangge.web.access import Asked, needs
from wangge.web.desk.duplicate_rows import evidence, merged_rows, pair_rows, side_by_side
from wangge.web.desk.forms import DifferentForm
from wangge.web.desk.register import register_tabs

PAGE = 50


@needs(Right.IMPORT_RECORDS)
@require_safe
@never_cache
def waiting(request: Asked) -> HttpResponse:
    """Pairs of which one side at least lies here, the strongest first; or the merges, which can be undone."""
    scope = request.by.scope(Right.IMPORT_RECORDS)
    merged = request.GET.get("show") == "merged"
    found: Any = duplicates.merges(scope) if merged else duplicates.waiting(scope)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = merged_rows(page.object_list) if merged else pair_rows(list(page.object_list), scope)
    tabs = [
        {"url": reverse("duplicates"), "label": _("To decide"), "current": not merged, "count": None},
        {"url": f"{reverse('duplicates')}?show=merged", "label": _("Merged"), "current": merged, "count": None},
    ]
    context = {"page": page, "rows": rows, "merged": merged, "tabs": tabs, "keep": "show=merged" if merged else "",
               "register": register_tabs(request, "duplicates")}  # fmt: skip
    return render(request, "wangge/desk/duplicates.html", context)


@needs(Right.IMPORT_RECORDS)
@require_safe
@never_cache
def pair(request: Asked, one: UUID, other: UUID) -> HttpResponse:
    """Both records side by side, masked; the look is put on record."""
    found = duplicates.pair(request.by.scope(Right.IMPORT_RECORDS), one, other)
    duplicates.look_at(pair=found, by=request.by)
    return _page(request, found, DifferentForm())


def _page(request: Asked, found: Duplicate, form: DifferentForm, problem: Problem | None = None) -> HttpResponse:
    if problem:
        form.say(problem)
    context = {
        "pair": found,
        "lines": side_by_side(found),
        "evidence": evidence(found),
        "form": form,
        "page_back": reverse("duplicates"),
    }
    return render(request, "wangge/desk/duplicate.html", context, status=422 if problem else 200)


@needs(Right.IMPORT_RECORDS)
@require_POST
def decide(request: Asked, one: UUID, other: UUID) -> HttpResponse:
    """One person, two people, or the level above is asked."""
    found = duplicates.pair(request.by.scope(Right.IMPORT_RECORDS), one, other)
    said = request.POST.get("decision", "")
    try:
        if said == "same":
            _merge(request, found)
            messages.success(request, _("The two records are one now. It can be undone under “Merged”."))
        elif said == "unsure":
            duplicates.ask_above(pair=found, by=request.by)
            messages.success(request, _("The level above sees the pair now and decides."))
        else:
            duplicates.say_different(pair=found, reason=request.POST.get("reason", ""), by=request.by)
            messages.success(request, _("Noted as two people. The pair is not shown again."))
    except Problem as problem:
        return _page(request, found, DifferentForm(request.POST), problem)
    return redirect("duplicates")


def _merge(request: Asked, found: Duplicate) -> None:
    """Which record stays was chosen, and for each row of the page which of the two is right."""
    stays_other = request.POST.get("stays") == "other"
    into, absorbed = (found.other, found.one) if stays_other else (found.one, found.other)
    wanted = "one" if stays_other else "other"
    swap = [name for name in merging.FIELDS if request.POST.get(f"take_{name}") == wanted]
    merging.merge(into=into, absorbed=absorbed, swap=swap, by=request.by)


@needs(Right.IMPORT_RECORDS)
@require_POST
def undo(request: Asked, uuid: UUID) -> HttpResponse:
    """Take a merge back."""
    one = duplicates.merges(request.by.scope(Right.IMPORT_RECORDS)).get(uuid=uuid)
    done = merging.undo(merge=one, by=request.by)
    number = sum(len(keys) for keys in done.added.values())
    if number:
        text = _("The merge is undone. %(n)d entries that came meanwhile stayed with the first record: look at them.")
        messages.warning(request, text % {"n": number})
    else:
        messages.success(request, _("The merge is undone; both records are as they were."))
    return redirect(f"{reverse('duplicates')}?show=merged")
