"""Opening a Response: a form, a page that says what opening will do, then the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.people.queries import lived_in
from wangge.domains.places.queries import full_label
from wangge.domains.protocol.actions import open_response
from wangge.domains.protocol.opening import TEXTS, Opening, SeveralPlaces, read_opening
from wangge.domains.protocol.rules import Named
from wangge.domains.protocol.words import NAMED
from wangge.web.access import Asked, needs
from wangge.web.command.responses import asked_of, choices
from wangge.web.command.words import spoken
from wangge.web.problems import by_field

FIELDS = (*TEXTS, "protocol", "area", "area_choice", "drill", *(f"named_{one}" for one in Named), "uuid")


@needs(Right.OPEN_RESPONSE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: Asked) -> HttpResponse:
    """``step``: 'check' shows what will happen, 'open' does it, 'change' goes back to the form."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step not in ("check", "open"):
        return _form(request)
    try:
        opening = read_opening(request.POST, request.by.scope(Right.OPEN_RESPONSE))
        return _opened(request, opening) if step == "open" else _check(request, opening)
    except (Problem, Problems) as problem:
        return _form(request, problem)


def _opened(request: Asked, opening: Opening) -> HttpResponse:
    response = open_response(
        title=opening.title, protocol=opening.protocol.key, area=opening.area, authority=opening.authority,
        document_no=opening.document_no, ground=opening.ground, remedy=opening.remedy, drill=opening.drill,
        named=opening.named, by=request.by, uuid=opening.uuid,
    )  # fmt: skip
    messages.success(request, _("The Response is open. What it sets off reaches the doors within seconds."))
    return redirect("response", response.uuid)


def _check(request: Asked, opening: Opening) -> HttpResponse:
    """What opening will do, in figures, before it does it."""
    everybody = opening.protocol.role_on("opening")
    context = {
        "opening": opening, "label": spoken(opening.protocol.label), "area": full_label(opening.area),
        "counts": lived_in(opening.area), "everybody": everybody is not None, "typed": _typed(request),
        "named": [NAMED[one] for one in Named if one in opening.named],
        "asks": [asks for role in asked_of(opening.protocol) for asks in role["asks"]] if everybody else [],
    }  # fmt: skip
    return render(request, "wangge/command/response_check.html", context)


def _form(request: Asked, problem: Problem | Problems | None = None) -> HttpResponse:
    errors = by_field(problem) if problem else {}
    typed = dict(_typed(request))
    context = {
        "fields": [_field(name, typed, errors) for name in TEXTS], "area": _field("area", typed, errors),
        "several": _several(problem), "editions": choices(), "protocol": typed.get("protocol", ""),
        "protocol_errors": errors.get("protocol", []), "drill": bool(typed.get("drill")), "whole": errors.get("", []),
        "named": [(f"named_{one}", *NAMED[one], bool(typed.get(f"named_{one}"))) for one in Named],
        "uuid": typed.get("uuid") or uuid7(), "page_back": reverse("responses"), "wrong": bool(errors),
    }  # fmt: skip
    return render(request, "wangge/command/response_open.html", context, status=422 if problem else 200)


def _typed(request: Asked) -> list[tuple[str, str]]:
    return [(name, request.POST.get(name, "")) for name in FIELDS if request.POST.get(name)]


def _several(problem: Problem | Problems | None) -> list[dict[str, Any]]:
    """The places a name can mean, each with why it is proposed."""
    found = problem.problems if isinstance(problem, Problems) else [problem] if problem else []
    return [
        {"uuid": one.place.uuid, "label": one.label, "code": one.place.code}
        for each in found
        if isinstance(each, SeveralPlaces)
        for one in each.candidates
    ]


def _field(name: str, typed: dict[str, str], errors: dict[str, list[str]]) -> dict[str, Any]:
    label, hint = _labels()[name]
    return {"name": name, "label": label, "hint": hint, "value": typed.get(name, ""), "errors": errors.get(name, []),
            "long": TEXTS.get(name, 0) > 200}  # fmt: skip


def _labels() -> dict[str, tuple[str, str]]:
    return {
        "title": (_("Title"), _("What people will call it.")),
        "authority": (_("Competent authority"), _("Who opens it by law, with the full name.")),
        "document_no": (_("Document number"), _("As it stands on the document.")),
        "ground": (_("Ground"), _("The law and the reason, as in the document.")),
        "remedy": (_("Remedy"), _("Where somebody affected can object, and how.")),
        "area": (_("Area"), _("A district, town, community or village: its name, or its code of 12 digits.")),
    }
