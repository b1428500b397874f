"""The card for a first shift: what to do at a door, what to say, what never to promise or ask, whom to call."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.domains.duty.actions import note_card_read
from wangge.domains.duty.badges import office_of
from wangge.domains.duty.entry import phone_of
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import has_read_card, holdings_of, who_answers
from wangge.domains.protocol import queries
from wangge.web.access import Asked, needs
from wangge.web.rule import said
from wangge.web.rule.faces import Part


@dataclass(frozen=True, slots=True)
class Call:
    """When to call, and whom."""

    when: str
    whom: str


@needs(Right.WORK_DOORS)
@require_safe
def card(request: Asked) -> HttpResponse:
    """One page, also to print. It stays reachable after it was read."""
    posts = [holding.post for holding in holdings_of(request.account)]
    context = {
        "parts": [_at_a_door(request.account.name, posts), _promise(), _ask(), _care()], "calls": _calls(),
        "above": _above(posts), "office": office_of(posts[0]) if posts else "", "rules": _today(request),
        "read": has_read_card(request.account),
    }  # fmt: skip
    return render(request, "wangge/rule/card.html", context)


@needs(Right.WORK_DOORS)
@require_POST
def read(request: Asked) -> HttpResponse:
    """Whoever has read it is not shown it again by itself."""
    note_card_read(account=request.account, by=request.by)
    return redirect("home")


def _at_a_door(name: str, posts: list[Post]) -> Part:
    title = posts[0].title if posts else ""
    return Part(
        _("At a door, in this order"),
        [
            _("Greet: “Good day. I am %(name)s, %(post)s.”") % {"name": name, "post": title},
            _("Show the badge before you are asked."),
            _("Say why, in one sentence: “I have come about today's notice. It takes two minutes.”"),
            _("Ask each thing once and write it down at once. What was answered before is not asked again."),
            _("Ask what they need: medicine, a doctor, food, somebody who cannot be alone."),
            _("Thank them, and leave the number: “Call us at any hour.”"),
            _("Nobody opens, or somebody refuses: no argument, no threat. Record it; the level above settles it."),
        ],
    )


def _promise() -> Part:
    return Part(
        _("Never promise"),
        [
            _("when it will be over, or that a day is the last"),
            _("what a test will show, or that nobody will have to leave"),
            _("that something arrives at an hour: “I will ask and call you back,” and do"),
            _("that somebody need not do what the order says; how to appeal is printed on it"),
        ],
        forbids=True,
    )


def _ask() -> Part:
    return Part(
        _("Never ask"),
        [
            _("for the whole ID number of somebody who is on the list, on the phone or at the door"),
            _("for money, for anything at all"),
            _("for a password, a code sent to a phone, or a bank card"),
            _("to come in, to open a cupboard, to look at a phone"),
            _("for anything that today's rule does not ask"),
        ],
        forbids=True,
    )


def _care() -> Part:
    return Part(
        _("Look after yourself"),
        [
            _("At night, or where you feel unsafe: two together, a torch, and say on the phone which building."),
            _("Stairs: a hand on the rail, never both hands full, a rest every three floors."),
            _("Stay outside the door, a step and a half away, mask on where people are ill."),
            _("A dog, wet stairs, no light: turn back, write it down, go again with somebody."),
            _("Ten minutes of rest every two hours, water, a warm meal. After eight hours hand over."),
            _("Too much? Say so. Doors can be handed over, and nobody here is ranked."),
        ],
    )


def _calls() -> list[Call]:
    above = _("the level above, at once")
    return [
        Call(_("Trouble breathing, chest pain, unconscious, a birth"), _("120 first, then the level above")),
        Call(_("Fire, gas, water rising"), _("119 first, then the level above")),
        Call(_("Violence, a threat, somebody who may hurt themselves"), _("get away, 110, then the level above")),
        Call(_("A child, an old or an ill person alone"), above),
        Call(_("Fever"), above),
        Call(_("No medicine left for today"), _("the level above, within the hour")),
        Call(_("A question you cannot answer"), _("say “I do not know, I will ask”, and ask the level above")),
    ]


def _above(posts: list[Post]) -> list[tuple[str, str, str]]:
    """Who answers above each of one's posts now: the post, the name, the duty phone."""
    parents = list({post.parent.pk: post.parent for post in posts if post.parent}.values())
    answering = who_answers(parents)
    found = [one for one in (answering[post.pk] for post in parents) if one]
    return [(one.post.title, one.account.name, phone_of(one.account)) for one in found]


def _today(request: Asked) -> list[tuple[str, list[str]]]:
    """For each open Response its edition, and what is done at a door under it."""
    scope = request.by.scope(Right.WORK_DOORS)
    rules = []
    for response in queries.touching(scope).filter(closed_at__isnull=True)[:5]:
        edition = queries.in_force(response)
        lines = [said.quoted(edition.switch)] if edition.all_off else said.items(edition)
        rules.append((said.into(edition.label), lines))
    return rules
