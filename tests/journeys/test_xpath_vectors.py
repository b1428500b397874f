"""The shared vectors in ODK's own engine: the phone answers each as the server does, or a form lies to one of them.

The page is the product's, with a questionnaire made of vectors: each a calculation, or a question answered already.
"""

from collections.abc import Iterator
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.domains.asking.vectors import AT, BAD, VECTORS, ZONE, calculating, constrained, expected
from tests.journeys import looking

from wangge.domains.asking.questionnaire import Question, Questionnaire, Type
from wangge.domains.asking.verdict import Judge
from wangge.domains.asking.xform import xform
from wangge.urls import urlpatterns as the_products
from wangge.web.questionnaire import page as filling_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]
WITHIN = 60_000  # ms; hundreds of expressions on a busy machine
PAGE = """{% extends "wangge/base.html" %}{% block title %}表{% endblock %}
{% block head %}{% include "wangge/parts/web_form_head.html" %}{% endblock %}
{% block content %}<h1>向量</h1>{% include "wangge/parts/web_form.html" %}{% endblock %}"""
LAST = Question("last", Type.TEXT, {"zh": "最后"})  # the browser wants one thing to do
received: list[str] = []


class Plain(forms.Form):
    def parts(self) -> list[dict[str, object]]:
        return []


def shown(questionnaire: Questionnaire) -> HttpResponse:
    @filling_page.with_web_forms
    def view(request: HttpRequest) -> HttpResponse:
        filling = filling_page.Filling(xform(questionnaire), "/vectors-sent/", UUID(int=3), questionnaire.form_id)
        context = {**filling_page.context(request, filling, UUID(int=1)), "plain": Plain()}
        return HttpResponse(engines["django"].from_string(PAGE).render(context, request))

    return view  # type: ignore[return-value]


def sent(request: HttpRequest) -> HttpResponse:
    received.append(request.POST["xml"])
    return JsonResponse({"next": "/vectors/?sent=1"})


urlpatterns = [
    path("vectors/", shown(calculating(LAST))),
    path("constraints/", shown(constrained())),
    path("vectors-sent/", sent),
    *the_products,
]


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser in the vectors' place, its clock held at their hour."""
    received.clear()
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id=ZONE)
    page = context.new_page()
    page.clock.set_fixed_time(AT)
    wrong = looking.listen(page)
    yield page
    context.close()
    assert wrong == []


def opened(page: Page, where: str) -> None:
    page.goto(where)
    expect(page.locator("html.web-form-here")).to_have_count(1, timeout=WITHIN)


def test_the_phone_works_out_what_the_server_does(window: Page) -> None:
    opened(window, "/vectors/")
    window.get_by_label("最后").fill("好")
    window.get_by_role("button", name="保存回答").click()
    window.wait_for_url("**/vectors/?sent=1", timeout=WITHIN)
    (xml,) = received
    root = ElementTree.fromstring(xml)
    phone = {one["id"]: root.findtext(one["id"]) or "" for one in VECTORS["vectors"]}
    assert {one["id"]: (one["xpath"], phone[one["id"]]) for one in VECTORS["vectors"]} == {
        one["id"]: (one["xpath"], expected(one)) for one in VECTORS["vectors"]
    }
    assert len(phone) > 200
    server = Judge(calculating(LAST)).judge(xml.encode(), at=AT)
    assert {name: server.texts.get(name, "") for name in phone} == phone


def test_the_phone_refuses_what_the_server_refuses(window: Page) -> None:
    opened(window, "/constraints/")
    window.get_by_role("button", name="保存回答").click()
    wrong = [one["id"] for one in VECTORS["constraints"] if not one["holds"]]
    expect(window.get_by_text(BAD.format(id=wrong[0]))).to_be_visible(timeout=WITHIN)
    text = window.locator("[data-web-form-place]").inner_text()
    assert [one["id"] for one in VECTORS["constraints"] if BAD.format(id=one["id"]) in text] == wrong
    assert received == []
