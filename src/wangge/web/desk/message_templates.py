"""Templates: what each says, filled with an invented person; and an office's own words for its places."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base.access.rights import NotAllowed, Right
from wangge.base.problems import Problem, Problems
from wangge.domains.messages import actions, queries
from wangge.domains.messages.actions.sending import sender
from wangge.domains.messages.composing import preview
from wangge.domains.messages.inputs import edited
from wangge.domains.messages.templates import LANGUAGES, PERSONAL, PLACEHOLDERS, Form, Template
from wangge.domains.messages.words import FORMS, PURPOSES
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import widest
from wangge.web.access import Asked, needs
from wangge.web.desk.messages import READERS, shown
from wangge.web.desk.words import language
from wangge.web.problems import by_field


def _place(request: Asked, right: Right = Right.SEND_MESSAGES) -> Place:
    """The place whose words these are: the widest at which the right is held. Raises NotAllowed."""
    scope = request.by.scope(right)
    place = widest(scope)
    if place is None:
        raise NotAllowed(right)
    return place


@needs(*READERS)
@require_safe
def templates(request: Asked) -> HttpResponse:
    """Every template as it counts here."""
    place = _place(request)
    kept = {one.name: one.place.name for one in reversed(queries.kept(place))}
    rows = [
        {
            "name": one.name, "title": one.title.into(language()), "purpose": PURPOSES[one.purpose],
            "audience": one.audience.into(language()), "life_saving": one.life_saving, "edition": one.edition,
            "by": kept.get(one.name, ""),
        }
        for one in queries.templates(place).values()
    ]  # fmt: skip
    return render(request, "wangge/desk/message_templates.html", {"rows": rows, "page_back": reverse("messages")})


@needs(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: Asked, name: str) -> HttpResponse:
    """One template: what it says in both languages; for whoever keeps templates, the fields to change it."""
    place = _place(request)
    one = queries.templates(place).get(name)
    if one is None:
        raise Problem("template_unknown", field="template", name=name[:40])
    if request.method != "POST":
        return _page(request, place, one, None)
    place = _place(request, Right.KEEP_MESSAGES)
    try:
        actions.keep_template(template=edited(one, request.POST), place=place, by=request.by)
    except (Problem, Problems) as problem:
        return _page(request, place, one, problem)
    messages.success(request, _("Kept. It counts from now on for %(place)s.") % {"place": place.name})
    return redirect("message-template", name)


@needs(Right.KEEP_MESSAGES)
@require_POST
def retire(request: Asked, name: str) -> HttpResponse:
    """Back to the words of the level above, or to those that came with the product."""
    actions.retire_template(name=name, place=_place(request, Right.KEEP_MESSAGES), by=request.by)
    messages.success(request, _("The words of before count again."))
    return redirect("message-template", name)


def _page(request: Asked, place: Place, one: Template, problem: Problem | Problems | None) -> HttpResponse:
    office, number = sender(place)
    errors = by_field(problem) if problem else {}
    keeps = request.by.may(Right.KEEP_MESSAGES)
    previews = {
        code: shown(preview(one, "en" if code == "en" else "zh-Hans", office=office, number=number, typed={}))
        for code in LANGUAGES
    }
    context = {
        "one": one, "title": one.title.into(language()), "facts": _facts(one), "previews": previews.items(),
        "fields": _fields(request, one, errors) if keeps else [], "errors": errors,
        "whole": " ".join(text for texts in errors.values() for text in texts) if errors else "",
        "own": any(each.place_id == place.pk and each.name == one.name for each in queries.kept(place)) and keeps,
        "words": sorted(PLACEHOLDERS), "personal": sorted(PERSONAL), "place": place.name,
        "page_back": reverse("message-templates"),
    }  # fmt: skip
    return render(request, "wangge/desk/message_template.html", context, status=422 if problem else 200)


def _facts(one: Template) -> list[tuple[str, Any]]:
    night = _("goes out at once: it is about lives") if one.life_saving else _("waits until the quiet hours are over")
    facts = [
        (_("For"), PURPOSES[one.purpose]), (_("Who is told"), one.audience.into(language())),
        (_("Legal ground"), one.ground.into(language())), (_("At night"), night), (_("Edition"), one.edition),
    ]  # fmt: skip
    if one.confirm_minutes:
        facts.append((_("Without an answer"), _("called after %(n)s minutes") % {"n": one.confirm_minutes}))
    if one.link_why:
        facts.append((_("Why there is a link"), one.link_why.into(language())))
    return facts


def _fields(request: Asked, one: Template, errors: dict[str, list[str]]) -> list[dict[str, Any]]:
    """One field for each text, as it was typed or as it stands."""
    found = []
    for code in LANGUAGES:
        for form in Form:
            name = f"{code}_{form.value}"
            text = request.POST.get(name, one.text(form, code))
            found.append(
                {"name": name, "label": FORMS[form], "language": code, "text": text, "errors": errors.get(name, [])}
            )
    return found
