"""Addresses for residents."""

from django.urls import path

from wangge.web.resident import areas, ask, notice

urlpatterns = [
    path("areas", areas.areas, name="areas"),
    path("areas.json", areas.areas_json, name="areas-json"),
    path("ask", ask.ask, name="ask"),
    path("asked/<uuid:uuid>/", ask.asked, name="asked"),
    path("<uuid:uuid>/", notice.notice, name="notice"),
    path("<uuid:uuid>/deleted/", notice.deletion, name="deletion"),
]
