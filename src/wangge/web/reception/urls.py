"""Addresses of receptions."""

from django.urls import path

from wangge.web.reception import listing, new, one, spots

urlpatterns = [
    path("", listing.receptions, name="receptions"),
    path("new", new.new, name="reception-new"),
    path("places/", spots.spots, name="reception-spots"),
    path("places/<uuid:uuid>/close", spots.close, name="reception-spot-close"),
    path("<uuid:uuid>/", one.reception, name="reception"),
    path("<uuid:uuid>/here", one.here, name="reception-here"),
    path("<uuid:uuid>/met", one.met, name="reception-met"),
    path("<uuid:uuid>/who", one.who, name="reception-who"),
    path("<uuid:uuid>/end", one.end, name="reception-end"),
]
