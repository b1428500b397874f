"""Sentences for facts about places and grids."""

from collections.abc import Mapping

from django.utils.translation import ngettext_lazy

from wangge.web.event_words.counts import Number, one, total

SENTENCES: Mapping[str, tuple[Number, object]] = {
    "places.place_added": (one, ngettext_lazy("A place was added.", "%(n)d places were added.", "n")),
    "places.places_added": (total("counts"), ngettext_lazy("%(n)d place was added.", "%(n)d places were added.", "n")),
    "places.imported": (one, ngettext_lazy("Places were imported.", "Places were imported %(n)d times.", "n")),
    "places.alias_added": (
        one, ngettext_lazy("A place got another name.", "%(n)d other names of places were added.", "n"),
    ),
    "places.place_renamed": (one, ngettext_lazy("A place was renamed.", "%(n)d places were renamed.", "n")),
    "places.place_moved": (one, ngettext_lazy("A place was moved.", "%(n)d places were moved.", "n")),
    "places.place_closed": (one, ngettext_lazy("A place was closed.", "%(n)d places were closed.", "n")),
    "places.grid_opened": (one, ngettext_lazy("A grid was opened.", "%(n)d grids were opened.", "n")),
    "places.grid_closed": (one, ngettext_lazy("A grid was closed.", "%(n)d grids were closed.", "n")),
    "places.grid_redrawn": (one, ngettext_lazy("A grid was redrawn.", "%(n)d grids were redrawn.", "n")),
    "places.points_set": (
        lambda event: event.data.get("new", 0) + event.data.get("moved", 0),
        ngettext_lazy("%(n)d place has a point on the map.", "%(n)d places have a point on the map.", "n"),
    ),
}  # fmt: skip
