"""Whether somebody may be released: the conditions, worked out from the facts of three streets; and both signs."""

from collections.abc import Sequence
from datetime import date, timedelta

from wangge.base import clock
from wangge.base.access.by import By
from wangge.domains.isolation import releasing
from wangge.domains.isolation.homes import term_of
from wangge.domains.isolation.models import Order, Release
from wangge.domains.isolation.releases import newer
from wangge.domains.isolation.rules_release import Checked, LastTest, conditions
from wangge.domains.protocol.queries import protocol
from wangge.domains.testing.queries import samples_since
from wangge.domains.testing.rules import Value


def checked(orders: Sequence[Order]) -> dict[int, tuple[Checked, ...]]:
    """Every condition of each order (by key) with its state: a fixed number of queries for any number."""
    days = {one.pk: last_test(one) for one in orders}
    first = min((day for day, _times in filter(None, days.values())), default=None)
    people = [one.person_id for one in orders if days[one.pk]]
    samples = samples_since(people, clock.start_of(first)) if first else []
    later = newer(orders)
    return {
        one.pk: conditions(
            today=clock.today(), last=term_of(one).last, test=_test(one, days[one.pk], samples), newer=later[one.pk]
        )
        for one in orders
    }


def last_test(order: Order) -> tuple[date, int] | None:
    """The protocol's last test day within the term, and how many samples it asks for; None where it asks for none."""
    role, term = protocol(order.protocol).roles[order.role], term_of(order)
    first = term.last - timedelta(days=term.days - 1)
    dated = [(first + timedelta(days=test.day - 1), test.times) for test in role.tests]
    return max((one for one in dated if one[0] <= term.last), default=None)


def _test(order: Order, asked: tuple[date, int] | None, samples: Sequence[tuple[int, str, date]]) -> LastTest | None:
    if asked is None:
        return None
    day, times = asked
    mine = [value for person, value, taken in samples if person == order.person_id and taken >= day]
    return LastTest(day, times, mine.count(Value.NEGATIVE), mine.count(Value.POSITIVE))


def sign(*, orders: Sequence[Order], by: By) -> list[Release]:
    """A doctor signs. Raises Problem where a condition is not met."""
    return releasing.sign_releases(orders=orders, seen=checked(orders), by=by)


def confirm(*, orders: Sequence[Order], by: By) -> list[Release]:
    """The authority that ordered it releases. Raises Problem where a condition is not met any more."""
    return releasing.confirm_releases(orders=orders, seen=checked(orders), by=by)
