"""How many live behind a door, as a condition of a table: counted as one counts by hand, a dormitory's room as one."""

from collections import Counter

import pytest

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.places.rules import Kind
from wangge.domains.tables import rules
from wangge.domains.tables.choosing import Bank, condition, doors, people
from wangge.domains.tables.rules import Condition, Subject


def by_hand(tiny: Small) -> Counter[int]:
    found: Counter[int] = Counter()
    for one in Person.objects.within(EVERYTHING).filter(died_on__isnull=True).select_related("home"):
        assert one.home is not None
        found[one.home.parent_id if one.home.kind == Kind.BED else one.home_id] += 1
    return found


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("test", [rules.Test.AT_LEAST, rules.Test.AT_MOST])
def test_it_is_what_one_counts_by_hand(tiny: Small, test: rules.Test, number: int) -> None:
    """An empty door has at most any number; "at least 0" is read as at least 1."""
    bank = Bank({})
    Person.objects.within(EVERYTHING).filter(home=tiny.homes[3]).update(died_on=clock.today())  # nobody is left there
    here = by_hand(tiny)
    asked = Condition("household.people", test, (str(number),))
    fits = (lambda n: n >= max(number, 1)) if test is rules.Test.AT_LEAST else (lambda n: n <= number)
    at_doors = doors(EVERYTHING).filter(condition(asked, Subject.HOUSEHOLD, bank))
    everybody = [door.pk for door in doors(EVERYTHING)]
    assert {door.pk for door in at_doors} == {pk for pk in everybody if fits(here[pk])}
    persons = people(EVERYTHING).filter(condition(asked, Subject.PERSON, bank))
    assert sum(1 for _ in persons) == sum(here[pk] for pk in everybody if fits(here[pk]))
