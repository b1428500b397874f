"""A list is looked at before anything is asked: who its rows are about, and why."""

from typing import Any

import pytest
from tests.domains.lists.sent import content, look, phone, rows

from wangge.base.access.rights import NotAllowed
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.lists import actions, queries
from wangge.domains.lists.models import HandedList, ListRow
from wangge.domains.lists.rules import ListState
from wangge.domains.work.models import TaskItem

pytestmark = pytest.mark.django_db


def test_every_row_is_in_one_state_with_its_evidence(tiny: Small) -> None:
    sent = look(tiny, tiny.by("bingsi-shuji"))
    assert sent.list.state == ListState.LOOKED
    assert sent.states() == {
        3: "matched", 4: "repeated", 5: "repeated", 6: "repeated", 7: "repeated", 8: "repeated", 9: "to_resolve",
        10: "to_resolve", 11: "elsewhere", 12: "elsewhere", 13: "remark", 14: "matched", 15: "remark",
    }  # fmt: skip
    assert sent.sums() == {
        "rows": 13, "open": 6, "ended": 7, "matched": 2, "repeated": 5, "to_resolve": 2, "elsewhere": 2, "remark": 2,
    }  # fmt: skip
    assert queries.people_in(sent.list) == 6
    first = sent.row(3)
    assert (first.person, first.evidence, first.against) == (tiny.family[0], "document,birth,name", "")
    assert sent.row(4).evidence == "phone,name"
    assert sent.row(5).evidence == "address,name"
    assert sent.row(6).urgent
    assert sent.row(8).against == "other_address"
    assert {sent.row(number).repeats for number in (4, 5, 6, 7, 8)} == {first}


def test_what_is_not_certain_says_why(tiny: Small) -> None:
    sent = look(tiny, tiny.by("bingsi-shuji"))
    assert {number: sent.row(number).reason for number in range(9, 16)} == {
        9: "new_here", 10: "address_unclear", 11: "known_outside", 12: "out_of_town", 13: "struck", 14: "",
        15: "nobody_named",
    }  # fmt: skip
    assert sent.row(9).home == tiny.homes[11]
    village = sent.row(11)
    assert (village.person, village.area) == (None, tiny.places["village"])


def test_looking_asks_nobody_and_can_be_thrown_away(tiny: Small) -> None:
    by = tiny.by("bingsi-shuji")
    before = TaskItem._base_manager.count()
    sent = look(tiny, by)
    assert TaskItem._base_manager.count() == before
    actions.throw_away(list_=sent.list, by=by)
    assert (HandedList._base_manager.count(), ListRow._base_manager.count()) == (0, 0)
    assert look(tiny, by).sums()["rows"] == 13


def test_a_document_of_somebody_of_another_name_is_for_a_person_to_decide(tiny: Small) -> None:
    man, other = tiny.family[0], tiny.living[tiny.homes[3].pk][0]
    some = [["1", "不同名", tiny.document(man), "", "", "", ""], ["2", other.name, "", "", "", "", ""],
            ["3", other.name, "", "", "东岗里1-1-101", "", ""]]  # fmt: skip
    sent = look(tiny, tiny.by("bingsi-shuji"), sheet(some))
    assert [(sent.row(at).state, sent.row(at).reason) for at in (3, 4, 5)] == [
        ("to_resolve", "document_of_another"), ("to_resolve", "address_missing"), ("to_resolve", "new_here"),
    ]  # fmt: skip
    assert all(sent.row(at).person is None for at in (3, 4, 5))


def test_cells_that_cannot_be_right_stay_with_their_row(tiny: Small) -> None:
    man = tiny.family[0]
    number = tiny.document(man)
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    sent = look(tiny, tiny.by("bingsi-shuji"), sheet([["1", man.name, wrong, phone(man), "", "", ""]]))
    row = sent.row(3)
    assert (row.state, row.person, row.evidence) == ("matched", man, "phone,name")
    assert queries.content(row)["problems"] == [["id_check", "document"]]
    assert queries.content(row)["cells"][2] == wrong


def sheet(some: list[list[Any]]) -> bytes:
    return content(None, some)


def test_whoever_may_not_take_files_in_sees_no_list(tiny: Small) -> None:
    sent = look(tiny, tiny.by("bingsi-shuji"))
    with pytest.raises(NotAllowed):
        look(tiny, tiny.by("bingsi-1"))
    with pytest.raises(NotAllowed):
        actions.take_list(list_=sent.list, by=tiny.by("dengqiao-shuji"))


def test_the_city_finds_a_home_for_every_row_it_can(tiny: Small) -> None:
    sent = look(tiny, tiny.by("zhihuibu"))
    assert (sent.row(11).state, sent.row(11).person) == ("matched", tiny.living[tiny.yards[0].pk][0])
    assert sent.row(12).reason == "out_of_town"
    assert len(rows(tiny)) == sent.sums()["rows"]


def test_without_a_response_nobody_is_listed(tiny: Small) -> None:
    tiny.response.closed_at = tiny.response.opened_at
    tiny.response.save()
    with pytest.raises(Problem, match="list_without_response"):
        look(tiny, tiny.by("bingsi-shuji"))
