"""Named reads of duty: who holds a post now, who answers when it is vacant, what an account may do and where."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.domains.duty.models import Account, Holding, Post
from wangge.domains.duty.rules import ANSWERING, AT_DOORS, PostKind, rights_of
from wangge.domains.places.models import Place
from wangge.domains.places.rules import ancestors


def in_force(now: datetime | None = None, prefix: str = "") -> Q:
    """Holdings that count at an instant: accepted, begun, not ended."""
    now = now or clock.now()
    names = {f"{prefix}accepted_at__lte": now, f"{prefix}starts__lte": now}
    return Q(**names) & (Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": now}))


def taken(role: Holding.Role) -> Exists:
    """A condition on posts: somebody has this role in the post now."""
    return Exists(Holding.objects.filter(in_force(), post=OuterRef("pk"), role=role))


HELD, DEPUTISED = Holding.Role.HOLDER, Holding.Role.DEPUTY


def open_posts() -> QuerySet[Post]:
    """Posts that exist today, with whether somebody holds (``held``) or deputises (``deputised``)."""
    posts = Post.objects.filter(Q(closed__isnull=True) | Q(closed__gt=clock.today()))
    annotated = posts.annotate(held=taken(HELD), deputised=taken(DEPUTISED))
    return annotated.select_related("place", "parent")


def holdings_of(account: Account) -> QuerySet[Holding]:
    """The posts an account holds or deputises now."""
    return (
        Holding.objects.filter(in_force(), account=account)
        .select_related("post", "post__place")
        .prefetch_related("post__grids")
        .order_by("role", "id")
    )


def offered_to(account: Account) -> QuerySet[Holding]:
    """Posts offered to an account and not yet accepted."""
    return Holding.objects.filter(still(), account=account, accepted_at__isnull=True).select_related("post")


def still(prefix: str = "") -> Q:
    """Holdings and offers that have not ended."""
    return Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": clock.now()})


def coverage(post: Post) -> Scope:
    """The places a post covers: its grids if it has any, else everything in its place."""
    grids = frozenset(link.grid_id for link in post.grids.all())
    return Scope(grids=grids) if grids else Scope(prefixes=(post.place.path,))


def by_for(account: Account, chosen: UUID | None = None) -> By:
    """Who this account is now: each right with the places at which some held post carries it.

    ``chosen`` is the post the person says they act in; without it, the first one held.
    """
    return by_of(account, holdings_of(account), chosen)


def by_of(account: Account, holdings: Iterable[Holding], chosen: UUID | None = None) -> By:
    """The same, for holdings that were read already."""
    scopes: dict[Right, Scope] = {}
    posts = [holding.post for holding in holdings]
    for post in posts:
        for right in rights_of(PostKind(post.kind)):
            scopes[right] = scopes.get(right, Scope()) | coverage(post)
    acting = next((post.uuid for post in posts if post.uuid == chosen), posts[0].uuid if posts else None)
    return By(account=account.uuid, post=acting, scopes=scopes)


@dataclass(frozen=True, slots=True)
class Answering:
    """The posts whose work an account sees now, and why."""

    held: frozenset[int]
    deputised: frozenset[int]
    backing: frozenset[int]  # vacant posts below, nobody nearer answers

    @property
    def all(self) -> frozenset[int]:
        return self.held | self.deputised | self.backing


def answered_by(account: Account) -> Answering:
    """Which posts an account answers for: its own, those it deputises, and vacant ones below (the backstop)."""
    held: set[int] = set()
    deputised: set[int] = set()
    for holding in holdings_of(account):
        (held if holding.role == Holding.Role.HOLDER else deputised).add(holding.post_id)
    backing: set[int] = set()
    level = held | deputised
    while level:
        below = open_posts().filter(~taken(HELD), ~taken(DEPUTISED), parent__in=level, kind__in=ANSWERING)
        vacant = below.values_list("pk", flat=True)
        level = set(vacant) - backing
        backing |= level
    return Answering(frozenset(held), frozenset(deputised), frozenset(backing))


def answers_for(account: UUID | None, posts: Collection[int]) -> bool:
    """Whether an account answers for one of these posts (keys) now: holds it, deputises, or backs it up."""
    return not posts_answered_by(account).isdisjoint(posts)


def posts_answered_by(account: UUID | None) -> frozenset[int]:
    """The posts (keys) that an account answers for now."""
    found = Account.objects.filter(uuid=account).first() if account else None
    return answered_by(found).all if found else frozenset()


def has_read_card(account: Account) -> bool:
    """Whether this account has read the card for a first shift."""
    return Event.objects.filter(uuid=derived("card", account.uuid)).exists()


def starts_at_doors(account: Account) -> bool:
    """Whether this account holds a post whose whole work is at doors, and has not read the card for it yet."""
    at_doors = any(one.post.kind in AT_DOORS for one in holdings_of(account))
    return at_doors and not has_read_card(account)


def who_answers(posts: Iterable[Post]) -> dict[int, Holding | None]:
    """For each post the holding that answers for it now: holder, else deputy, else upwards; None if nobody does."""
    chains = chains_of(posts)
    every = {pk for line in chains.values() for pk in line}
    found: dict[int, Holding] = {}
    now_held = Holding.objects.filter(in_force(), post__in=every)
    now_held = now_held.select_related("account", "post", "post__place", "post__parent")
    for holding in now_held.order_by("-role", "-accepted_at", "id"):
        found.setdefault(holding.post_id, holding)
    return {start: next((found[pk] for pk in line if pk in found), None) for start, line in chains.items()}


def chains_of(posts: Iterable[Post]) -> dict[int, list[int]]:
    """The keys of each post and the levels above it, nearest first: one query a level, however many posts.

    Only posts that answer for doors are backed up: nobody stands in for an authority or a tracer.
    """
    above = {post.pk: post.parent_id if post.kind in ANSWERING else None for post in posts}
    starts = list(above)
    while missing := {parent for parent in above.values() if parent is not None} - above.keys():
        above.update(Post.objects.filter(pk__in=missing).values_list("pk", "parent_id"))
    return {start: _line(start, above) for start in starts}


def posts_above(post: UUID) -> list[Post]:
    """The levels above a post, nearest first; none where nobody stands above it."""
    found = list(Post.objects.filter(uuid=post))
    line = chains_of(found)[found[0].pk][1:] if found else []
    posts = Post.objects.select_related("place").in_bulk(line)
    return [posts[pk] for pk in line]


def _line(start: int, above: dict[int, int | None]) -> list[int]:
    line: list[int] = []
    at: int | None = start
    while at is not None and at not in line:
        line.append(at)
        at = above[at]
    return line


def responsible(doors: Sequence[Place]) -> dict[int, Post]:
    """For each door the post that answers for it: its grid's worker, else the nearest place's leading post.

    Doors for which no post exists anywhere above are absent from the answer.
    """
    kinds = [kind.value for kind in ANSWERING]
    by_grid = posts_of_grids(door.grid_id for door in doors if door.grid_id)
    paths = {path for door in doors for path in ancestors(door.path)}
    by_path: dict[str, list[Post]] = defaultdict(list)
    for post in open_posts().filter(kind__in=kinds, grids__isnull=True, place__path__in=paths):
        by_path[post.place.path].append(post)
    found: dict[int, Post] = {}
    for door in doors:
        post_ = by_grid.get(door.grid_id or 0) or _nearest(door, by_path)
        if post_:
            found[door.pk] = post_
    return found


def offices(place: Place) -> list[Post]:
    """The posts that answer for a place as a whole, nearest first: a resident goes to one, then to the next."""
    kinds = [kind.value for kind in ANSWERING]
    paths = [*ancestors(place.path), place.path]
    found = open_posts().filter(kind__in=kinds, grids__isnull=True, place__path__in=paths)
    return sorted(found, key=lambda post: (-len(post.place.path), kinds.index(post.kind), post.pk))


def posts_of_grids(grids: Iterable[int]) -> dict[int, Post]:
    """For each grid (by key) the post that answers for it: its worker's, or its branch's where it has no worker's."""
    wanted = set(grids)
    kinds = [kind.value for kind in ANSWERING]
    posts = open_posts().filter(kind__in=kinds, grids__grid__in=wanted).distinct().prefetch_related("grids")
    found: dict[int, Post] = {}
    for post in sorted(posts, key=lambda one: (kinds.index(one.kind), one.pk)):
        for grid in wanted & {link.grid_id for link in post.grids.all()}:
            found.setdefault(grid, post)
    return found


def _nearest(door: Place, by_path: dict[str, list[Post]]) -> Post | None:
    for path in reversed(ancestors(door.path)):
        if path in by_path:
            return min(by_path[path], key=lambda post: ANSWERING.index(PostKind(post.kind)))
    return None


def vacancies(scope: Scope) -> QuerySet[Post]:
    """Posts in the scope that nobody holds now, with how long (``opened`` or the last holding's end)."""
    grids = Q(grids__grid__in=scope.grids) if scope.grids else Q(pk__in=())
    places = Scope(scope.prefixes, everything=scope.everything).q("place")
    return open_posts().filter(places | grids, ~taken(HELD)).distinct().order_by("place__path", "kind", "id")
