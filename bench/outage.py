"""A thousand workers, each with a grid of ten doors, an enrolled phone and a session; and what each did meanwhile."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import under
from wangge.base.ids import derived, uuid7
from wangge.demo.small import Small
from wangge.domains.duty.entry import secret_hash
from wangge.domains.duty.handsets import DEVICE, SHOWN
from wangge.domains.duty.models import Account, Device, Enrolment, Holding, Post, PostGrid
from wangge.domains.duty.rules import PostKind
from wangge.domains.phones.models import Phone
from wangge.domains.places.actions import Seed, add_places
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind, door_order
from wangge.domains.work.actions import Wanted, put_items
from wangge.domains.work.models import Task
from wangge.web.account.sessions import SessionStore

DOORS = 10
OUTCOMES = ("absent", "done")


def made(city: Small, phones: int, each: int) -> list[dict[str, Any]]:
    """The phones: cookies, and the commands in the order in which they were made."""
    accounts, doors = _seated(city, phones)
    due = clock.now() + timedelta(days=2)
    wanted = [Wanted(door, "ask_needs", derived("bench", door.uuid), due) for some in doors for door in some]
    put_items(response=city.response, wanted=wanted, by=SYSTEM)
    tasks = dict(Task._base_manager.filter(response=city.response).values_list("door_id", "uuid"))
    cookies = _enrolled(accounts)
    return [
        {"cookies": cookie, "commands": [_command(str(tasks[some[n % DOORS].pk]), n) for n in range(each)]}
        for cookie, some in zip(cookies, doors, strict=True)
    ]


def _command(task: str, number: int) -> dict[str, Any]:
    data = {"outcome": OUTCOMES[number // DOORS % 2], "channel": "door", "person": None}
    return {
        "id": str(uuid7()),
        "kind": "attempt",
        "at": clock.now().isoformat(),
        "task": task,
        "door": None,
        "data": data,
    }


def _seated(city: Small, count: int) -> tuple[list[Account], list[list[Place]]]:
    """Buildings of ten doors, each a grid with a worker's post of its own."""
    community, branch, now = city.places["community"], city.posts["bingsi-zhibu-1"], clock.now()
    homes = tuple(Seed(Kind.HOUSEHOLD, f"{n}01", door_order(n, 1)) for n in range(1, DOORS + 1))
    seeds = [Seed(Kind.BUILDING, f"{n}号院楼", 500 + n, children=homes) for n in range(count)]
    built = [one for one in add_places(parent=community, seeds=seeds, by=SYSTEM) if one.kind == Kind.BUILDING]
    grids = Grid.objects.bulk_create(
        Grid(community=community, number=100 + n, name=f"第{100 + n}网格", opened=clock.today()) for n in range(count)
    )
    doors = []
    for building, grid in zip(built, grids, strict=True):
        Place.objects.filter(under(building.path)).update(grid=grid)
        doors.append(list(Place.objects.filter(under(building.path), kind=Kind.HOUSEHOLD).order_by("walk")))
    kind = PostKind.GRID_WORKER.value
    posts = Post.objects.bulk_create(
        Post(kind=kind, title=f"第{100 + n}网格网格员", place=community, parent=branch, opened=clock.today())
        for n in range(count)
    )
    PostGrid.objects.bulk_create(PostGrid(post=post, grid=grid) for post, grid in zip(posts, grids, strict=True))
    accounts = Account.objects.bulk_create(
        Account(username=f"bench-{n}", name=f"员工{n}", password="!", invented=True) for n in range(count)
    )
    Holding.objects.bulk_create(
        Holding(post=post, account=account, starts=now, accepted_at=now)
        for post, account in zip(posts, accounts, strict=True)
    )
    return accounts, doors


def _enrolled(accounts: list[Account]) -> list[dict[str, str]]:
    """A phone and a session for each; their cookies."""
    now = clock.now()
    held = [secrets.token_urlsafe(32) for _each in accounts]
    devices = Device.objects.bulk_create(
        Device(secret_hash=secret_hash(one), kind="android", enrolled_at=now) for one in held
    )
    Enrolment.objects.bulk_create(
        Enrolment(device=device, account=account, at=now) for device, account in zip(devices, accounts, strict=True)
    )
    Phone.objects.bulk_create(
        Phone(device=device, account=account, first_at=now, seen_at=now)
        for device, account in zip(devices, accounts, strict=True)
    )
    return [
        {"sessionid": _session(account, device), "wangge_device": secret, "csrftoken": "c" * 32}
        for account, device, secret in zip(accounts, devices, held, strict=True)
    ]


def _session(account: Account, device: Device) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[DEVICE], session[SHOWN] = str(device.uuid), ["device"]
    session.create()
    return str(session.session_key)
