"""Addresses of the tracer's face."""

from django.urls import path

from wangge.web.trace import case, cases, decide, interview, lists, visitors

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/export", lists.export, name="list-export"),
    path("lists/send", lists.send, name="list-send"),
    path("lists/<uuid:uuid>/", lists.intake, name="list-intake"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:uuid>/", case.case, name="case"),
    path("cases/<uuid:uuid>/interview", interview.interview, name="interview"),
    path("cases/<uuid:uuid>/visitors/", visitors.visitors, name="case-visitors"),
    path("cases/<uuid:uuid>/visitors/call", visitors.call, name="case-visitor-call"),
    path("cases/<uuid:uuid>/met/<uuid:exposure>", decide.decide, name="exposure-decide"),
    path("cases/<uuid:uuid>/met/<uuid:exposure>/call", decide.call, name="exposure-call"),
]
