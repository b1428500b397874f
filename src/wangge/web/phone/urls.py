"""Addresses of the field app. The service worker lies under the pages that it serves."""

from django.urls import path

from wangge.web.phone import shell

urlpatterns = [
    path("", shell.shell, name="phone"),
    path("sw.js", shell.service_worker, name="phone-worker"),
    path("manifest.webmanifest", shell.manifest, name="phone-manifest"),
    path("too-old", shell.too_old, name="phone-too-old"),
]
