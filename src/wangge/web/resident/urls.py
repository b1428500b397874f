"""Addresses for residents."""

from django.urls import path

from wangge.web.resident import apart, areas, ask, back, code_why, codes, help, notice, now, order, venue, zones

urlpatterns = [
    path("areas", areas.areas, name="areas"),
    path("areas.json", areas.areas_json, name="areas-json"),
    path("zones/", zones.zones, name="zones-here"),
    path("back/", back.choose, name="back"),
    path("back/<uuid:uuid>/", back.report, name="back-report"),
    path("back/told/<uuid:uuid>/", back.told, name="back-told"),
    path("venue/", venue.apply, name="venue-apply"),
    path("venue/<uuid:uuid>/", venue.applied, name="venue-applied"),
    path("venue/<uuid:uuid>/poster.pdf", venue.poster, name="venue-applied-poster"),
    path("venue/screen/<str:code>", venue.screen, name="venue-screen"),
    path("ask", ask.ask, name="ask"),
    path("asked/<uuid:uuid>/", ask.asked, name="asked"),
    path("help/", help.choose, name="help-choose"),
    path("help/<uuid:uuid>/", help.ask, name="help-ask"),
    path("help/told/<uuid:uuid>/", help.told, name="help-told"),
    path("help/told/<uuid:uuid>/say", help.say, name="help-say"),
    path("talk", apart.talk, name="talk"),
    path("now/", now.now, name="now"),
    path("now/hospital", now.hospital, name="now-hospital"),
    path("now/hospital.pdf", now.hospital_pdf, name="now-hospital-pdf"),
    path("codes/", codes.codes, name="codes"),
    path("codes/over", codes.over, name="code-over"),
    path("codes/worker.js", codes.worker, name="code-worker"),
    path("codes/add/<str:secret>", codes.add, name="code-add"),
    path("codes/<uuid:uuid>/", codes.code, name="code"),
    path("codes/<uuid:uuid>/why", code_why.why, name="code-why"),
    path("codes/<uuid:uuid>/order", order.order, name="code-order"),
    path("codes/<uuid:uuid>/<str:kind>.pdf", order.paper, name="code-order-paper"),
    path("codes/<uuid:uuid>/appeal", code_why.appeal, name="code-appeal"),
    path("codes/<uuid:uuid>/lend", code_why.lend, name="code-lend"),
    path("codes/<uuid:uuid>/take-back/<uuid:other>", code_why.take_back, name="code-take-back"),
    path("codes/<uuid:uuid>/drop", codes.drop, name="code-drop"),
    path("<uuid:uuid>/", notice.notice, name="notice"),
    path("<uuid:uuid>/deleted/", notice.deletion, name="deletion"),
]
