"""A YAML file read with the line of every value, so that a mistake is named where it stands."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from wangge.base.traditional import traditional
from wangge.domains.protocol.rules_words import Confidence, Text

T = TypeVar("T")


class ProtocolError(Exception):
    """A protocol file that cannot be used: file, line, what is wrong and what to write instead."""

    def __init__(self, file: str, line: int, wrong: str, instead: str) -> None:
        super().__init__(f"{file}:{line}: {wrong} {instead}")
        self.file, self.line, self.wrong, self.instead = file, line, wrong, instead


class Section:
    """A mapping of the file. Every key must be asked for: ``done`` refuses what nobody reads."""

    def __init__(self, file: str, node: Node) -> None:
        self.file, self.node = file, node
        if not isinstance(node, MappingNode):
            raise self.error("expected `key: value` lines here.", "Indent them below the line before.", node)
        self.values: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise self.error("a list or mapping stands where a name should.", "Begin the line with `name:`.", key)
            if key.value in self.values:
                raise self.error(f"`{key.value}` stands twice.", "Keep one of the two.", key)
            self.values[key.value] = value
        self.read: set[str] = set()

    def error(self, wrong: str, instead: str, node: Node | None = None) -> ProtocolError:
        mark = (node or self.node).start_mark
        return ProtocolError(self.file, mark.line + 1, wrong, instead)

    def absent(self, key: str) -> bool:
        """Whether a key that may be left out is left out; it is known from now on."""
        return self._node(key) is None

    def _node(self, key: str) -> Node | None:
        self.read.add(key)
        return self.values.get(key)

    def _scalar(self, key: str, make: Callable[[str], T], form: str, default: T | None) -> T:
        node = self._node(key)
        if node is None:
            if default is None:
                raise self.error(f"`{key}` is missing.", f"Write `{key}: {form}`.")
            return default
        if not isinstance(node, ScalarNode):
            raise self.error(f"`{key}` must be one value.", f"Write `{key}: {form}`.", node)
        try:
            return make(node.value)
        except ValueError as error:
            raise self.error(f"`{key}: {node.value}` is not understood.", f"Write `{key}: {form}`.", node) from error

    def string(self, key: str, default: str | None = None) -> str:
        return self._scalar(key, str, "words", default)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number of zero or more."""
        return self._scalar(key, _whole, "14", default)

    def hours(self, key: str, default: float | None = None) -> float:
        return self._scalar(key, _hours, "4", default)

    def flag(self, key: str, default: bool) -> bool:
        return self._scalar(key, _flag, "true", default)

    def day(self, key: str) -> date:
        return self._scalar(key, date.fromisoformat, "2021-05-11", None)

    def day_or_none(self, key: str) -> date | None:
        node = self._node(key)
        return None if node is None or node.value in ("", "null", "~") else self.day(key)

    def choice(self, key: str, allowed: dict[str, T], default: str | None = None) -> T:
        """One of a few words; the error names them all."""
        word = self._scalar(key, str, " | ".join(allowed), default)
        if word not in allowed:
            wrong = f"`{key}: {word}` does not exist here."
            raise self.error(wrong, f"Write one of: {', '.join(allowed)}.", self.values[key])
        return allowed[word]

    def text(self, key: str) -> Text:
        """Words in both languages: `{zh: …, en: …}`."""
        return self.section(key).words()

    def section(self, key: str) -> "Section":
        node = self._node(key)
        if node is None:
            raise self.error(f"`{key}` is missing.", f"Write `{key}:` and its lines below.")
        return Section(self.file, node)

    def sections(self, key: str) -> "Iterator[tuple[str, Section]]":
        """Each entry of a mapping of mappings; nothing when the key is absent."""
        if self._node(key) is not None:
            inner = self.section(key)
            for name in inner.values:
                yield name, inner.section(name)

    def items(self, key: str) -> "list[Section]":
        """Each entry of a list of mappings; nothing when the key is absent."""
        node = self._node(key)
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            raise self.error(f"`{key}` must be a list.", "Begin each of its lines with `- `.", node)
        return [Section(self.file, child) for child in node.value]

    def texts(self, key: str) -> "tuple[Text, ...]":
        """A list of words in both languages; empty when the key is absent."""
        return tuple(item.words() for item in self.items(key))

    def words(self) -> Text:
        """This section itself as words; the traditional characters are derived here, once."""
        chinese = self.string("zh")
        text = Text(chinese, self.string("en"), traditional(chinese))
        self.done()
        return text

    def strings(self, key: str) -> "tuple[str, ...]":
        """A list of single words; empty when the key is absent."""
        return self._listed(key, f"`{key}` must be a list of words.", f"Write `{key}: [one, another]`.")

    def _listed(self, key: str, wrong: str, instead: str) -> "tuple[str, ...]":
        node = self._node(key)
        if node is None:
            return ()
        if not isinstance(node, SequenceNode) or not all(isinstance(one, ScalarNode) for one in node.value):
            raise self.error(wrong, instead, node)
        return tuple(one.value for one in node.value)

    def wholes(self, key: str) -> "tuple[int, ...]":
        """A list of whole numbers; empty when the key is absent."""
        texts = self._listed(key, f"`{key}` must be a list of numbers.", f"Write `{key}: [1, 4, 7]`.")
        node = self.values.get(key)
        try:
            return tuple(_whole(one) for one in texts)
        except ValueError as error:
            raise self.error(f"`{key}` holds what is no number.", f"Write `{key}: [1, 4, 7]`.", node) from error

    def marks(self, *numbers: str) -> "dict[str, Confidence]":
        """How well each of these is known, under `confidence`; every one that stands here must have its mark."""
        given = [name for name in numbers if name in self.values]
        if not given and "confidence" not in self.values:
            return {}
        section = self.section("confidence")
        marks = {name: section.choice(name, {one.value: one for one in Confidence}) for name in given}
        section.done()
        return marks

    def done(self) -> None:
        """Refuse keys that nobody asked for: a mistyped rule must not be silently absent."""
        for key, node in self.values.items():
            if key not in self.read:
                raise self.error(f"`{key}` is not known here.", f"Known: {', '.join(sorted(self.read))}.", node)


def _whole(text: str) -> int:
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def _hours(text: str) -> float:
    if not 0 < (number := float(text)) < float("inf"):  # also refuses "nan"
        raise ValueError(text)
    return number


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def open_file(file: str, content: str) -> Section:
    """The file's top section. Raises ProtocolError with the line where YAML itself stops."""
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ProtocolError(file, line, f"{error.problem}.", "Check the indentation and the colons.") from error
    except yaml.reader.ReaderError as error:
        line = content[: int(error.position)].count("\n") + 1
        raise ProtocolError(file, line, "a character here cannot be in a text.", "Type the line again.") from error
    if node is None:
        raise ProtocolError(file, 1, "the file is empty.", "Copy an existing protocol and change it.")
    return Section(file, node)
