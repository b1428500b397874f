"""What a phone is given for a shift: three hundred doors with their people, open questions and forms, in under a
second; and the same asked again, when nothing has changed. Server time of the whole request."""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import Client
from tests.domains.asking import bank

from bench.benchmarks.worklist import tower
from bench.measure import Pair
from bench.stand import Stand
from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.ids import derived
from wangge.demo import small
from wangge.demo.chance import stream
from wangge.demo.persons import People
from wangge.demo.small import Small
from wangge.domains.people.actions import register_people
from wangge.domains.places.models import Place

DOORS, FAMILIES = 300, ("HW", "HWC", "HWCM", "E", "A", "HWCC")
HEADERS = {"X-Wangge-App": "0.1"}


def pairs(stand: Stand) -> Iterator[Pair]:
    """The whole package, and the empty difference."""
    city = small.build(check_ins=False)
    doors = tower(city, DOORS)
    inhabited(doors)
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    bank.ask(city, "has_supplies", "missing", ends_at=clock.now() + timedelta(days=5))
    bank.ask(city, "fever", "temperature", title="问发烧", ends_at=clock.now() + timedelta(days=5))
    worker.run_pending()
    client = phone(city)
    whole = package(client, "")
    print(
        f"{len(whole['doors'])} doors, {len(json.dumps(whole, ensure_ascii=False).encode()) // 1024} kB",
        file=sys.stderr,
    )
    yield Pair("package 300 doors", lambda: package(client, ""), most_ms=1000, rounds=9)
    yield Pair("package, nothing new", lambda: package(client, whole["cursor"]), most_ms=1000, rounds=9)


def inhabited(doors: list[Place]) -> None:
    """A family behind each door."""
    make, chance = People(clock.today(), lot=77), stream("bench", "people")
    rows = [
        (typed, door, derived("bench", door.uuid, number))
        for place, door in enumerate(doors)
        for number, typed in enumerate(make.household(chance, FAMILIES[place % len(FAMILIES)]))
    ]
    register_people(rows=rows, by=SYSTEM)


def phone(city: Small) -> Client:
    """Signed in, after the first contact."""
    client = Client()
    client.force_login(city.accounts["bingsi-1"], backend="django.contrib.auth.backends.ModelBackend")
    client.post("/sync/contact", "{}", content_type="application/json", headers=HEADERS)
    return client


def package(client: Client, since: str) -> dict[str, Any]:
    answer = client.get(f"/sync/package?since={since}", headers=HEADERS)
    content: dict[str, Any] = answer.json()
    if answer.status_code != 200:
        raise AssertionError(content)
    return content
