"""Names as people write them: made uniform, shortened, taken apart. Standard library only, no database."""

import re
import unicodedata
from dataclasses import dataclass, field

from wangge.domains.places.rules import Kind

DIGIT = {**{char: str(n) for n, char in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
NUMERALS = re.compile("[〇零○一二三四五六七八九十]+")
#: What separates parts of an address in writing and means nothing.
GAPS = re.compile(r"[\s·•・,，、。;；:：/\\|\"'“”‘’「」]+")
#: 居民委员会 and 村民委员会 are the self-governing bodies (宪法 art. 111); their names stand for the place.
COMMITTEE = re.compile("(居民委员会|居委会|居民委|村民委员会|村委会)$")
ROADS = "路街巷道里"


@dataclass(frozen=True, slots=True)
class Written:
    """A name taken apart. ``kinds`` is what its ending says it is; empty when it says nothing."""

    plain: str  # uniform characters, no gaps
    short: str  # as on a door plate: 并州东街四社区
    stem: str  # what tells it from its neighbours: 并州东街四
    bare: str  # the stem without a closing 村, numerals as digits
    kinds: frozenset[Kind]
    tokens: tuple[str, ...] = field(default=(), compare=False)


def normalise(text: str) -> str:
    """Full-width forms, spaces and separators made uniform; idempotent. '３ 号楼' → '3号楼'."""
    return unicodedata.normalize("NFKC", GAPS.sub("", unicodedata.normalize("NFKC", text))).casefold()


def digits(text: str) -> str:
    """Chinese numerals as digits, one by one: 四 → 4, 十二 → 12, 五一 → 51; 百 and 千 stay."""
    return NUMERALS.sub(lambda found: _number(found.group()), text)


def _number(run: str) -> str:
    tens, ten, ones = run.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1:
        return "".join(DIGIT.get(char, "10") for char in run)
    return str(int(DIGIT.get(tens, "1")) * 10 + int(DIGIT.get(ones, "0")))


def short_name(name: str, kind: Kind) -> str:
    """The name people read: 并州东街四社区居委会 → 并州东街四社区, 港道村委会 → 港道村; others unchanged."""
    if kind is not Kind.COMMUNITY or not (found := COMMITTEE.search(name)):
        return name
    rest, ending = name[: found.start()], "村" if found.group().startswith("村") else "社区"
    return rest if rest.endswith(ending) or not rest else rest + ending
