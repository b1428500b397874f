"""One row of a list: who it is about, which door, which office, or why it goes back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.lists import actions, queries
from wangge.domains.lists.candidates import candidates, log_row
from wangge.domains.lists.inputs import again
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.report import answers
from wangge.domains.lists.rules import DECIDABLE, ReturnReason, RowState
from wangge.domains.lists.words import RETURNS, STATES
from wangge.domains.people.queries import person
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_uuid, full_label, resolve_place, root
from wangge.domains.places.rules import DIVISIONS
from wangge.web.access import Asked, needs
from wangge.web.desk import list_one, list_rows
from wangge.web.desk.lists import mine
from wangge.web.problems import sentence


@needs(Right.IMPORT_RECORDS)
@require_safe
def row(request: Asked, uuid: UUID, number: int) -> HttpResponse:
    """The row beside its candidates. The look is put on record, for every record shown."""
    return _page(request, queries.row(mine(request, uuid), number))


def _page(request: Asked, one: ListRow, problem: Problem | None = None) -> HttpResponse:
    found, content = one.list, queries.content(one)
    said, open_ = again(content), RowState(one.state) in DECIDABLE and not found.reported_at
    beside = candidates(one, request.by) if open_ else []
    log_row(one, beside, request.by)
    shown, text = list_one.columns(beside), request.GET.get("door", said.address.text)
    scope = request.by.scope(Right.IMPORT_RECORDS)
    ((_row, answer),) = answers(found, [one])
    context = {
        "list": found, "row": one, "word": STATES[one.state], "why": list_rows.why(one, answer), "open": open_,
        "lines": list_one.lines(said, shown), "candidates": shown, "wrong": list_one.wrong(content),
        "overlaps": list_one.overlaps(one, request.by), "tries": list_one.tries(one), "returns": RETURNS.items(),
        "doors": list_one.doors(text, found.place, scope, one.home) if open_ else [], "text": text,
        "area": full_label(one.area) if one.area else "", "answer": list_rows.say(answer), "next": _next(found, one),
        "areas": _areas(request.GET.get("area", "")), "area_text": request.GET.get("area", ""),
        "page_back": reverse("handed-list", args=[found.uuid]), "problem": sentence(problem) if problem else "",
    }  # fmt: skip
    return render(request, "wangge/desk/list_row.html", context, status=422 if problem else 200)


def _next(found: HandedList, one: ListRow) -> str:
    """The next row of the same queue, so that a long list is worked through without going back."""
    later = queries.rows(found).filter(state=one.state, number__gt=one.number).first()
    return reverse("handed-row", args=[found.uuid, later.number]) if later else ""


def _areas(text: str) -> list[tuple[UUID, str]]:
    """Offices' areas that a text can mean, anywhere in the city."""
    around = root()
    if not text.strip() or around is None:
        return []
    found = resolve_place(text=text, within=around, kinds=DIVISIONS).candidates[:6]
    return [(one.place.uuid, one.label) for one in found]


@needs(Right.IMPORT_RECORDS)
@require_POST
def decide(request: Asked, uuid: UUID, number: int) -> HttpResponse:
    """Say who it is, at which door, whose it is, or send it back."""
    one = queries.row(mine(request, uuid), number)
    following = _next(one.list, one)
    try:
        messages.success(request, _decided(request, one))
    except Problem as problem:
        return _page(request, one, problem)
    return redirect(following or reverse("handed-list", args=[uuid]))


def _decided(request: Asked, one: ListRow) -> str:
    said, scope = request.POST.get("decision", ""), request.by.scope(Right.IMPORT_RECORDS)
    if said == "person":
        actions.resolve_row(row=one, person=person(scope, _id(request, "person", "candidate_missing")), by=request.by)
        return _("Row %(row)d is settled.") % {"row": one.number}
    if said == "door":
        actions.place_row(row=one, home=_place(request, "door", "list_home_missing"), by=request.by)
        return _("Row %(row)d: noted at this door for this Response.") % {"row": one.number}
    if said == "forward":
        to = _place(request, "area", "forward_where") if request.POST.get("area") else None
        (child,) = actions.forward_rows(list_=one.list, rows=[one], by=request.by, to=to)
        return _("Row %(row)d went to %(office)s.") % {"row": one.number, "office": child.place.name}
    reason = member(ReturnReason, request.POST.get("reason", ""))
    if reason is None:
        raise Problem("return_reason_missing", field="reason")
    actions.return_row(row=one, reason=reason, by=request.by)
    return _("Row %(row)d goes back to its sender.") % {"row": one.number}


def _id(request: Asked, name: str, code: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Problem(code, field=name) from error


def _place(request: Asked, name: str, code: str) -> Place:
    return by_uuid(_id(request, name, code))
