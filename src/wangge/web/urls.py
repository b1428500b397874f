"""Every address of the web."""

from django.urls import URLPattern, path

from wangge.web.language import choose

urlpatterns: list[URLPattern] = [path("language", choose, name="language")]
