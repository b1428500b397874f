"""One need with its path: what may be done now, the address for whoever asked, the prescription, the call."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.choices import member
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.models import Account
from wangge.domains.isolation.changes import is_elsewhere
from wangge.domains.medicine import inputs, queries
from wangge.domains.medicine.actions import moving
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import Move, Purse, State, possible
from wangge.domains.medicine.words import CALLS, MOVES, RECEIVED, SOURCES, STATES
from wangge.domains.places.queries import full_label
from wangge.domains.venues.queries import pharmacies
from wangge.web.access import Asked, signed_in
from wangge.web.desk.forms import Typed
from wangge.web.desk.medicine import left_words, rows
from wangge.web.desk.medicine_forms import FORMS
from wangge.web.desk.words import moment
from wangge.web.signs import listed


@signed_in
@never_cache
@require_safe
def one(request: Asked, uuid: UUID) -> HttpResponse:
    """A look at somebody's medicine, put on record."""
    found = queries.need(request.by, uuid)
    return _page(request, found, {}, 200)


def _page(request: Asked, found: Need, bound: Mapping[Move, Typed], status: int) -> HttpResponse:
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=found.person.uuid, reason=f"medicine:{found.uuid}")
    buyer = found.buyer is not None and found.buyer == request.by.account
    desk = queries.works_at(request.by, found.person.home)
    said = queries.said(found)
    context = {
        "one": found, "row": rows([found])[0], "facts": _facts(found, said),
        "moves": _moves(request, found, bound, buyer=buyer), "path": _path(found), "photos": queries.photos(found),
        "buyer": buyer, "desk": desk, "open": found.ended_at is None, "call": found.delivered_at is not None,
        "page_back": reverse("medicine") if desk else reverse("medicine-buying"),
    }  # fmt: skip
    return render(request, "wangge/desk/medicine_one.html", context, status=status)


def _facts(found: Need, said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    row = rows([found])[0]
    speaks = " ".join(filter(None, (said.get("contact", ""), said.get("phone", ""))))
    facts = [
        (_("Patient"), found.person.name), (_("Home"), full_label(found.person.home)),
        (_("Bring it to"), _elsewhere(found)),
        (_("Medicine"), " ".join(filter(None, (said.get("name", ""), said.get("dose", "")))) or _("see the photo")),
        (_("Left"), f"{found.left.normalize():f} · {_('a day')} {found.per_day.normalize():f} · {left_words(found)}"),
        (_("At the door by"), f"{row['due']} · {found.clause}"), (_("In the hand of"), row["holder"]),
        (_("Until"), row["until"]), (_("Went up to"), row["raised"]), (_("Speaks for the patient"), speaks),
        (_("To know"), said.get("note", "")), (_("Known from"), SOURCES[found.source]),
        (_("Said there too"), _voices(found)),
        (_("Bought at"), queries.where(found)), (_("Money"), _money(found)),
        (_("Called afterwards"), f"{CALLS[found.called_how]} · {moment(found.called_at)}" if found.called_at else ""),
    ]  # fmt: skip
    return [(str(term), value) for term, value in facts if value]


def _elsewhere(found: Need) -> str:
    """Said where they are not at home, so that nothing is left at an empty door."""
    moved = is_elsewhere(found.person)
    return _("not their home: the authority let them stay elsewhere, the order says where") if moved else ""


def _voices(found: Need) -> str:
    """Where the same was said: one need, however many speak of it."""
    return listed(f"{SOURCES[one.source]} {moment(one.at)}" for one in queries.voices(found))


def yuan(fen: int) -> str:
    """An amount as it is written on a receipt."""
    return f"{fen / 100:.2f}"


def _money(found: Need) -> str:
    purse = Purse(found.handed, found.price, found.returned)
    if not (purse.handed or purse.price):
        return ""
    said = [
        _("given %(n)s") % {"n": yuan(purse.handed)}, _("paid %(n)s") % {"n": yuan(purse.price)},
        _("change %(n)s") % {"n": yuan(purse.returned)},
    ]  # fmt: skip
    if found.delivered_at and purse.difference > 0:
        said.append(_("still owed to the patient: %(n)s") % {"n": yuan(purse.difference)})
    elif found.delivered_at and purse.difference < 0:
        said.append(_("laid out by the buyer: %(n)s") % {"n": yuan(-purse.difference)})
    return listed(said)


def _moves(request: Asked, found: Need, bound: Mapping[Move, Typed], *, buyer: bool) -> list[dict[str, Any]]:
    """What may be done now, the next step of the path first."""
    bringer = found.bringer is not None and found.bringer == request.by.account
    moves = possible(State(found.state), buyer=buyer, bringer=bringer)
    return [
        {"move": move.value, "label": MOVES[move], "uuid": uuid7(), "open": number == 0 or move in bound,
         "form": bound.get(move) or _form(request, found, move, None)}
        for number, move in enumerate(moves)
    ]  # fmt: skip


def _form(request: Asked, found: Need, move: Move, data: Any) -> Typed | None:
    if move not in FORMS:
        return None
    form = FORMS[move](data, auto_id=f"{move.value}_%s")
    if move is Move.PLACE:
        form.fields["venue"].widget.choices = [(str(uuid), name) for uuid, name in _shops(found).items()]
    if move in (Move.GIVE, Move.HAND_ON):
        me = request.by.account
        people = sorted(queries.buyers_for(found.person.home), key=lambda each: each.uuid != me)
        form.fields["to"].widget.choices = [
            (str(each.uuid), _("I myself") if each.uuid == me else each.name) for each in people
        ]
    return form


def _shops(found: Need) -> dict[UUID, str]:
    return {shop.uuid: shop.name for shop in pharmacies(found.person.home)}


def _path(found: Need) -> list[dict[str, Any]]:
    steps = queries.steps(found)
    names = queries.names_of(step.account for step, _said in steps)
    return [
        {"when": moment(step.at), "what": f"{MOVES[step.move]} → {STATES[step.state]}" if step.move else MOVES[""],
         "who": names.get(step.account, "") if step.account else "", "clause": _words(said), "main": not step.move}
        for step, said in steps
    ]  # fmt: skip


def _words(said: Mapping[str, Any]) -> str:
    """What was said with a step, as somebody reads it."""
    told = [
        str(said[name])
        for name in ("where", "receipt", "what", "count", "taker", "why", "name", "doctor")
        if said.get(name)
    ]
    told += [f"{yuan(said['price'])}"] if said.get("price") else []
    told += [str(RECEIVED[said["received"]])] if said.get("received") else []
    return listed(told)


@signed_in
@never_cache
@require_POST
def move(request: Asked, uuid: UUID) -> HttpResponse:
    """One step of the path."""
    found = queries.need(request.by, uuid)
    chosen = member(Move, request.POST.get("move", ""))
    if chosen is None or chosen not in DO:
        raise Problem("move_not_now")
    try:
        DO[chosen](request, found, inputs.read_uuid(request.POST.get("uuid")))
    except (Problem, Problems) as problem:
        form = _form(request, found, chosen, request.POST)
        if form is None:
            raise
        form.say(problem)
        return _page(request, queries.need(request.by, uuid), {chosen: form}, 422)
    messages.success(request, _("Noted: %(what)s.") % {"what": MOVES[chosen]})
    return redirect("medicine-one" if _still_mine(request, uuid) else "medicine-buying", *_args(request, uuid))


def _still_mine(request: Asked, uuid: UUID) -> bool:
    try:
        return bool(queries.need(request.by, uuid))
    except Need.DoesNotExist:
        return False


def _args(request: Asked, uuid: UUID) -> list[UUID]:
    return [uuid] if _still_mine(request, uuid) else []


def _place(request: Asked, found: Need, uuid: UUID | None) -> Need:
    where, venue = inputs.read_place(request.POST, _shops(found))
    return moving.place(need=found, where=where, venue=venue, by=request.by, uuid=uuid)


def _give(request: Asked, found: Need, uuid: UUID | None) -> Need:
    return moving.give(need=found, to=chosen_account(request.POST.get("to")), by=request.by, uuid=uuid)


def _pass(request: Asked, found: Need, uuid: UUID | None) -> Need:
    return moving.pass_on(need=found, to=chosen_account(request.POST.get("to")), by=request.by, uuid=uuid)


def chosen_account(text: str | None) -> Account:
    """Who was chosen. Raises Problem."""
    if not (found := queries.account(inputs.read_uuid(text))):
        raise Problem("buyer_missing", field="to")
    return found


def _substitute(request: Asked, found: Need, uuid: UUID | None) -> Need:
    name, doctor = inputs.read_substitute(request.POST)
    return moving.substitute(need=found, name=name, doctor=doctor, by=request.by, uuid=uuid)


DO: Mapping[Move, Callable[[Asked, Need, UUID | None], Need]] = {
    Move.PLACE: _place,
    Move.GIVE: _give,
    Move.HAND_ON: _pass,
    Move.BUY: lambda r, n, u: moving.buy(need=n, typed=inputs.read_buy(r.POST), by=r.by, uuid=u),
    Move.SET_OUT: lambda r, n, u: moving.set_out(need=n, by=r.by, uuid=u),
    Move.HAND_OVER: lambda r, n, u: moving.hand_over(need=n, typed=inputs.read_hand(r.POST), by=r.by, uuid=u),
    Move.RECEIVE: lambda r, n, u: moving.receive(need=n, by=r.by, proxy=r.POST.get("who") == "proxy", uuid=u),
    Move.CONFIRM: lambda r, n, u: moving.confirm(need=n, why=inputs.read_why(r.POST), by=r.by, uuid=u),
    Move.OUT_OF_STOCK: lambda r, n, u: moving.out_of_stock(need=n, by=r.by, uuid=u),
    Move.WRONG: lambda r, n, u: moving.wrong(need=n, why=inputs.read_why(r.POST), by=r.by, uuid=u),
    Move.NOT_RECEIVED: lambda r, n, u: moving.not_received(need=n, by=r.by, uuid=u),
    Move.SUBSTITUTE: _substitute,
    Move.NOT_NEEDED: lambda r, n, u: moving.end(
        need=n, move=Move.NOT_NEEDED, why=inputs.read_why(r.POST), by=r.by, uuid=u
    ),
    Move.HOSPITAL: lambda r, n, u: moving.end(need=n, move=Move.HOSPITAL, by=r.by, uuid=u),
}
