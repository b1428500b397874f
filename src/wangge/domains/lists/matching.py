"""Who the rows of a list are about, many at once: what is asked of the database does not grow with the rows.

The whole register is looked through, for a list must not make a neighbour's resident a stranger; what lies outside
the office's places is only ever named as "elsewhere".
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wangge.base import sealing
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.problems import Problem
from wangge.domains.lists.inputs import RowInput
from wangge.domains.lists.rules import Known, RowState, Said, Verdict, judge
from wangge.domains.people import envelope, queries
from wangge.domains.people.models import Person
from wangge.domains.people.rules import normal_name
from wangge.domains.places.addresses import AddressText, plain, spoken
from wangge.domains.places.finding import Spot
from wangge.domains.places.queries.homes import Homes
from wangge.domains.places.rules import community_path

#: Problems that say: the community is another one than those of the scope.
OUTSIDE = frozenset({"community_outside", "community_unknown", "community_missing", "head_unknown", "address_unclear"})


@dataclass(frozen=True, slots=True)
class Where:
    """What an address means: a home (its key), the path of the community around it, or why neither."""

    home: int = 0
    community: str = ""
    reason: str = ""
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Matched:
    """A row with what it is: state, reason, who, where. ``area`` is the path of the community it lies in."""

    state: RowState
    reason: str
    verdict: Verdict
    where: Where
    area: str = ""


class Matching:
    """Matches rows for an office's scope. Names, homes and communities are read once and kept from set to set."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.blind = sealing.Sealer(remember=True).blind
        self.near = Homes(scope)
        self.far: Homes | None = None
        self.people: dict[int, Person] = {}

    def match(self, rows: Sequence[RowInput]) -> list[Matched]:
        """What each row is. ``people`` then holds everybody the verdicts name, by key."""
        self.near.read(row.address for row in rows)
        where = [self._where(row.address) for row in rows]
        said = [self.said(row, at) for row, at in zip(rows, where, strict=True)]
        known = self._known(rows, said)
        return [self._one(one, at, known) for one, at in zip(said, where, strict=True)]

    def said(self, row: RowInput, where: Where) -> Said:
        """The row, made comparable."""
        return Said(
            normal_name(row.name), envelope.document_index(row.document, self.blind),
            frozenset(envelope.phone_index(phone, self.blind) for phone in row.phones), row.born, where.home,
        )  # fmt: skip

    def _where(self, address: AddressText) -> Where:
        """The home an address means in the scope; else the community it names anywhere."""
        if not (address.says_where or address.community):
            return Where(reason="address_missing")
        try:
            return _at(self.near.of(address))
        except Problem as problem:
            reason = problem.code
        if reason not in OUTSIDE:
            return Where(community=self._community(self.near, address), reason=reason)
        return self._far(address, reason)

    def _far(self, address: AddressText, reason: str) -> Where:
        """An address that means nothing here: whether it means something elsewhere in the city."""
        self.far = self.far or (self.near if self.scope.everything else Homes(EVERYTHING))
        named = self._community(self.far, address) if _names_a_community(address, self.far) else ""
        if not named:
            return Where(reason="out_of_town" if out_of_town(address, self.far) else reason)
        inside = self.scope.covers(named, None)
        try:
            home = _at(self.far.of(address)) if not inside else Where(community=named, reason=reason)
        except Problem as problem:
            return Where(community=named, reason=problem.code, inside=inside)
        return Where(home.home, home.community, home.reason, inside)

    def _community(self, homes: Homes, address: AddressText) -> str:
        try:
            community = homes.communities.of(address)
        except Problem:
            return ""
        return str(community.path)

    def _known(self, rows: Sequence[RowInput], said: Sequence[Said]) -> "_People":
        """Everybody these rows can be about, under each thing a row can have in common with them."""
        births = {envelope.name_birth_index(row.name, row.born, self.blind) for row in rows}
        found = queries.with_indexes(
            documents={one.document for one in said}, phones={phone for one in said for phone in one.phones},
            births=births,
        )  # fmt: skip
        found += queries.living_at({one.home for one in said if one.home}, held=False)
        pointers = {one.pk: one.merged_into_id for one in found if one.merged_into_id}
        standing = queries.by_keys({key for key in pointers.values() if key})
        everybody = standing | {one.pk: one for one in found if one.pk not in pointers}
        self.people.update(everybody)
        people = _People()
        for one in found:
            if stands := everybody.get(pointers.get(one.pk) or one.pk):
                people.add(self._as_known(one, stands))
        return people

    def _as_known(self, one: Person, stands: Person) -> Known:
        """Somebody as a row sees them; what an absorbed record says counts for the one that stands."""
        phones = frozenset(index for index in (one.phone_index, one.other_phone_index) if index)
        inside = self.scope.covers(stands.home.path, stands.home.grid_id)
        return Known(
            stands.pk, normal_name(one.name), one.document_index, phones, one.birth_date, one.home_id, inside,
            stands.died_on is not None,
        )  # fmt: skip

    def _one(self, said: Said, where: Where, people: "_People") -> Matched:
        verdict = judge(said, people.about(said))
        chosen = verdict.chosen
        if chosen and chosen.inside:
            return Matched(RowState.MATCHED, "", verdict, where)
        if chosen:
            home = self.people[chosen.key].home.path
            if where.home and where.inside:  # registered elsewhere, said to live here: somebody decides
                return Matched(RowState.TO_RESOLVE, "known_outside", verdict, where, community_path(home))
            return Matched(RowState.ELSEWHERE, "known_outside", verdict, where, community_path(home))
        if verdict.reason != "nobody" and any(one.inside for one in verdict.candidates):
            return Matched(RowState.TO_RESOLVE, verdict.reason, verdict, where)
        if not where.inside or where.reason == "out_of_town":
            return Matched(RowState.ELSEWHERE, where.reason or "address_outside", verdict, where, where.community)
        reason = "new_here" if where.home else where.reason or verdict.reason
        return Matched(RowState.TO_RESOLVE, reason, verdict, where, where.community)


class _People:
    """People under what rows ask for."""

    def __init__(self) -> None:
        self.under: dict[object, list[Known]] = defaultdict(list)

    def add(self, one: Known) -> None:
        keys: Iterable[object] = (one.document, *one.phones, (one.name, one.born), one.home)
        for key in keys:
            if key:
                self.under[key].append(one)

    def about(self, said: Said) -> list[Known]:
        """Each person once; of a record and those it absorbed the one that says most."""
        keys = (said.document, *said.phones, (said.name, said.born) if said.born else "", said.home)
        found: dict[int, list[Known]] = defaultdict(list)
        for key in keys:
            for one in self.under.get(key, ()) if key else ():
                if one not in found[one.key]:
                    found[one.key].append(one)
        return [_best(said, some) for some in found.values()]


def _best(said: Said, some: Sequence[Known]) -> Known:
    def common(one: Known) -> tuple[bool, int]:
        return bool(said.document) and one.document == said.document, len(said.phones & one.phones)

    return max(some, key=common)


def _at(spot: Spot) -> Where:
    return Where(spot.key, community_path(spot.path))


def _names_a_community(address: AddressText, homes: Homes) -> bool:
    """Whether the address says which community: where a scope has only one, every address would mean it."""
    return bool(address.community) or len(homes.communities.all) > 1


def out_of_town(address: AddressText, homes: Homes) -> bool:
    """Whether an address begins with a city or county that this installation does not know."""
    text = plain(address.community) + spoken(address)
    for word in ("自治区", "市", "县"):
        at = text.find(word)
        if 1 < at <= 8:
            head = text[: at + 1]
            return not any(_named_like(place.name, head) for place in homes.communities.around.values())
    return False


def _named_like(name: str, head: str) -> bool:
    return name == head or name in head or head in name
