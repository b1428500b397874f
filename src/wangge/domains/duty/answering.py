"""Which post answers for each door of a whole area, as two small tables that one statement can join."""

from wangge.base.access.scope import under
from wangge.domains.duty.models import PostGrid
from wangge.domains.duty.queries import open_posts, posts_of_grids
from wangge.domains.duty.rules import ANSWERING
from wangge.domains.places.models import Grid
from wangge.domains.places.rules import ancestors


def answering_in(path: str) -> tuple[dict[int, int], dict[str, int]]:
    """The post's key by grid, and by the path of the place it leads, for all doors of a subtree.

    A door's post is its grid's, else that of the longest path the door lies in: the same as ``responsible`` finds.
    """
    grids = PostGrid.objects.filter(grid__closed__isnull=True).values_list("grid_id", flat=True)
    in_area = Grid.objects.filter(under(path, "community"), pk__in=grids).values_list("pk", flat=True)
    around = Grid.objects.filter(pk__in=grids, community__path__in=ancestors(path)).values_list("pk", flat=True)
    by_grid = {grid: post.pk for grid, post in posts_of_grids([*in_area, *around]).items()}
    kinds = [kind.value for kind in ANSWERING]
    leading = open_posts().filter(kind__in=kinds, grids__isnull=True)
    by_path: dict[str, int] = {}
    for post in sorted(leading, key=lambda one: (kinds.index(one.kind), one.pk)):
        if post.place.path.startswith(path) or path.startswith(post.place.path):
            by_path.setdefault(post.place.path, post.pk)
    return by_grid, by_path
