"""No figure of promises is about fewer than five, nor can one be worked out from others."""

from wangge.base.promises import Kept, published, together


def test_no_figure_is_about_fewer_than_five_nor_can_be_worked_out() -> None:
    found = published([("a", 4, 4), ("b", 9, 3), ("c", 6, 6)])
    assert [(one.key, one.asked, one.kept) for one in found] == [("a", None, None), ("b", 9, 3), ("c", None, None)]
    assert [one.asked for one in published([("a", 5, 1), ("b", 5, 5)])] == [5, 5]
    assert [one.asked for one in published([("a", 1, 1), ("b", 2, 0), ("c", 7, 7)])] == [None, None, 7]


def test_both_together_say_nothing_that_one_alone_does_not() -> None:
    help_, medicine = [("a", 3, 1), ("b", 9, 9), ("c", 8, 2), ("d", 6, 6)], [("a", 7, 7), ("c", 6, 6), ("d", 5, 0)]
    assert [one.key for one in published(help_) if one.asked is None] == ["a", "d"]
    found = {one.key: one for one in together(help_, medicine)}
    assert found["a"].asked is None, "ten less the seven of medicine would be three"
    assert found["d"].asked is None
    assert (found["b"], found["c"]) == (Kept("b", 9, 9), Kept("c", 14, 8))


def test_one_that_is_left_out_takes_another_with_it() -> None:
    found = together([("a", 2, 1), ("b", 20, 9), ("c", 30, 9)], [])
    assert [one.key for one in found if one.asked is None] == ["a", "b"]
    assert together([], []) == []


def test_a_share_is_in_whole_per_cent() -> None:
    assert (Kept("x", 6, 5).share, Kept("x", None, None).share, Kept("x", 5, 0).share) == (83, None, 0)
