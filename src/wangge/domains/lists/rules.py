"""Policy of lists handed down: what a row says and who it can be about, which rows are one person, how each ends.

Nobody is taken for somebody else: a row is matched where the document and the name agree, or the name and one thing
more, and nothing speaks against it. Everything else is shown to a person, with its evidence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: A check of somebody that is no older is not made again for another list (returnees got ten calls in ten days).
FRESH = timedelta(days=3)
#: How long back attempts at somebody's door are shown beside a row.
RECENT = timedelta(days=7)
ITEM = "list_check"  # the kind of thing to do at a door


class RowState(StrEnum):
    """Where a row stands; each row is in exactly one."""

    MATCHED = "matched"  # somebody known; not sent on yet
    TO_RESOLVE = "to_resolve"  # nobody for certain, or no home: a person decides
    ELSEWHERE = "elsewhere"  # lies in another office's area, or outside the city
    ASKED = "asked"  # on the list of somebody's door
    FORWARDED = "forwarded"  # with the office it belongs to, which answers
    KNOWN = "known"  # answered already: nobody is asked again
    DONE = "done"  # checked: outcome, checker, time
    RETURNED = "returned"  # given back to the sender, with the reason
    REPEATED = "repeated"  # the same person as an earlier row, whose answer is this row's
    REMARK = "remark"  # about nobody: a total, a title inside the table, a row that the sender struck out


ENDED = frozenset({RowState.KNOWN, RowState.DONE, RowState.RETURNED, RowState.REPEATED, RowState.REMARK})
OPEN = frozenset(RowState) - ENDED
#: What a person at the desk can still decide about a row.
DECIDABLE = frozenset({RowState.MATCHED, RowState.TO_RESOLVE, RowState.ELSEWHERE})


class ListState(StrEnum):
    READING = "reading"  # rows are being matched
    LOOKED = "looked"  # matched and shown; nothing has been asked of anybody
    TAKEN = "taken"  # sent on
    REPORTED = "reported"


class Evidence(StrEnum):
    """What a row and a record have in common, the strongest first."""

    DOCUMENT = "document"
    PHONE = "phone"
    BIRTH = "birth"
    ADDRESS = "address"
    NAME = "name"


class Against(StrEnum):
    """What speaks against it. The last two forbid nothing: people move, and the dead have names."""

    OTHER_DOCUMENT = "other_document"
    OTHER_NAME = "other_name"
    OTHER_BIRTH = "other_birth"
    OTHER_ADDRESS = "other_address"
    DIED = "died"


FORBIDS = frozenset({Against.OTHER_DOCUMENT, Against.OTHER_NAME, Against.OTHER_BIRTH})
WEIGHT = {
    Evidence.DOCUMENT: 100, Evidence.PHONE: 30, Evidence.BIRTH: 25, Evidence.ADDRESS: 20, Evidence.NAME: 15,
}  # fmt: skip


class ReturnReason(StrEnum):
    """Why a row is given back."""

    NOT_OURS = "not_ours"  # another city's, or an office that is not in the system
    NO_SUCH_PERSON = "no_such_person"
    NO_SUCH_ADDRESS = "no_such_address"
    MOVED_AWAY = "moved_away"
    TOO_LITTLE = "too_little"  # neither document, phone nor address leads anywhere


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says, made comparable: documents and phones as blind indexes, ``home`` the key of its address."""

    name: str
    document: str = ""
    phones: frozenset[str] = frozenset()
    born: date | None = None
    home: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on record. ``inside``: whether they live where the list's office answers."""

    key: int
    name: str
    document: str = ""
    phones: frozenset[str] = frozenset()
    born: date | None = None
    home: int = 0
    inside: bool = True
    died: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what speaks for and against it."""

    key: int
    evidence: tuple[Evidence, ...]
    against: tuple[Against, ...]
    inside: bool

    @property
    def sure(self) -> bool:
        """The document and the name (a row may lack the name), or the name and one thing more; nothing against it."""
        if FORBIDS & set(self.against):
            return False
        more = {Evidence.PHONE, Evidence.BIRTH, Evidence.ADDRESS} & set(self.evidence)
        return Evidence.DOCUMENT in self.evidence or (Evidence.NAME in self.evidence and bool(more))

    @property
    def weight(self) -> int:
        return sum(WEIGHT[one] for one in self.evidence) - 40 * len(FORBIDS & set(self.against))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who a row is about, or why nobody can be said; candidates best first."""

    chosen: Weighed | None
    candidates: tuple[Weighed, ...]
    reason: str = ""


def weigh(said: Said, known: Known) -> Weighed:
    """What a row and a record have in common, and what speaks against their being one person."""
    facts = (
        (Evidence.DOCUMENT, bool(said.document) and said.document == known.document),
        (Evidence.PHONE, bool(said.phones & known.phones)),
        (Evidence.BIRTH, said.born is not None and said.born == known.born),
        (Evidence.ADDRESS, bool(said.home) and said.home == known.home),
        (Evidence.NAME, bool(said.name) and said.name == known.name),
    )
    counter = (
        (Against.OTHER_DOCUMENT, bool(said.document and known.document) and said.document != known.document),
        (Against.OTHER_NAME, bool(said.name) and said.name != known.name),
        (Against.OTHER_BIRTH, bool(said.born and known.born) and said.born != known.born),
        (Against.OTHER_ADDRESS, bool(said.home) and said.home != known.home),
        (Against.DIED, known.died),
    )
    return Weighed(
        known.key, tuple(one for one, holds in facts if holds), tuple(one for one, holds in counter if holds),
        known.inside,
    )  # fmt: skip


def judge(said: Said, people: Iterable[Known]) -> Verdict:
    """The one person a row is certainly about, else why a person has to decide."""
    weighed = [weigh(said, one) for one in people]
    candidates = tuple(sorted((one for one in weighed if one.evidence), key=lambda one: (-one.weight, one.key)))
    sure = [one for one in candidates if one.sure]
    by_document = [one for one in sure if Evidence.DOCUMENT in one.evidence]
    chosen = by_document if len(by_document) == 1 else sure
    if len(chosen) == 1:
        reason = "died" if Against.DIED in chosen[0].against else ""
        return Verdict(None if reason else chosen[0], candidates, reason)
    if sure:
        return Verdict(None, candidates, "several")
    if candidates and Evidence.DOCUMENT in candidates[0].evidence:
        return Verdict(None, candidates, "document_of_another")
    perhaps = any(one.evidence != (Evidence.ADDRESS,) for one in candidates)  # a household alone is nobody
    return Verdict(None, candidates, "perhaps" if perhaps else "nobody")


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells two rows of one list apart: the number in the file, and what each says (texts, normalised)."""

    number: int
    person: int | None
    name: str
    document: str
    phones: Sequence[str]
    born: str
    address: str

    def marks(self) -> list[str]:
        """Two rows with one of these in common are about one person."""
        found = [f"p:{self.person}"] if self.person else []
        found += [f"d:{self.document}"] if self.document else []
        if self.name:
            more = [*self.phones, *filter(None, (self.born, self.address))]
            found += [f"n:{self.name}|{one}" for one in more]
        return found


def repeats(rows: Iterable[Telling]) -> dict[int, int]:
    """For each row about somebody whom an earlier row is about: the number of the first. Two documents are two people.

    The same person six times, with a document here and only a phone there, is one.
    """
    groups = _Groups()
    for row in rows:
        groups.add(row)
    return {number: first for number in groups.root if (first := groups.find(number)) != number}


class _Groups:
    """Rows joined by what they have in common, each group called by its first row."""

    def __init__(self) -> None:
        self.root: dict[int, int] = {}
        self.documents: dict[int, set[str]] = {}
        self.first: dict[str, int] = {}

    def find(self, number: int) -> int:
        while self.root[number] != number:
            number = self.root[number]
        return number

    def add(self, row: Telling) -> None:
        self.root[row.number] = row.number
        self.documents[row.number] = {row.document} - {""}
        for mark in row.marks():
            self._join(row.number, self.first.setdefault(mark, row.number))

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first != second and len(both := self.documents[first] | self.documents[second]) < 2:
            self.root[second] = first
            self.documents[first] = both


def add_up(counts: Mapping[str, int]) -> dict[str, int]:
    """Rows by state, every state named; with ``rows``, ``open`` and ``ended``, which add up."""
    states = {state.value: counts.get(state.value, 0) for state in RowState}
    ended = sum(states[state.value] for state in ENDED)
    total = sum(states.values())
    return states | {"rows": total, "ended": ended, "open": total - ended}
