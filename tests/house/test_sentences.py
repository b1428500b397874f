"""Every refusal has one sentence: a code of two streets would show one's words where the other refuses."""

from collections import Counter

from wangge.sentences import STREETS


def test_a_code_belongs_to_one_street() -> None:
    codes = Counter(code for street in STREETS for code in street.PROBLEMS)
    assert [code for code, often in codes.items() if often > 1] == []
