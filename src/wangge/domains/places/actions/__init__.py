"""The verbs of places: adding, changing, drawing grids, importing. Each is one transaction and one fact."""

from wangge.domains.places.actions.adding import add_place, add_places
from wangge.domains.places.actions.grids import close_grid, open_grid, put_in_grid
from wangge.domains.places.rules import Seed

__all__ = ["Seed", "add_place", "add_places", "close_grid", "open_grid", "put_in_grid"]
