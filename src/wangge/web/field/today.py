"""Today: what one's posts have to do, in walking order."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.access.scope import ScopedQuerySet
from wangge.domains.duty.queries import answered_by, offered_to
from wangge.domains.work.models import Task
from wangge.domains.work.queries import closed_today, figures_of, in_places_named, mine, offered
from wangge.web.access import Asked, needs
from wangge.web.field.cards import cards
from wangge.web.field.differences import waiting
from wangge.web.phone.files import built

PAGE = 50


@needs(Right.WORK_DOORS)
def today(request: Asked) -> HttpResponse:
    """The list. Late and raised work are tabs of the same list; a search narrows it by building or door."""
    shown = request.GET.get("show", "open")
    text = request.GET.get("q", "").strip()[:40]
    page = Paginator(_chosen(request, shown, text), PAGE).get_page(request.GET.get("page"))
    posts = answered_by(request.account)
    context = {
        "page": page, "cards": cards(list(page.object_list)), "shown": shown, "q": text,
        "figures": figures_of(request.account), "offers": offered_to(request.account),
        "handovers": offered(request.account), "backing": len(posts.backing), "differences": waiting(request),
        "app": built() is not None,
    }  # fmt: skip
    return render(request, "wangge/field/today.html", context)


def _chosen(request: Asked, shown: str, text: str) -> ScopedQuerySet[Task]:
    tasks = closed_today(request.account) if shown == "closed" else mine(request.account)
    if shown == "late":
        tasks = tasks.filter(due_at__lte=clock.now())
    elif shown == "raised":
        tasks = tasks.filter(~Q(raised_to=None))
    return in_places_named(tasks, text) if text else tasks
