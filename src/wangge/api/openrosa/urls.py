"""Addresses of the protocol. A client is given .../openrosa and adds /formList and /submission itself."""

from django.urls import path

from wangge.api.openrosa import views

urlpatterns = [
    path("formList", views.form_list, name="openrosa-forms"),
    path("forms/<uuid:uuid>.xml", views.form, name="openrosa-form"),
    path("forms/<uuid:uuid>/manifest", views.manifest, name="openrosa-manifest"),
    path("lists/<str:name>", views.media, name="openrosa-list"),
    path("submission", views.submission, name="openrosa-submission"),
    path("submission/<uuid:uuid>", views.received, name="openrosa-received"),
]
