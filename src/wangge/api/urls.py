"""Addresses of the API, version 1. Its description is public and holds nothing about anybody."""

from django.urls import path

from wangge.api.site import api

urlpatterns = [path("", api.urls)]
