"""Addresses of zones."""

from django.urls import path

from wangge.web.zones import edge, line, map, notice, picture, release, service, zone, zones

urlpatterns = [
    path("", zones.zones, name="zones"),
    path("map.svg", picture.desk, name="zones-picture"),
    path("notices/new", notice.new, name="zone-notice-new"),
    path("notices/<uuid:uuid>/", notice.notice, name="zone-notice"),
    path("notices/<uuid:uuid>/confirm", line.confirm, name="zone-notice-confirm"),
    path("notices/<uuid:uuid>/in-force", notice.in_force, name="zone-notice-in-force"),
    path("notices/<uuid:uuid>/lines/<int:number>/", line.line, name="zone-line"),
    path("notices/<uuid:uuid>/lines/<int:number>/decide", line.decide, name="zone-line-decide"),
    path("notices/<uuid:uuid>/lines/<int:number>/map", map.zone_map, name="zone-line-map"),
    path("<uuid:uuid>/", zone.zone, name="zone"),
    path("<uuid:uuid>/places", zone.places, name="zone-places"),
    path("<uuid:uuid>/edge/", edge.edge, name="zone-edge"),
    path("<uuid:uuid>/service/", service.service, name="zone-service"),
    path("<uuid:uuid>/release", release.release, name="zone-release"),
]
