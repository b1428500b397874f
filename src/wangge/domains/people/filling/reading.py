"""One process's share of the work: rows of a block into sealed and indexed rows, or put aside, or refused."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from wangge.base.access.scope import Scope
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.base.sealing import Sealer
from wangge.domains.people import envelope
from wangge.domains.people.columns import for_inputs
from wangge.domains.people.filling.source import Block, Source, rows
from wangge.domains.people.inputs import PersonInput, read_person_row
from wangge.domains.people.rules import normal_name
from wangge.domains.places.addresses import AddressText
from wangge.domains.places.queries.homes import Homes


class Ready(NamedTuple):
    """A row as it will stand, with what tells apart what is plain: numbers of its document and of its name."""

    line: int
    document: int  # the beginning of the blind index, 0 for none
    named: int  # a checksum of the name: two of one home go the long way
    home: int
    uuid: UUID
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
        self.sealer = Sealer()
        self.places = [(at, name) for at, name in enumerate(source.columns) if name]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by field."""
        cells = {name: row[at] for at, name in self.places if at < len(row)}
        return for_inputs(cells) if "phone_2" in cells else cells

    def read(self, block: Block) -> Read:
        """The rows of a block. Raises Problem when the file cannot be read there."""
        done = Read()
        address, home = None, 0
        for line, cells in rows(self.source, block):
            done.rows += 1
            try:
                row = read_person_row(self.cells(cells))
            except Problems as error:
                done.refused.append(Refused(line, cells, error.problems))
                continue
            if row.address != address:  # those who live together stand together
                address = row.address
                home = self._home(row.address)
            if home and len(row.person.other_phones) < 2:
                done.ready.append(self._ready(line, row.person, home))
            else:
                done.aside.append(line)
        return done

    def _home(self, address: AddressText) -> int:
        """The key of the home an address means, 0 where that is not plain."""
        try:
            return self.homes.of(address).key
        except Problem:
            return 0

    def _ready(self, line: int, typed: PersonInput, home: int) -> Ready:
        uuid = uuid7()
        content = envelope.content(
            document_type=typed.document_type.value, document=typed.document, phones=typed.phones
        )  # fmt: skip
        document, *others = envelope.blind_indexes(typed.name, typed.birth_date, content, self.sealer.blind).values()
        return Ready(
            line, int(document[:15], 16) if document else 0, zlib.crc32(normal_name(typed.name).encode()), home, uuid,
            typed.name, typed.sex, typed.birth_date, typed.relation,
            self.sealer.seal(envelope.TABLE, uuid, content), document, *others,
        )  # fmt: skip
