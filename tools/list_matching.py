"""Writes how rows of lists handed down are matched: each verdict is what the rule itself says of the situation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markdown import page, table
from wangge.domains.lists.rules import FORBIDS, Against, Known, Said, judge

SAME, OTHER, UNSAID = "same", "other", ""
MARKS = {SAME: "✓", OTHER: "✗", UNSAID: "–"}
BORN = date(1961, 4, 3)


@dataclass(frozen=True, slots=True)
class Case:
    """What a row says beside a record: each thing the same, another, or not said (by the row or the record)."""

    document: str = UNSAID
    name: str = SAME
    phone: str = UNSAID
    birth: str = UNSAID
    address: str = UNSAID
    died: bool = False
    twice: bool = False  # a second record has all of it too, but the document

    @property
    def cells(self) -> tuple[str, ...]:
        more = [word for word, holds in (("died", self.died), ("a second record like it", self.twice)) if holds]
        things = (self.document, self.name, self.phone, self.birth, self.address)
        return (*(MARKS[one] for one in things), ", ".join(more))


CASES: Sequence[Case] = (
    Case(SAME),
    Case(SAME, UNSAID),
    Case(SAME, SAME, address=OTHER),
    Case(SAME, OTHER),
    Case(SAME, SAME, birth=OTHER),
    Case(SAME, twice=True, phone=SAME),
    Case(SAME, died=True),
    Case(OTHER, SAME, SAME),
    Case(UNSAID, SAME, SAME),
    Case(UNSAID, SAME, UNSAID, SAME),
    Case(UNSAID, SAME, UNSAID, UNSAID, SAME),
    Case(UNSAID, SAME, SAME, OTHER),
    Case(UNSAID, SAME, SAME, UNSAID, OTHER),
    Case(UNSAID, SAME, SAME, twice=True),
    Case(UNSAID, SAME, SAME, died=True),
    Case(UNSAID, OTHER, SAME),
    Case(UNSAID, OTHER, UNSAID, UNSAID, SAME),
    Case(UNSAID, UNSAID, SAME),
    Case(UNSAID, SAME),
    Case(UNSAID, OTHER),
)
VERDICTS = {
    "": ("对上", "this is the one person; sent on, unless somebody knows already"),
    "died": ("已去世", "nobody is asked; a person decides"),
    "several": ("不止一人", "more than one record fits; a person chooses"),
    "document_of_another": ("证件对不上", "the number is on record under another name or birth date; a person decides"),
    "perhaps": ("可能是", "something fits and too little; a person looks at the candidates"),
    "nobody": ("查无此人", "nobody on record; a person says at which door, or passes the row on"),
}


def verdict_of(case: Case) -> str:
    """The reason the rule gives; '' where the row is matched."""
    said = Said(
        "甲" if case.name else "", "d1" if case.document else "", frozenset({"p1"} if case.phone else ()),
        BORN if case.birth else None, 1 if case.address else 0,
    )  # fmt: skip
    known = Known(
        1, "乙" if case.name == OTHER else "甲", "d2" if case.document == OTHER else "d1",
        frozenset({"p2" if case.phone == OTHER else "p1"}), date(1990, 1, 1) if case.birth == OTHER else BORN,
        2 if case.address == OTHER else 1, died=case.died,
    )  # fmt: skip
    second = Known(2, known.name, "", known.phones, known.born, known.home)
    return judge(said, [known, second] if case.twice else [known]).reason


def matching_page() -> str:
    rows = [(*case.cells, f"`{verdict}`" if (verdict := verdict_of(case)) else "**matched**") for case in CASES]
    head = ("Document", "Name", "Phone", "Birth", "Address", "And", "Verdict")
    meaning = [(f"`{code}`" if code else "**matched**", *words) for code, words in VERDICTS.items()]
    text = (
        "A row of a list handed down (协查名单) beside a record: ✓ the same, ✗ another, – not said. "
        "Nobody is taken for somebody else: a row is matched by document and name, or by name and one thing more. "
        f"{', '.join(f'`{one}`' for one in Against if one in FORBIDS)} forbid it; another address forbids nothing, for "
        "people move."
    )
    return page(
        "Matching rows of lists (名单比对)",
        text,
        table(head, rows),
        table(("Verdict", "中文", "What it means"), meaning),
    )
