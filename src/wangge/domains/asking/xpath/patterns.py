"""Patterns of ``regex()``: the part of the language that Python, JavaScript and Java read alike, and that is fast.

A pattern is written from ^ to $: the phone looks anywhere in the text, ODK Collect at the whole of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from wangge.domains.asking.xpath.kinds import units
from wangge.domains.asking.xpath.refusals import Refused

#: Each repeat that may end at several places multiplies the work: a text of the longest kind stays within milliseconds.
MOST_LOOSE = 2
MOST_BOUNDED = 1000
MOST_WAYS = 2000
_ANY = "[^\n\r\u2028\u2029]"
_ESCAPES = frozenset("dDwW.^$*+?()[]{}|/\\-")
_COUNT = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}", re.ASCII)


@dataclass(slots=True)
class _Reader:
    """Walks over a pattern once, writing Python's form of it."""

    pattern: str
    at: int
    place: int = 0
    loose: int = 0
    ways: int = 1

    def refuse(self, code: str, text: str = "") -> Refused:
        return Refused(code, self.at, text=text or self.pattern)

    def whole(self) -> str:
        inner = self.pattern[1:-1]
        if not (self.pattern[:1] == "^" and self.pattern[-1:] == "$") or inner.endswith("\\"):
            raise self.refuse("pattern_not_whole")
        self.pattern = inner
        written, _ = self.branch(inside=False)
        return written

    def branch(self, inside: bool) -> tuple[str, bool]:
        """What stands up to the closing bracket or the end, and whether its length can vary."""
        out, varies = "", False
        while self.place < len(self.pattern):
            ch = self.pattern[self.place]
            if ch == ")" and inside:
                return out, varies
            if ch == "|":
                if not inside:
                    raise self.refuse("pattern_choice_outside")
                self.place, out, varies = self.place + 1, out + "|", True
                continue
            atom, loose = self.atom(ch)
            count, repeats = self.repeat(loose)
            out, varies = out + atom + count, varies or loose or repeats
        if inside:
            raise self.refuse("pattern_bracket_open", "(")
        return out, varies

    def atom(self, ch: str) -> tuple[str, bool]:
        self.place += 1
        if ch == "(":
            return self.group()
        if ch == "[":
            return self.set_of(), False
        if ch == "\\":
            return self.escape(), False
        if ch == ".":
            return _ANY, False
        if ch in "^$*+?{})]" or ch > "\uffff":
            raise self.refuse("pattern_sign", ch)
        return re.escape(ch), False

    def group(self) -> tuple[str, bool]:
        if self.pattern.startswith("?:", self.place):
            self.place += 2
        elif self.pattern.startswith("?", self.place):
            raise self.refuse("pattern_sign", "(?")
        written, varies = self.branch(inside=True)
        self.place += 1
        return f"(?:{written})", varies

    def escape(self) -> str:
        ch = self.pattern[self.place : self.place + 1]
        self.place += 1
        if ch not in _ESCAPES or not ch:
            raise self.refuse("pattern_escape", f"\\{ch}")
        return f"\\{ch}" if ch != "/" else "/"

    def set_of(self) -> str:
        """``[…]``: characters, ranges, \\d and \\w; no set in a set."""
        end = self.place
        while end < len(self.pattern) and self.pattern[end] != "]":
            end += 2 if self.pattern[end] == "\\" else 1
        body = self.pattern[self.place : end]
        if end >= len(self.pattern) or not body.removeprefix("^"):
            raise self.refuse("pattern_bracket_open", "[")
        if "[" in body or "&&" in body or "~" in body or "--" in body or "||" in body or max(body) > "\uffff":
            raise self.refuse("pattern_sign", "[")
        for escaped in re.findall(r"\\(.)", body):
            if escaped not in _ESCAPES:
                raise self.refuse("pattern_escape", f"\\{escaped}")
        self.place = end + 1
        return f"[{body}]"

    def repeat(self, loose: bool) -> tuple[str, bool]:
        """The count after an atom, and whether it can end at several places. ``loose``: so can the atom itself."""
        sign = self.pattern[self.place : self.place + 1]
        counted = _COUNT.match(self.pattern, self.place)
        if sign in ("*", "+", "?") and sign:
            text, span = sign, 2 if sign == "?" else 0
        elif counted:
            text, span = counted.group(), self._span(counted)
        else:
            return "", False
        self.place += len(text)
        if self.pattern[self.place : self.place + 1] in ("?", "+", "*", "{") and self.place < len(self.pattern):
            raise self.refuse("pattern_sign", text + self.pattern[self.place])
        if loose and text != "?":
            raise self.refuse("pattern_repeat_in_repeat", text)
        self.loose, self.ways = self.loose + (span == 0), self.ways * (span or 1)
        if self.loose > MOST_LOOSE or self.ways > MOST_WAYS:
            raise self.refuse("pattern_too_loose")
        return text, span != 1

    def _span(self, counted: re.Match[str]) -> int:
        """In how many ways a counted repeat can end; 0 without a limit."""
        least, upto, most = int(counted.group(1)), counted.group(2), counted.group(3)
        if not upto:
            most = str(least)
        if not most:
            return 0
        if int(most) > MOST_BOUNDED or int(most) < least:
            raise self.refuse("pattern_sign", counted.group())
        return int(most) - least + 1


def matcher(pattern: str, at: int) -> Callable[[str], bool]:
    """Whether a whole text is of the pattern. Raises Refused for a pattern outside the common part."""
    written = _Reader(pattern, at).whole()
    try:
        match = re.compile(written, re.ASCII).fullmatch
    except (re.error, OverflowError) as error:
        raise Refused("pattern_sign", at, text=pattern) from error
    return lambda text: match(units(text)) is not None
