"""Two addresses for journeys about the part alone: a page with a form, and where its answers go."""

from pathlib import Path
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from wangge.urls import urlpatterns as the_products
from wangge.web.questionnaire import page

FORM = Path(__file__).with_name("forms") / "supplies.xml"
ACCOUNT, SUBMISSION = UUID(int=1), UUID(int=7)
PAGE = """{% extends "wangge/base.html" %}{% block title %}表{% endblock %}
{% block head %}{% include "wangge/parts/web_form_head.html" %}{% endblock %}
{% block content %}<h1>3单元 501</h1>{% include "wangge/parts/web_form.html" %}{% endblock %}"""
received: list[dict[str, str]] = []


class Plain(forms.Form):
    food = forms.IntegerField(label="家里还有几天的粮食？")

    def parts(self) -> list[dict[str, object]]:
        return [{"title": "整户", "fields": list(self)}]


@page.with_web_forms
def form(request: HttpRequest) -> HttpResponse:
    filling = page.Filling(FORM.read_text(encoding="utf-8"), "/test-answers/", SUBMISSION, "door-1")
    context = {**page.context(request, filling, ACCOUNT), "plain": Plain()}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def answers(request: HttpRequest) -> HttpResponse:
    if "refused" in request.POST["xml"]:
        return JsonResponse({"message": "请先写明是哪一户。"}, status=422)
    received.append(request.POST.dict())
    return JsonResponse({"next": "/test-form/?sent=1"})


urlpatterns = [path("test-form/", form), path("test-answers/", answers), *the_products]
