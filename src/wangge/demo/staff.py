"""Posts with people in them: made, offered and accepted through the verbs of duty."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from django.contrib.auth.hashers import make_password

from wangge.base import sealing
from wangge.base.access.by import SYSTEM
from wangge.base.ids import derived
from wangge.demo.names import full_name
from wangge.domains.duty.actions import accept, create_post, offer
from wangge.domains.duty.entry import TABLE
from wangge.domains.duty.models import Account, Holding, Post
from wangge.domains.duty.rules import PostKind
from wangge.domains.places.models import Grid, Place

PASSWORD = "wangge-demo-2022"  # noqa: S105  # printed for everybody who starts the demo


@cache
def hashed() -> str:
    """The demo password's hash: a slow one is made once for all accounts."""
    return make_password(PASSWORD)


@dataclass
class Staff:
    """Makes posts and fills them. ``posts`` and ``accounts`` are by user name, the printed one."""

    seed: str
    rng: Random
    posts: dict[str, Post] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)

    def seat(
        self,
        username: str,
        kind: PostKind,
        title: str,
        place: Place,
        *,
        above: str = "",
        grids: Iterable[Grid] = (),
        vacant: bool = False,
    ) -> Post:
        """A post named by its holder's user name; ``above`` names the one that backs it up."""
        post = create_post(
            kind=kind, title=title, place=place, parent=self.posts.get(above), grids=grids, by=SYSTEM,
            uuid=derived(self.seed, "post", username),
        )  # fmt: skip
        self.posts[username] = post
        if not vacant:
            self.fill(post, username)
        return post

    def fill(self, post: Post, username: str, role: Holding.Role = Holding.Role.HOLDER) -> Holding:
        """Put an account into a post, as its holder or deputy; an account may hold several."""
        uuid = derived(self.seed, "holding", post.uuid, username)
        account = self.accounts.get(username) or self._account(username)
        holding = offer(post=post, account=account, role=role, by=SYSTEM, uuid=uuid)
        self.holdings.append(accept(holding=holding, by=SYSTEM))
        return holding

    def _account(self, username: str) -> Account:
        # Staff are mostly women, as in the article.
        name = full_name(self.rng, self.rng.randint(1968, 1999), male=self.rng.random() < 0.3)
        uuid, phone = derived(self.seed, "account", username), f"03514{len(self.accounts) * 37 % 1_000_000:06d}"
        account = Account(
            uuid=uuid, username=username, name=name, password=hashed(), invented=True,
            sealed=sealing.seal(TABLE, uuid, {"phone": phone}), phone_index=sealing.blind("phone", phone),
        )  # fmt: skip
        account.save(force_insert=True)
        self.accounts[username] = account
        return account
