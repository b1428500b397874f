"""Promises kept: help answered within its time, medicine at the door by its deadline; apart and together, by kind and
by community. Never by worker, nothing about fewer than five."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base.promises import FEWEST, Kept, published, together
from wangge.domains.help import queries as help_
from wangge.domains.help.terms import terms
from wangge.domains.medicine import promises as medicine
from wangge.domains.medicine.queries import SEES
from wangge.domains.medicine.queries import scope_of as places_of
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.desk.help import kind_words, scope_of


@needs(*SEES)
@require_safe
def promises(request: Asked) -> HttpResponse:
    """By kind, then for each community help, medicine and both."""
    asked = help_.promised(scope_of(request))
    brought = medicine.promised(places_of(request.by))
    kinds = [*asked["kinds"], ("", sum(each for _p, each, _k in brought), sum(each for _p, _a, each in brought))]
    names = help_.names_of_paths({path for path, _asked, _kept in (*asked["places"], *brought)})
    tables: list[tuple[str, str, list[Kept], Callable[[str], str | None]]] = [
        (_("By kind"), _("Kind"), published([one for one in kinds if one[1]]), _kind),
        (_("Help, by community"), _("Community"), published(asked["places"]), names.get),
        (_("Medicine, by community"), _("Community"), published(brought), names.get),
        (_("Both together, by community"), _("Community"), together(asked["places"], brought), names.get),
    ]
    context = {
        "tables": [(heading, column, _rows(figures, name)) for heading, column, figures, name in tables],
        "fewest": FEWEST, "edition": spoken(terms().label), "page_back": reverse("medicine"),
    }  # fmt: skip
    return render(request, "wangge/desk/promises.html", context)


def _kind(key: str) -> str:
    return kind_words(key) if key else _("Medicine at the door by its deadline")


def _rows(figures: list[Kept], name: Callable[[str], str | None]) -> list[dict[str, Any]]:
    return [{"name": name(one.key) or "", "asked": one.asked, "kept": one.kept, "share": one.share} for one in figures]
