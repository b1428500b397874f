"""The verbs of places: adding, changing, drawing grids, importing. Each is one transaction and one fact."""

from wangge.domains.places.actions.adding import add_place, add_places
from wangge.domains.places.actions.changing import add_alias, close_place, move_place, rename
from wangge.domains.places.actions.divisions import Change, Report, import_divisions
from wangge.domains.places.actions.grids import close_grid, open_grid, put_in_grid
from wangge.domains.places.rules import Seed

__all__ = [
    "Change", "Report", "Seed", "add_alias", "add_place", "add_places", "close_grid", "close_place",
    "import_divisions", "move_place", "open_grid", "put_in_grid", "rename",
]  # fmt: skip
