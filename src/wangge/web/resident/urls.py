"""Addresses for residents."""

from django.urls import path

from wangge.web.resident import areas, ask, back, code_why, codes, notice, venue

urlpatterns = [
    path("areas", areas.areas, name="areas"),
    path("areas.json", areas.areas_json, name="areas-json"),
    path("back/", back.choose, name="back"),
    path("back/<uuid:uuid>/", back.report, name="back-report"),
    path("back/told/<uuid:uuid>/", back.told, name="back-told"),
    path("venue/", venue.apply, name="venue-apply"),
    path("venue/<uuid:uuid>/", venue.applied, name="venue-applied"),
    path("venue/<uuid:uuid>/poster.pdf", venue.poster, name="venue-applied-poster"),
    path("venue/screen/<str:code>", venue.screen, name="venue-screen"),
    path("ask", ask.ask, name="ask"),
    path("asked/<uuid:uuid>/", ask.asked, name="asked"),
    path("codes/", codes.codes, name="codes"),
    path("codes/over", codes.over, name="code-over"),
    path("codes/worker.js", codes.worker, name="code-worker"),
    path("codes/add/<str:secret>", codes.add, name="code-add"),
    path("codes/<uuid:uuid>/", codes.code, name="code"),
    path("codes/<uuid:uuid>/why", code_why.why, name="code-why"),
    path("codes/<uuid:uuid>/appeal", code_why.appeal, name="code-appeal"),
    path("codes/<uuid:uuid>/lend", code_why.lend, name="code-lend"),
    path("codes/<uuid:uuid>/take-back/<uuid:other>", code_why.take_back, name="code-take-back"),
    path("codes/<uuid:uuid>/drop", codes.drop, name="code-drop"),
    path("<uuid:uuid>/", notice.notice, name="notice"),
    path("<uuid:uuid>/deleted/", notice.deletion, name="deletion"),
]
