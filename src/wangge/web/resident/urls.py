"""Addresses for residents."""

from django.urls import path

from wangge.web.resident import ask, notice

urlpatterns = [
    path("ask", ask.ask, name="ask"),
    path("asked/<uuid:uuid>/", ask.asked, name="asked"),
    path("<uuid:uuid>/", notice.notice, name="notice"),
    path("<uuid:uuid>/deleted/", notice.deletion, name="deletion"),
]
