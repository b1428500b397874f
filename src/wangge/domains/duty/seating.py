"""Named reads for those who fill posts: the holes first, who held a post when, who could hold it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Max, OuterRef, Q, QuerySet, Subquery, When

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.domains.duty.models import Account, Holding, Post
from wangge.domains.duty.queries import DEPUTISED, HELD, in_force, open_posts, taken, who_answers
from wangge.domains.duty.rules import ANSWERING, rights_of
from wangge.domains.places.rules import ancestors


def _in(scope: Scope) -> Q:
    """Posts at places of a scope, and posts that answer for its grids."""
    places = Scope(scope.prefixes, everything=scope.everything).q("place")
    return places | Q(grids__grid__in=scope.grids) if scope.grids else places


def seats(scope: Scope) -> QuerySet[Post]:
    """The open posts of a scope: holes first, and of these first where doors wait.

    ``left_at``: when the last holder left, None if there never was one.
    """
    left = Holding.objects.filter(post=OuterRef("pk"), role=HELD, accepted_at__isnull=False, ends__lte=clock.now())
    last = left.order_by().values("post").annotate(last=Max("ends")).values("last")
    doors = Case(When(kind__in=ANSWERING, then=0), default=1)
    found = open_posts().filter(_in(scope)).annotate(left_at=Subquery(last), doors=doors).distinct()
    return found.order_by("held", "deputised", "doors", "place__path", "kind", "id")


def holes(scope: Scope) -> QuerySet[Post]:
    """The open posts of a scope that nobody holds."""
    return seats(scope).filter(~taken(HELD))


def narrowed(posts: QuerySet[Post], *, kind: str = "", vacant: bool = False, text: str = "") -> QuerySet[Post]:
    """Some of these posts: of a kind, vacant ones, with a text in the title, the place or a holder's name."""
    if kind:
        posts = posts.filter(kind=kind)
    if vacant:
        posts = posts.filter(~taken(HELD))
    if text:
        holders = Holding.objects.filter(in_force()).filter(
            Q(account__name__contains=text) | Q(account__username__contains=text)
        )
        posts = posts.filter(Q(title__contains=text) | Q(place__name__contains=text) | Q(pk__in=holders.values("post")))
    return posts


@dataclass(frozen=True, slots=True)
class Seat:
    """A post with who answers for it now. ``since``: the civil day from which nobody has held it, None when held."""

    post: Post
    holder: Holding | None
    answering: Holding | None
    since: date | None

    @property
    def backed_up(self) -> bool:
        """Whether somebody in another post answers."""
        return self.answering is not None and self.answering.post_id != self.post.pk


def seated(posts: Sequence[Post]) -> list[Seat]:
    """These posts (of ``seats``) with who holds them and who answers: a fixed number of queries for any number."""
    answering = who_answers(posts)
    holders: dict[int, Holding] = {}
    for holding in Holding.objects.filter(in_force(), post__in=posts, role=HELD).select_related("account"):
        holders.setdefault(holding.post_id, holding)
    return [Seat(post, holders.get(post.pk), answering[post.pk], _since(post, holders)) for post in posts]


def _since(post: Post, holders: dict[int, Holding]) -> date | None:
    if post.pk in holders:
        return None
    left = getattr(post, "left_at", None)
    return clock.day_of(left) if left else post.opened


def seat(scope: Scope, uuid: UUID) -> Post:
    """A post of a scope. Raises Post.DoesNotExist, also outside it."""
    return seats(scope).get(uuid=uuid)


def history(post: Post) -> QuerySet[Holding]:
    """Everybody who was ever offered a post, the latest first; ``accepted_at`` is empty where nobody accepted."""
    return post.holdings.select_related("account", "replaces__account").order_by("-starts", "-id")


def holding(scope: Scope, uuid: UUID) -> Holding:
    """A holding of a post in a scope. Raises Holding.DoesNotExist, also outside it."""
    found = Holding.objects.select_related("post", "post__place", "account")
    return found.get(uuid=uuid, post__in=Post.objects.filter(_in(scope)))


def holder(post: Post) -> Holding | None:
    """Who holds a post now, by themselves and not as a deputy."""
    return Holding.objects.filter(in_force(), post=post, role=HELD).select_related("account").first()


def deputies(post: Post) -> QuerySet[Holding]:
    """Who deputises in a post now."""
    return Holding.objects.filter(in_force(), post=post, role=DEPUTISED).select_related("account").order_by("id")


def accounts_named(text: str) -> QuerySet[Account]:
    """Staff whose name or user name contains a text; nobody for an empty one."""
    named = Q(name__contains=text) | Q(username__contains=text) if text else Q(pk__in=())
    return Account.objects.filter(named, is_active=True).order_by("name", "username")


def account(uuid: UUID | None) -> Account:
    """Somebody who was chosen from a list. Raises Problem where nobody was, or nobody is any more."""
    found = Account.objects.filter(uuid=uuid).first() if uuid else None
    if found is None:
        raise Problem("account_missing", field="account")
    return found


def answering_without(post: Post, ending: Holding) -> Holding | None:
    """Who will answer for a post once this holding has ended: somebody else in it, else the levels above."""
    others = Holding.objects.filter(in_force(), post=post).exclude(pk=ending.pk).select_related("account", "post")
    if nearest := others.order_by("-role", "-accepted_at", "id").first():
        return nearest
    return who_answers([post.parent])[post.parent.pk] if post.parent else None


def titled(text: str) -> list[UUID]:
    """The ids of posts, closed ones too, whose title contains a text."""
    return list(Post.objects.filter(title__contains=text).values_list("uuid", flat=True))


def titles(uuids: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of posts by id, for the log: a post, never a person."""
    return dict(Post.objects.filter(uuid__in=set(uuids)).values_list("uuid", "title"))


def leading(paths: Iterable[str], right: Right) -> dict[str, str]:
    """For each path the title of the nearest post, there or above, that carries a right for a whole place."""
    wanted = set(paths)
    kinds = [kind.value for kind in ANSWERING if right in rights_of(kind)]
    around = {end for path in wanted for end in (*ancestors(path), path)}
    posts = open_posts().filter(kind__in=kinds, grids__isnull=True, place__path__in=around).order_by("-id")
    at = {post.place.path: post.title for post in posts}
    lines = {path: [end for end in (path, *reversed(ancestors(path))) if end in at] for path in wanted}
    return {path: at[ends[0]] for path, ends in lines.items() if ends}
