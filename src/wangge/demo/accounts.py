"""The demo's sign-ins: listed for the sign-in page and printed when the demo starts."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from wangge.base.ids import derived
from wangge.demo.plan import SEED
from wangge.demo.staff import PASSWORD
from wangge.domains.duty.models import Holding
from wangge.domains.duty.queries import in_force
from wangge.domains.places.rules import Kind
from wangge.domains.places.spelling import short_name

#: What a newcomer wants to try, in the order of the thread.
SHOWN = (
    "jiance", "bingsi-1", "bingsi-zhibu-2", "bingsi-shuji", "liudiao", "yingze-zhengling", "qiaodong", "yingze",
    "zhihuibu", "shenji", "dengqiao-1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignIn:
    """A line of the list. ``kind`` is the kind of post."""

    username: str
    password: str
    post: str
    place: str
    kind: str


def path() -> Path:
    """Where the list is kept for the sign-in page; there only where the demo was built."""
    return Path(settings.VAR) / "demo-accounts.json"


def every() -> list[SignIn]:
    """All sign-ins of the demo that work now, in the order of their posts; none on another installation."""
    holdings = Holding.objects.filter(in_force(), account__is_active=True).select_related("account", "post__place")
    return [
        SignIn(one.account.username, PASSWORD, one.post.title, _name(one), one.post.kind)
        for one in holdings.order_by("post", "id")
        if one.account.uuid == derived(SEED, "account", one.account.username)
    ]


def shown() -> list[SignIn]:
    """The few to print, one for each kind of work."""
    known = {one.username: one for one in every()}
    return [known[name] for name in SHOWN if name in known]


def write() -> None:
    """Write the list for the sign-in page; where there is no demo, one that was left behind goes."""
    listed = every()
    if not listed:
        path().unlink(missing_ok=True)
        return
    text = json.dumps([asdict(one) for one in listed], ensure_ascii=False, indent=1)
    path().write_text(text + "\n", encoding="utf-8")


def _name(holding: Holding) -> str:
    place = holding.post.place
    return short_name(place.name, Kind(place.kind))
