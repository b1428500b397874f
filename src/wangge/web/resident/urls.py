"""Addresses for residents."""

from django.urls import path

from wangge.web.resident import areas, ask, back, notice

urlpatterns = [
    path("areas", areas.areas, name="areas"),
    path("areas.json", areas.areas_json, name="areas-json"),
    path("back/", back.choose, name="back"),
    path("back/<uuid:uuid>/", back.report, name="back-report"),
    path("back/told/<uuid:uuid>/", back.told, name="back-told"),
    path("ask", ask.ask, name="ask"),
    path("asked/<uuid:uuid>/", ask.asked, name="asked"),
    path("<uuid:uuid>/", notice.notice, name="notice"),
    path("<uuid:uuid>/deleted/", notice.deletion, name="deletion"),
]
