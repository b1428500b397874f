"""Tokens to a tree, by the grammar of XPath 1.0 without axes, predicates, attributes and unions."""

from collections.abc import Callable
from dataclasses import dataclass

from wangge.domains.asking.xpath.lexing import Token, tokens
from wangge.domains.asking.xpath.refusals import Refused

#: Brackets within brackets, and operators in a row: deeper ones would exhaust the stack.
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Here:
    """``.``, the answer that is being judged."""

    at: int


@dataclass(frozen=True, slots=True)
class Path:
    """A reference to another answer: ``${a}`` has one step, ``/data/g/a`` all, ``../a`` counts the steps up."""

    steps: tuple[str, ...]
    absolute: bool
    up: int
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple["Node", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Operation:
    """``sign`` between its parts; ``and`` and ``or`` may have more than two, a minus before its operand has one."""

    sign: str
    parts: tuple["Node", ...]
    at: int


Node = Number | Text | Here | Path | Call | Operation
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_FLAT = frozenset({"and", "or"})


def parse(source: str) -> Node:
    """The tree of an expression. Raises Refused."""
    return _Parser(tokens(source)).whole()


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.place = 0
        self.deep = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def whole(self) -> Node:
        node = self.level(0)
        if self.now.kind != "end":
            raise self.unexpected()
        return node

    def take(self) -> Token:
        token = self.now
        self.place += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        return self.now.kind == "sign" and self.now.text in signs

    def expect(self, sign: str) -> None:
        if not self.is_sign(sign):
            raise self.unexpected()
        self.place += 1

    def unexpected(self) -> Refused:
        if self.now.kind == "end":
            return Refused("xpath_ends", self.now.at)
        if self.is_sign("[", "@", "::", "//", "|"):
            return Refused("xpath_no_such_path", self.now.at, text=self.now.text)
        return Refused("xpath_unexpected", self.now.at, text=self.now.text)

    def level(self, number: int) -> Node:
        """Operators of one precedence, from the left."""
        if number == len(_LEVELS):
            return self.unary()
        left, count = self.level(number + 1), 0
        while self.is_sign(*_LEVELS[number]):
            sign, right = self.take(), self.level(number + 1)
            if isinstance(left, Operation) and left.sign == sign.text and sign.text in _FLAT and count:
                left = Operation(sign.text, (*left.parts, right), left.at)
            else:
                left = Operation(sign.text, (left, right), sign.at)
            count += 1
            if count > DEEPEST and sign.text not in _FLAT:
                raise Refused("xpath_too_deep", sign.at, most=DEEPEST)
        return left

    def unary(self) -> Node:
        """One minus at most: the phone does not read two."""
        if not self.is_sign("-"):
            return self.primary()
        sign = self.take()
        return Operation("-", (self.primary(),), sign.at)

    def primary(self) -> Node:
        token = self.now
        if token.kind == "number":
            return Number(float(self.take().text), token.at)
        if token.kind == "text":
            return Text(self.take().text, token.at)
        if token.kind == "reference":
            return Path((self.take().text,), False, -1, token.at)
        if self.is_sign("("):
            return self.deeper(self.brackets)
        if token.kind == "name" and self.tokens[self.place + 1].text == "(":
            return self.deeper(self.call)
        if token.kind == "name" or self.is_sign("/", ".", ".."):
            return self.path()
        raise self.unexpected()

    def deeper(self, read: Callable[[], Node]) -> Node:
        self.deep += 1
        if self.deep > DEEPEST:
            raise Refused("xpath_too_deep", self.now.at, most=DEEPEST)
        node = read()
        self.deep -= 1
        return node

    def brackets(self) -> Node:
        self.expect("(")
        node = self.level(0)
        self.expect(")")
        return node

    def call(self) -> Node:
        name = self.take()
        self.expect("(")
        arguments: list[Node] = []
        while not self.is_sign(")"):
            if arguments:
                self.expect(",")
            arguments.append(self.level(0))
        self.expect(")")
        return Call(name.text, tuple(arguments), name.at)

    def path(self) -> Node:
        at = self.now.at
        if self.is_sign("."):
            self.place += 1
            if not self.is_sign("/"):
                return Here(at)
            self.place += 1
        absolute = self.is_sign("/")
        if absolute:
            self.place += 1
        up = 0
        while self.is_sign(".."):
            self.place += 1
            up += 1
            self.expect("/")
        return Path(self.steps(), absolute, up, at)

    def steps(self) -> tuple[str, ...]:
        found: list[str] = []
        while True:
            if self.now.kind != "name":
                raise self.unexpected()
            found.append(self.take().text)
            if not self.is_sign("/"):
                return tuple(found)
            self.place += 1
