"""Insurance cards: those in my hand, those offered to me, those in a hand that cannot give them, the count."""

from collections.abc import Callable, Mapping
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

from wangge.base.access.actions import log_looks
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.domains.medicine import inputs, queries
from wangge.domains.medicine.actions import cards
from wangge.domains.medicine.models import CardHand
from wangge.domains.medicine.queries import SEES
from wangge.domains.medicine.words import AWAY
from wangge.domains.people.queries import person
from wangge.domains.places.queries import labels
from wangge.sentences import sentence
from wangge.web.access import Asked, needs, signed_in
from wangge.web.desk.medicine_one import chosen_account
from wangge.web.desk.words import moment

PAGE = 50


@signed_in
@never_cache
@require_safe
def mine(request: Asked) -> HttpResponse:
    """What is in my hand, with whole names: they are given back by name. And, where one works, all cards of one's
    places, those that nobody can give back on top."""
    account = request.by.account
    held = list(queries.cards_of(account)) if account else []
    offered = list(queries.cards_offered(account)) if account else []
    works = any(request.by.may(right) for right in SEES)
    scope = queries.scope_of(request.by) if works else Scope()
    page = Paginator(queries.cards_at(scope), PAGE).get_page(request.GET.get("page"))
    every = list(page.object_list)
    log_looks(by=request.by, kind=AccessLog.Kind.OPENED, people=[one.person.uuid for one in [*held, *offered, *every]],
              reason="insurance cards")  # fmt: skip
    count = queries.last_count(account) if account else None
    context = {
        "held": _rows(held), "offered": _rows(offered), "rows": _rows(every), "page": page, "works": works,
        "away": queries.cards_away(scope).count(),
        "to": _others(held, account), "count": count, "counted": moment(count.at) if count else "", "keep": "",
        "page_back": reverse("medicine") if works else "",
    }  # fmt: skip
    return render(request, "wangge/desk/medicine_cards.html", context)


def _rows(found: list[CardHand]) -> list[dict[str, Any]]:
    places, names = (
        labels([one.person.home for one in found]),
        queries.names_of(account for one in found for account in (one.account, one.offered_to)),
    )
    return [
        {
            "uuid": one.uuid, "name": one.person.name, "place": places[one.person.home_id],
            "holder": names.get(one.account, "—"), "since": moment(one.since),
            "offered": names.get(one.offered_to, "") if one.offered_to else "",
            "away": AWAY[one.away_why] if one.away_why else "",
        }
        for one in found
    ]  # fmt: skip


def _others(held: list[CardHand], account: UUID | None) -> list[tuple[str, str]]:
    """Who may be the next hand for what is in this one: whoever reaches the first card's home."""
    found = queries.buyers_for(held[0].person.home) if held else []
    return [(str(one.uuid), one.name) for one in found if one.uuid != account]


@needs(*SEES)
@require_POST
def take(request: Asked, uuid: UUID) -> HttpResponse:
    """A patient hands out their card."""
    one = person(queries.scope_of(request.by), uuid)
    try:
        cards.take_card(person=one, by=request.by, uuid=inputs.read_uuid(request.POST.get("uuid")))
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        messages.success(request, _("The card of %(name)s is in your hand now.") % {"name": one.name})
    return redirect("medicine-cards")


@signed_in
@require_POST
def move(request: Asked, uuid: UUID) -> HttpResponse:
    """Offer it, accept it, give it back, fetch it."""
    one = queries.card(request.by, uuid)
    try:
        said = DO[request.POST.get("do", "")](request, one)
    except KeyError:
        messages.error(request, sentence(Problem("move_not_now")))
    except Problem as problem:
        messages.error(request, sentence(problem))
    else:
        messages.success(request, said % {"name": one.person.name})
    return redirect("medicine-cards")


def _offer(request: Asked, one: CardHand) -> str:
    cards.offer_card(card=one, to=chosen_account(request.POST.get("to")), by=request.by)
    return _("Offered. The card of %(name)s is yours until it is accepted.")


def _accept(request: Asked, one: CardHand) -> str:
    cards.accept_card(card=one, by=request.by)
    return _("The card of %(name)s is in your hand now.")


def _return(request: Asked, one: CardHand) -> str:
    cards.return_card(card=one, by=request.by)
    return _("The card of %(name)s is back with the patient.")


def _fetch(request: Asked, one: CardHand) -> str:
    cards.fetch_card(card=one, by=request.by)
    return _("The card of %(name)s is in your hand now.")


DO: Mapping[str, Callable[[Asked, CardHand], str]] = {
    "offer": _offer, "accept": _accept, "return": _return, "fetch": _fetch,
}  # fmt: skip


@signed_in
@require_POST
def count(request: Asked) -> HttpResponse:
    """At the end of a shift."""
    try:
        one = cards.count_cards(
            counted=inputs.read_count(request.POST), by=request.by, uuid=inputs.read_uuid(request.POST.get("uuid"))
        )
    except Problem as problem:
        messages.error(request, sentence(problem))
        return redirect("medicine-cards")
    if one.counted == one.held:
        messages.success(request, _("It agrees: %(n)d.") % {"n": one.counted})
    else:
        said = _("You counted %(counted)d, here stand %(held)d. Go through the names below with somebody, now.")
        messages.error(request, said % {"counted": one.counted, "held": one.held})
    return redirect("medicine-cards")
