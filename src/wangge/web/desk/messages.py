"""What goes out to people: to how many, how far it is, what failed and what is done about it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.messages import gateway, mail, queries
from wangge.domains.messages.actions.outbox import is_down
from wangge.domains.messages.actions.sending import leaves_at
from wangge.domains.messages.composing import preview, values_for
from wangge.domains.messages.models import Dispatch
from wangge.domains.messages.rules import Channel, Figures, parts
from wangge.domains.messages.templates import Form
from wangge.domains.messages.words import AUDIENCES, CHANNELS, FORMS, PURPOSES, STATES, WHYS
from wangge.domains.places.queries import full_label, labels
from wangge.web.access import Asked, needs
from wangge.web.desk.words import language, moment
from wangge.web.signs import listed

PAGE = 30
READERS = (Right.SEND_MESSAGES,)


def tongue() -> str:
    """The reader's language, as templates name it."""
    return "en" if language() == "en" else "zh-Hans"


@needs(*READERS)
@require_safe
def messages(request: Asked) -> HttpResponse:
    """Everything sent at one's places, the latest first, with what it adds up to here."""
    scope = request.by.scope(Right.SEND_MESSAGES)
    page = Paginator(queries.dispatches(scope), PAGE).get_page(request.GET.get("page"))
    reach = queries.reach(scope)
    links = [
        {"url": reverse("message-new"), "label": _("New message"), "icon": "plus", "main": True},
        {"url": reverse("message-templates"), "label": _("Templates"), "icon": "file"},
        {"url": reverse("message-channels"), "label": _("Ways and groups"), "icon": "phone"},
    ]  # fmt: skip
    context = {
        "page": page, "rows": _rows(request, list(page.object_list)), "reach": reach, "actions": links,
        "down": down(), "missing": missing(),
    }  # fmt: skip
    return render(request, "wangge/desk/messages.html", context)


def _rows(request: Asked, found: list[Dispatch]) -> list[dict[str, Any]]:
    figures = queries.figures(found, request.by.scope(Right.SEND_MESSAGES))
    where = labels([one.place for one in found], divisions=True)
    return [
        {
            "uuid": one.uuid, "title": queries.of_dispatch(one).title.into(language()), "when": moment(one.made_at),
            "place": where[one.place_id], "audience": AUDIENCES[one.audience], "life_saving": one.life_saving,
            "figures": figures.get(one.pk, Figures()),
        }
        for one in found
    ]  # fmt: skip


def down() -> str:
    """The ways whose gateway does not answer, in words; '' where all do."""
    words = {**CHANNELS, "groups": _("groups")}
    return listed(words[name] for name, sign in queries.signs().items() if is_down(sign))


def missing() -> str:
    """The ways for which nothing is connected; '' where all are."""
    found = [channel for channel in (Channel.SMS, Channel.VOICE) if gateway.configured(channel) is None]
    return listed([CHANNELS[one] for one in found] + ([] if mail.configured() else [CHANNELS["email"]]))


@needs(*READERS)
@require_safe
def message(request: Asked, uuid: UUID) -> HttpResponse:
    """One message: what it says, to whom, and what the audience adds up to."""
    scope = request.by.scope(Right.SEND_MESSAGES)
    one = queries.dispatch(scope, uuid)
    found = queries.figures([one], scope).get(one.pk, Figures())
    posts = [(each.robot.name, STATES[each.state]) for each in queries.posts_of(one)]
    context = {
        "one": one, "title": queries.of_dispatch(one).title.into(language()), "facts": _facts(one), "figures": found,
        "whys": [(*WHYS[why], number) for why, number in queries.whys(one, scope).items()], "posts": posts,
        "texts": _texts(one), "channels": [(CHANNELS[key], n) for key, n in queries.by_channel(one, scope).items()],
        "may_call": request.by.may(Right.ANSWER_CALLS) or request.by.may(Right.WORK_DOORS),
        "page_back": reverse("messages"),
    }  # fmt: skip
    return render(request, "wangge/desk/message.html", context)


def _facts(one: Dispatch) -> list[tuple[str, Any]]:
    template = queries.of_dispatch(one)
    facts = [
        (_("For"), PURPOSES[one.purpose]), (_("Who is told"), AUDIENCES[one.audience]),
        (_("Place"), full_label(one.place)),
        (_("Sent by"), one.office), (_("Number to call back"), one.number), (_("When"), moment(one.made_at)),
        (_("Legal ground"), template.ground.into(language())),
    ]  # fmt: skip
    if one.life_saving:
        facts.append((_("At night"), _("goes out at once: it is about lives")))
    if one.confirm_minutes:
        facts.append((_("Without an answer"), _("called after %(n)s minutes") % {"n": one.confirm_minutes}))
    return facts


def _texts(one: Dispatch) -> list[dict[str, Any]]:
    """What it says, filled with an invented person; nothing once the Response's days are over."""
    known = values_for(one)
    if one.sealed == b"" or one.response.closed_at:
        return []
    texts = preview(
        queries.of_dispatch(one), tongue(), office=one.office, number=one.number, typed=known, drill=one.response.drill
    )
    in_groups = one.audience == Dispatch.Audience.GROUP
    return shown({form: text for form, text in texts.items() if (form is Form.GROUP) is in_groups})


def shown(texts: dict[Form, str]) -> list[dict[str, Any]]:
    """Texts for a page; of a text message also how many parts it is."""
    return [
        {"form": FORMS[form], "text": text, "parts": parts(text) if form is Form.SMS else None}
        for form, text in texts.items()
    ]


def next_morning() -> str:
    """When what is sent now goes out, in words; '' where that is at once."""
    at = leaves_at(clock.now(), life_saving=False)
    return moment(at) if at > clock.now() else ""
