"""The posts of one kind around places, the nearest first."""

from collections import defaultdict
from collections.abc import Sequence

from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import open_posts
from wangge.domains.duty.rules import PostKind
from wangge.domains.places.models import Place
from wangge.domains.places.rules import ancestors


def nearest(places: Sequence[Place], kind: PostKind) -> dict[int, list[Post]]:
    """For each place (by key) the open posts of a kind that lead a place around it, or it. One query."""
    lines = {place.pk: [place.path, *reversed(ancestors(place.path))] for place in places}
    wanted = {path for line in lines.values() for path in line}
    at: dict[str, list[Post]] = defaultdict(list)
    for post in open_posts().filter(kind=kind, grids__isnull=True, place__path__in=wanted).order_by("id"):
        at[post.place.path].append(post)
    return {key: [post for path in line for post in at.get(path, ())] for key, line in lines.items()}
