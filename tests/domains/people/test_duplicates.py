"""Records that may be one person: found once, listed to whom they concern, decided by whoever covers both."""

from typing import Any

import pytest

from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import Right
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people import duplicates, merging, queries
from wangge.domains.people.actions import register_person
from wangge.domains.people.inputs import PersonInput
from wangge.domains.people.models import Duplicate, Merge, Person
from wangge.domains.people.rules import DocumentType

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiny(db: Any) -> Small:
    return small.build(check_ins=False)


def same(tiny: Small, home: Any, like: Person, *, phone: str = "", name: str = "") -> Person:
    """A second record of somebody, without their document."""
    typed = PersonInput(name or like.name, like.sex, like.birth_date, DocumentType.ID_CARD, "", phone)
    return register_person(typed=typed, home=home, by=SYSTEM)


def pairs(username: str, tiny: Small) -> list[tuple[int, int, int]]:
    scope = tiny.by(username).scope(Right.IMPORT_RECORDS)
    return [(one.one_id, one.other_id, one.strength) for one in duplicates.waiting(scope)]


def test_what_two_records_share_is_found_once_with_its_strength(tiny: Small) -> None:
    man = tiny.family[0]
    number = queries.details(man)["phone"]
    strong = same(tiny, tiny.homes[9], man, phone=number)
    likely = same(tiny, tiny.yards[0], tiny.family[1])
    assert duplicates.find(by=SYSTEM) >= 2
    assert duplicates.find(by=SYSTEM) == 0
    found = {(one.one_id, one.other_id): one for one in Duplicate._base_manager.all()}
    assert found[man.pk, strong.pk].strength == duplicates.Strength.STRONG
    assert found[tiny.family[1].pk, likely.pk].strength == duplicates.Strength.LIKELY


def test_a_family_s_phone_is_no_evidence_and_a_stranger_s_is_weak(tiny: Small) -> None:
    number = "19900007777"
    born = PersonInput("赵一", "male", None, DocumentType.ID_CARD, "", number)
    one = register_person(typed=born, home=tiny.homes[0], by=SYSTEM)
    wife = register_person(
        typed=PersonInput("钱二", "female", None, DocumentType.ID_CARD, "", number), home=tiny.homes[0], by=SYSTEM
    )
    far = register_person(
        typed=PersonInput("孙三", "male", None, DocumentType.ID_CARD, "", number), home=tiny.homes[8], by=SYSTEM
    )
    duplicates.find(by=SYSTEM)
    found = {(pair.one_id, pair.other_id): pair.strength for pair in Duplicate._base_manager.all()}
    assert (one.pk, wife.pk) not in found
    assert found[one.pk, far.pk] == duplicates.Strength.WEAK


def test_a_phone_of_many_is_no_evidence_at_all(tiny: Small) -> None:
    for home in tiny.homes[:8]:
        typed = PersonInput(f"周{home.pk}", "male", None, DocumentType.ID_CARD, "", "03514012345")
        register_person(typed=typed, home=home, by=SYSTEM)
    duplicates.find(by=SYSTEM)
    assert not Duplicate._base_manager.filter(same_phone=True, same_birth=False).exists()


def test_who_covers_both_decides_and_who_does_not_know_asks_above(tiny: Small) -> None:
    man = tiny.family[0]
    here, there = same(tiny, tiny.homes[9], man), same(tiny, tiny.yards[0], tiny.family[1])
    duplicates.find(by=SYSTEM)
    mine = [(man.pk, here.pk, 3), (tiny.family[1].pk, there.pk, 3)]
    assert sorted(pairs("bingsi-shuji", tiny)) == sorted(mine)
    secretary, town = tiny.by("bingsi-shuji"), tiny.by("qiaodong")
    with pytest.raises(Duplicate.DoesNotExist):
        duplicates.pair(secretary.scope(Right.IMPORT_RECORDS), tiny.family[1].uuid, there.uuid)
    pair = duplicates.pair(secretary.scope(Right.IMPORT_RECORDS), man.uuid, here.uuid)
    duplicates.ask_above(pair=pair, by=secretary)
    assert (man.pk, here.pk, 3) not in pairs("bingsi-shuji", tiny)
    assert (man.pk, here.pk, 3) in pairs("qiaodong", tiny)
    duplicates.say_different(pair=pair, reason="spoke_to_both", by=town)
    duplicates.say_different(pair=pair, reason="spoke_to_both", by=town)
    assert duplicates.find(by=SYSTEM) == 0
    assert (man.pk, here.pk, 3) not in pairs("zhihuibu", tiny)
    assert Event.objects.filter(kind="people.found_different").count() == 1
    with pytest.raises(Problem, match="why_different"):
        duplicates.say_different(pair=pair, reason="", by=town)


def test_the_highest_level_has_nobody_to_ask(tiny: Small) -> None:
    here = same(tiny, tiny.homes[9], tiny.family[0])
    duplicates.find(by=SYSTEM)
    pair = Duplicate._base_manager.get(other=here)
    with pytest.raises(Problem, match="nobody_above"):
        duplicates.ask_above(pair=pair, by=tiny.by("zhihuibu"))


def test_a_merged_pair_is_no_longer_listed_until_it_is_undone(tiny: Small) -> None:
    man = tiny.family[0]
    here = same(tiny, tiny.homes[9], man)
    duplicates.find(by=SYSTEM)
    one = merging.merge(into=man, absorbed=here, by=SYSTEM)
    assert pairs("bingsi-shuji", tiny) == []
    assert Merge._base_manager.count() == 1
    merging.undo(merge=one, by=SYSTEM)
    assert len(pairs("bingsi-shuji", tiny)) == 1
