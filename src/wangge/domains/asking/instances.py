"""An OpenRosa instance: the XML in which ODK's clients send a filled-in form. Nothing in it can reach outside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

MOST_BYTES = 1024 * 1024
MOST_NODES = 5000
DEEPEST = 20
UTF_8 = ("utf-8", "us-ascii")  # what a form may say of itself; ASCII is part of it
_META = ("meta",)


class BrokenInstance(Exception):
    """XML that is no filled-in form; the code has words in ``words``."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Instance:
    """``answers``: texts of the leaves by their path below the root. ``meta``: what stood in its meta block."""

    form_id: str
    version: str
    answers: Mapping[tuple[str, ...], str]
    meta: Mapping[str, str]

    @property
    def instance_id(self) -> str:
        return self.meta.get("instanceID", "")


@dataclass(slots=True)
class _Reader:
    root: dict[str, str] | None = None
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    answers: dict[tuple[str, ...], str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    nodes: int = 0
    leaf: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        if self.root is None:
            self.root = attributes
        else:
            self.path.append(name.rpartition("}")[2])
        if self.nodes > MOST_NODES or len(self.path) > DEEPEST:
            raise BrokenInstance("instance_too_big", most=MOST_NODES)
        self.text.clear()
        self.leaf = True

    def end(self, name: str) -> None:
        if self.leaf and self.path:
            path = tuple(self.path)
            if path[:1] == _META:
                self.meta[path[-1]] = "".join(self.text).strip()
            elif path in self.answers:
                raise BrokenInstance("instance_answer_twice", name="/".join(path))
            else:
                self.answers[path] = "".join(self.text)
        self.leaf = False
        if self.path:
            self.path.pop()

    def characters(self, data: str) -> None:
        if self.leaf:
            self.text.append(data)

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in UTF_8:
            raise BrokenInstance("instance_not_utf8")

    def refuse(self, *args: Any) -> None:
        """Nothing that a form needs is declared: what declares something wants to reach or grow elsewhere."""
        raise BrokenInstance("instance_declares")


def read_instance(content: bytes) -> Instance:
    """Read a submission. Raises BrokenInstance."""
    if len(content) > MOST_BYTES:
        raise BrokenInstance("instance_too_big", most=MOST_BYTES >> 10)
    _need_utf8(content)
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse
    parser.ExternalEntityRefHandler = reader.refuse  # type: ignore[assignment]
    parser.ProcessingInstructionHandler = None
    parser.XmlDeclHandler = reader.declared
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenInstance("instance_broken") from error
    root = reader.root or {}
    if not root.get("id"):
        raise BrokenInstance("instance_without_form")
    return Instance(root["id"], root.get("version", ""), reader.answers, reader.meta)


def _need_utf8(content: bytes) -> None:
    """The protocol has UTF-8, and a form is kept as text: expat would read more than can be read again."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise BrokenInstance("instance_not_utf8") from error
    if b"\0" in content:  # UTF-16 without its mark
        raise BrokenInstance("instance_not_utf8")
