"""One process's share of the work: rows of a block into sealed and indexed rows, or put aside, or refused."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from wangge.base.access.scope import Scope
from wangge.base.ids import uuid7s
from wangge.base.problems import Problem, Problems
from wangge.base.sealing import Sealer, as_json, nonces
from wangge.domains.people import envelope
from wangge.domains.people.columns import for_inputs
from wangge.domains.people.filling.quick import Plain, Quick
from wangge.domains.people.filling.source import Block, Source, rows
from wangge.domains.people.inputs import PersonInput, read_person_row
from wangge.domains.people.rules import normal_name
from wangge.domains.places.addresses import AddressText
from wangge.domains.places.queries.doors import Doors
from wangge.domains.places.queries.homes import Homes


class Ready(NamedTuple):
    """A row as it will stand, with what tells apart what is plain: numbers of its document and of its name."""

    line: int
    document: int  # the beginning of the blind index, 0 for none
    named: int  # a checksum of the name: two of one home go the long way
    home: int
    uuid: str
    name: str
    sex: str
    birth_date: date | None
    relation: str
    sealed: bytes
    document_index: str
    phone_index: str
    other_phone_index: str
    name_birth_index: str


class Refused(NamedTuple):
    line: int
    cells: Sequence[str]
    problems: list[Problem]


@dataclass(slots=True)
class Read:
    """What became of a block: ready rows, lines that go the long way, and refused rows as they came."""

    rows: int = 0
    ready: list[Ready] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class Reader:
    """Reads blocks of one file. Homes and keys are kept from block to block."""

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source = source
        self.homes = Homes(scope)
        self.doors = Doors(self.homes.communities)
        self.quick = Quick(source.columns)
        self.places = [(at, name) for at, name in enumerate(source.columns) if name]
        self.sealer = Sealer()
        self.blind = {kind: self.sealer.blinder(kind) for kind in envelope.KINDS}

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by field."""
        cells = {name: row[at] for at, name in self.places if at < len(row)}
        return for_inputs(cells) if "phone_2" in cells else cells

    def read(self, block: Block) -> Read:
        """The rows of a block. Raises Problem when the file cannot be read there."""
        found = rows(self.source, block)
        done, quick = Read(len(found)), self.quick
        where, home = None, 0
        for (line, cells), uuid, nonce in zip(found, uuid7s(len(found)), nonces(len(found)), strict=True):
            wide = quick.wide(cells)
            here = quick.where(wide)
            if here != where:  # those who live together stand together
                where, home = here, self._home(AddressText(*here))
            if home and (who := quick.read(wide)):
                done.ready.append(self._plain(line, home, uuid, nonce, who))
            else:
                self._closely(done, line, cells, home, uuid, nonce)
        return done

    def _closely(self, done: Read, line: int, cells: Sequence[str], home: int, uuid: str, nonce: bytes) -> None:
        """A row by the rules for any row."""
        try:
            person = read_person_row(self.cells(cells)).person
        except Problems as error:
            done.refused.append(Refused(line, cells, error.problems))
            return
        if home and len(person.other_phones) < 2:
            done.ready.append(self._ready(line, home, uuid, nonce, person))
        else:
            done.aside.append(line)

    def _home(self, address: AddressText) -> int:
        """The key of the home an address means, 0 where that is not plain."""
        if not address.says_where:
            return 0
        try:
            return self.doors.key(address) or self.homes.of(address).key
        except Problem:
            return 0

    def _plain(self, line: int, home: int, uuid: str, nonce: bytes, who: Plain) -> Ready:
        document = self.blind["document"](who.document)
        content = envelope.card_content(who.document, who.phone)
        return Ready(
            line, int(document[:15], 16), zlib.crc32(who.plain_name.encode()), home, uuid, who.name, who.sex,
            who.birth_date, who.relation, self.sealer.seal_text(nonce, content, f"{envelope.TABLE}:{uuid}"), document,
            self.blind["phone"](who.phone), "", self.blind["name_birth"](envelope.name_birth(who.plain_name, who.born)),
        )  # fmt: skip

    def _ready(self, line: int, home: int, uuid: str, nonce: bytes, typed: PersonInput) -> Ready:
        content = envelope.content(
            document_type=typed.document_type.value, document=typed.document, phones=typed.phones
        )  # fmt: skip
        indexes = envelope.blind_indexes(typed.name, typed.birth_date, content, self.sealer.blind)
        document, *others = indexes.values()
        return Ready(
            line, int(document[:15], 16) if document else 0, zlib.crc32(normal_name(typed.name).encode()), home, uuid,
            typed.name, typed.sex, typed.birth_date, typed.relation,
            self.sealer.seal_text(nonce, as_json(content), f"{envelope.TABLE}:{uuid}"), document, *others,
        )  # fmt: skip
