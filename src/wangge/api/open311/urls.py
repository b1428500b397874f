"""Addresses of GeoReport v2. A client is given .../open311/v2 and adds /services.json, /requests.xml and so on."""

from django.urls import path, re_path

from wangge.api.open311 import views

FORM = r"\.(?P<form>json|xml)$"
urlpatterns = [
    re_path(r"^discovery" + FORM, views.discovery, name="open311-discovery"),
    re_path(r"^v2/services" + FORM, views.services, name="open311-services"),
    re_path(r"^v2/services/(?P<code>[^/]{1,60})" + FORM, views.service, name="open311-service"),
    re_path(r"^v2/requests" + FORM, views.requests, name="open311-requests"),
    re_path(r"^v2/requests/(?P<number>[^/]{1,60})" + FORM, views.request_by_id, name="open311-request"),
    re_path(r"^v2/tokens/(?P<token>[^/]{1,60})" + FORM, views.token, name="open311-token"),
    path("v2/", views.nothing, name="open311-root"),
]
