"""Orders for the competent authority: what waits, confirming many under one document, what stands, what is over."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.seating import titles
from wangge.domains.isolation import actions, queries
from wangge.domains.isolation.models import Order
from wangge.domains.protocol.models import Response
from wangge.web.access import Asked, needs
from wangge.web.desk.forms import ConfirmForm
from wangge.web.desk.order_choice import Choice, choice
from wangge.web.desk.order_rows import rows

PAGE = 100
CHUNK = 250  # orders confirmed in one transaction and one fact, so that others can write in between


@needs(Right.CONFIRM_ORDERS)
def orders(request: Asked) -> HttpResponse:
    """What waits, what stands, what is over, in one Response."""
    chosen = choice(request.by, request.GET)
    if chosen is None:
        return render(request, "wangge/desk/orders_none.html")
    return _page(request, chosen, request.GET, ConfirmForm(initial=_prefilled(request, chosen.response)))


def _prefilled(request: Asked, response: Response) -> dict[str, str]:
    post = request.by.post
    title = titles([post]).get(post, "") if post else ""
    return {"authority": title, "ground": response.ground, "remedy": response.remedy}


def _page(request: Asked, chosen: Choice, asked: QueryDict, form: ConfirmForm, wrong: Any = ()) -> HttpResponse:
    pages = Paginator(chosen.orders, PAGE)
    pages.__dict__["count"] = chosen.total  # known from the tabs: not counted twice
    page = pages.get_page(asked.get("page"))
    keep = urlencode({"tab": chosen.tab, "response": chosen.response.uuid, "role": chosen.role})
    context = {
        "chosen": chosen, "page": page, "rows": rows(page.object_list, request.by), "form": form, "keep": keep,
        "wrong": wrong, "ticked": set(asked.getlist("order")),
    }  # fmt: skip
    return render(request, "wangge/desk/orders.html", context, status=422 if form.is_bound else 200)


@needs(Right.CONFIRM_ORDERS)
@require_POST
def confirm(request: Asked) -> HttpResponse:
    """Confirm the ticked orders, or every one of the filter, under one document."""
    chosen = choice(request.by, request.POST)
    if chosen is None:
        return redirect("orders")
    form = ConfirmForm(request.POST)
    try:
        number = _confirm(request, chosen)
    except (Problem, Problems) as error:
        form.say(error)
        return _page(request, chosen, request.POST, form, form.non_field_errors())
    done = ngettext("%(n)d order is confirmed and on its way.", "%(n)d orders are confirmed and on their way.", number)
    messages.success(request, done % {"n": number})
    return redirect(f"{reverse('orders')}?{urlencode({'response': chosen.response.uuid, 'role': chosen.role})}")


def _confirm(request: Asked, chosen: Choice) -> int:
    """In parts of one transaction each: what was confirmed stays confirmed, and pressing again does the rest."""
    named = [UUID(text) for text in request.POST.getlist("order") if len(text) == 36]
    scope = request.by.scope(Right.CONFIRM_ORDERS)
    wanted = chosen.orders if request.POST.get("all") else queries.chosen(scope, named)
    some: list[Order] = list(wanted.select_related(None).prefetch_related(None))
    if not some:
        raise Problem("nothing_chosen")
    paper = {name: request.POST.get(name, "") for name in ("authority", "document_no", "ground", "remedy")}
    return sum(
        len(actions.confirm_orders(orders=some[start : start + CHUNK], by=request.by, **paper))
        for start in range(0, len(some), CHUNK)
    )
