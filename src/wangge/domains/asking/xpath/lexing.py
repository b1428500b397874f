"""An expression cut into tokens, each with its place. XPath 1.0, 3.7, with ``${name}`` of XLSForm."""

import re
from dataclasses import dataclass

from wangge.domains.asking.xpath.refusals import Refused

#: Longer ones are written by machines, and nobody can say what they do.
LONGEST = 2000
_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(
    r"""(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<reference>\$\{\s*[^\W\d][\w.-]*\s*\})
    |(?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    |(?P<sign><=|>=|!=|//|::|\.\.|[-+*/=<>(),.|@\[\]])""",
    re.VERBOSE,
)
#: Names that are operators where an operand stands before them.
WORDS = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset({"", "(", ",", "/", "//", "::", "@", "[", "and", "or", "div", "mod", "*", "+", "-", "|",
                             "=", "!=", "<", "<=", ">", ">="})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: number, text, reference, name, sign, or end. ``text`` without quotation marks and braces."""

    kind: str
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    """The tokens of an expression, the last one of kind ``end``. Raises Refused."""
    if len(source) > LONGEST:
        raise Refused("xpath_too_long", LONGEST, most=LONGEST)
    found: list[Token] = []
    at, before = _skip(source, 0), ""
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            code = "xpath_text_open" if source[at] in "\"'" else "xpath_sign"
            raise Refused(code, at + 1, text=source[at])
        token = _token(match, before)
        found.append(token)
        before = token.text if token.kind == "sign" else "operand"
        at = _skip(source, match.end())
    return [*found, Token("end", "", len(source) + 1)]


def _skip(source: str, at: int) -> int:
    space = _SPACE.match(source, at)
    return space.end() if space else at


def _token(match: re.Match[str], before: str) -> Token:
    kind, text, at = str(match.lastgroup), match.group(), match.start() + 1
    if kind == "text":
        return Token(kind, text[1:-1], at)
    if kind == "reference":
        return Token(kind, text[2:-1].strip(), at)
    if kind == "name" and text in WORDS and before not in _BEFORE_OPERAND:
        return Token("sign", text, at)
    return Token(kind, text, at)
