"""The five responsible for each home (五包一) and who answers now: worked out from posts, and from what was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING
from wangge.domains.duty.entry import phone_of
from wangge.domains.duty.models import Holding, Post
from wangge.domains.duty.nearest import nearest
from wangge.domains.duty.queries import responsible, who_answers
from wangge.domains.duty.rules import PostKind
from wangge.domains.isolation.models import HELPERS, HomeHelper
from wangge.domains.isolation.rules_home import TYPED, Helper
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.places.rules import ancestors
from wangge.domains.protocol.models import Response


@dataclass(frozen=True, slots=True)
class One:
    """One of the five. ``stands_in``: a deputy, or a post further up, answers because the seat is empty."""

    kind: Helper
    name: str = ""
    phone: str = ""
    post: str = ""
    stands_in: bool = False

    @property
    def hole(self) -> bool:
        return not self.name


def five_of(response: Response, homes: Sequence[Place]) -> dict[int, list[One]]:
    """The five of each home (by key), always five, in order; a fixed number of queries for any number of homes."""
    posts = _posts_of(homes)
    every = {post.pk: post for found in posts.values() for some in found.values() for post in some}
    answering = who_answers(every.values())
    typed = _typed(response, homes)
    return {
        home.pk: [
            typed[home.pk].get(kind, One(kind)) if kind in TYPED else _in_post(kind, posts[home.pk][kind], answering)
            for kind in Helper
        ]
        for home in homes
    }


def five_at(response: Response, home: Place) -> list[One]:
    """The five of one home."""
    return five_of(response, [home])[home.pk]


def _posts_of(homes: Sequence[Place]) -> dict[int, dict[Helper, list[Post]]]:
    """For each home the posts of each kind that has any, the nearest first."""
    doors = {home.pk: door_of(home) for home in homes}
    at_door = responsible(list(doors.values()))
    community, doctor = nearest(homes, PostKind.COMMUNITY), nearest(homes, PostKind.DOCTOR)
    return {
        home.pk: {
            Helper.COMMUNITY: community[home.pk], Helper.DOCTOR: doctor[home.pk],
            Helper.GRID_WORKER: [at_door[doors[home.pk].pk]] if doors[home.pk].pk in at_door else [],
        }
        for home in homes
    }  # fmt: skip


def _in_post(kind: Helper, posts: Sequence[Post], answering: Mapping[int, Holding | None]) -> One:
    """Who holds the nearest post, deputises, or stands in from further up."""
    for post in posts:
        if found := answering.get(post.pk):
            own = post is posts[0] and found.post_id == post.pk and found.role == Holding.Role.HOLDER
            phone = phone_of(found.account) or found.post.phone
            return One(kind, found.account.name, phone, found.post.title, stands_in=not own)
    return One(kind, post=posts[0].title if posts else "")


def _typed(response: Response, homes: Sequence[Place]) -> dict[int, dict[Helper, One]]:
    """The helpers typed for a home; where none is, those of the nearest place around it."""
    paths = {path for home in homes for path in _around(home)}
    found = HomeHelper.objects.within(EVERYTHING).filter(
        response=response, ended_at__isnull=True, place__path__in=paths
    )
    at: dict[tuple[str, str], One] = {(one.place.path, one.kind): said(one) for one in found.select_related("place")}
    return {
        home.pk: {
            kind: one
            for kind in TYPED
            if (one := next((at[path, kind] for path in _around(home) if (path, kind) in at), None))
        }
        for home in homes
    }


def _around(home: Place) -> Iterable[str]:
    """The home's own path, then those around it, the nearest first."""
    return (home.path, *reversed(ancestors(home.path)))


def said(helper: HomeHelper) -> One:
    """A helper who was typed in."""
    known = sealing.unseal(HELPERS, helper.uuid, helper.sealed)
    return replace(One(Helper(helper.kind)), name=str(known.get("name", "")), phone=str(known.get("phone", "")))
