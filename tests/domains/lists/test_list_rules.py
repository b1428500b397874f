"""Who a row is about, and which rows are one person: the policy alone."""

from datetime import date

import pytest

from wangge.domains.lists.rules import Against, Evidence, Known, RowState, Said, Telling, add_up, judge, repeats

BORN = date(1980, 1, 2)


def known(key: int = 1, **more: object) -> Known:
    given = {"name": "李四", "document": "D", "phones": frozenset({"P"}), "born": BORN, "home": 7}
    return Known(key, **given | more)  # type: ignore[arg-type]  # named fields


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        (Said("李四", "D"), ("document", "name")),
        (Said("", "D"), ("document",)),
        (Said("李四", phones=frozenset({"P"})), ("phone", "name")),
        (Said("李四", born=BORN), ("birth", "name")),
        (Said("李四", home=7), ("address", "name")),
    ],
)
def test_the_document_or_the_name_with_one_thing_more_is_certain(said: Said, evidence: tuple[str, ...]) -> None:
    chosen = judge(said, [known()]).chosen
    assert chosen is not None
    assert chosen.evidence == tuple(map(Evidence, evidence))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Said("王五", "D"), "document_of_another"),
        (Said("李四", "E", frozenset({"P"})), "perhaps"),
        (Said("李四", phones=frozenset({"P"}), born=date(1990, 1, 1)), "perhaps"),
        (Said("王五", phones=frozenset({"P"})), "perhaps"),
        (Said("王五", home=7), "nobody"),
        (Said("王五"), "nobody"),
    ],
)
def test_what_speaks_against_it_leaves_it_to_a_person(said: Said, reason: str) -> None:
    verdict = judge(said, [known()])
    assert (verdict.chosen, verdict.reason) == (None, reason)


def test_of_two_who_fit_nobody_is_chosen_unless_one_has_the_document() -> None:
    said = Said("李四", "D", frozenset({"P"}))
    twin = known(2, document="")
    assert judge(Said("李四", phones=frozenset({"P"})), [known(), twin]).reason == "several"
    assert judge(said, [known(), twin]).chosen is not None


def test_the_dead_are_not_called_and_another_door_forbids_nothing() -> None:
    assert judge(Said("李四", "D"), [known(died=True)]).reason == "died"
    moved = judge(Said("李四", "D", home=8), [known()]).chosen
    assert moved is not None
    assert moved.against == (Against.OTHER_ADDRESS,)


def telling(number: int, document: str = "", *, phones: tuple[str, ...] = (), address: str = "") -> Telling:
    return Telling(number, None, "李四", document, phones, "", address)


def test_rows_that_have_something_in_common_are_one_person_in_any_order() -> None:
    rows = [telling(1, "D"), telling(2, address="a"), telling(3, phones=("p",)), telling(4, "D", address="a"),
            telling(5, phones=("p",), address="a"), telling(6, "E", address="a")]  # fmt: skip
    assert repeats(rows) == {2: 1, 3: 1, 4: 1, 5: 1}
    assert repeats([telling(1), telling(2)]) == {}


def test_every_row_is_counted_once() -> None:
    sums = add_up({"done": 2, "asked": 3, "remark": 1})
    assert (sums["rows"], sums["ended"], sums["open"]) == (6, 3, 3)
    assert sum(sums[state.value] for state in RowState) == sums["rows"]
