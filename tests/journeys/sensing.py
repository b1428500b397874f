"""Run in the product's environment: somebody who is home again under monitoring, and the door they live behind. JSON.

``order``: an order that stands, sixteen days after the contact, with the worker who answers for the door. ``door
ORDER``: the page of what is open at that door now. ``over ORDER``: its end is this minute; the product itself ends it.
"""

import json
import sys
from datetime import timedelta
from uuid import UUID

import django

django.setup()

from wangge.base import clock  # noqa: E402  # models need the settings first
from wangge.base.access.by import SYSTEM  # noqa: E402
from wangge.base.access.scope import EVERYTHING, Scope  # noqa: E402
from wangge.base.ids import uuid7  # noqa: E402
from wangge.demo.plan import BINGSI  # noqa: E402
from wangge.domains.duty.models import Account  # noqa: E402
from wangge.domains.duty.queries import by_for, responsible, who_answers  # noqa: E402
from wangge.domains.isolation.actions import confirm_orders, replan  # noqa: E402
from wangge.domains.isolation.models import Order  # noqa: E402
from wangge.domains.people.models import Person  # noqa: E402
from wangge.domains.people.queries import door_of  # noqa: E402
from wangge.domains.places.queries import by_code  # noqa: E402
from wangge.domains.protocol.queries import covering_open, in_force  # noqa: E402
from wangge.domains.work.models import Task, TaskItem  # noqa: E402
from wangge.flows.reasons import because  # noqa: E402


def order() -> dict[str, str]:
    community = by_code(BINGSI.code)
    person, worker = _somebody(Scope(prefixes=(community.path,)))
    here = covering_open(community)
    assert here
    edition, since = in_force(here), clock.today() - timedelta(days=16)
    reason = because("exposure", uuid7(), edition.roles["close_contact"], since)
    made = replan(response=here, person=person, because=[reason], protocol=edition.key, by=SYSTEM).order
    assert made
    orders = Order.objects.within(EVERYTHING).filter(pk=made.pk).select_related("response", "person__home")
    confirm_orders(
        orders=list(orders), authority="迎泽区", document_no="迎防办演隔〔2022〕41号", ground="演练", remedy="12345",
        by=by_for(Account.objects.get(username="yingze-zhengling")),
    )  # fmt: skip
    return {"order": str(made.uuid), "worker": worker, "name": person.name}


def _somebody(scope: Scope) -> tuple[Person, str]:
    """Whom no order binds, behind a door at which nothing is open, with the account that answers for it."""
    free = Person.objects.within(scope).filter(
        home__kind="household", orders__isnull=True, died_on__isnull=True, home__tasks__isnull=True
    )
    for person in free.exclude(home__in=_bound(scope)).select_related("home", "home__parent").order_by("id")[:200]:
        post = responsible([person.home])[person.home_id]
        answers = who_answers([post])[post.pk]
        if answers and post.kind == "grid_worker":
            return person, answers.account.username
    raise LookupError("nobody in the community")


def _bound(scope: Scope) -> list[int]:
    return list(Order.objects.within(EVERYTHING).values_list("person__home", flat=True))


def door(uuid: str) -> dict[str, str]:
    one = Order.objects.within(EVERYTHING).select_related("person__home", "response").get(uuid=UUID(uuid))
    tasks = Task.objects.within(EVERYTHING).filter(door=door_of(one.person.home), state="open")
    found = tasks.order_by("-id").first()
    items = TaskItem.objects.within(EVERYTHING).filter(task=found, state="open")
    kinds = sorted(items.values_list("kind", flat=True))
    return {"door": f"/field/door/{found.uuid}/" if found else "", "kinds": ",".join(kinds)}


def over(uuid: str) -> dict[str, str]:
    rows = Order.objects.within(EVERYTHING).filter(uuid=UUID(uuid)).update(ends_at=clock.now())
    return {"rows": str(rows)}


if __name__ == "__main__":
    what, *which = sys.argv[1:]
    sys.stdout.write(json.dumps({"order": order, "door": door, "over": over}[what](*which)) + "\n")
