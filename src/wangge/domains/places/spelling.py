"""Names as people write them: made uniform, shortened, taken apart. Standard library only, no database."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from wangge.domains.places.rules import Kind

DIGIT = {**{char: str(n) for n, char in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
NUMERALS = re.compile("[〇零○一二三四五六七八九十]+")
#: What separates the parts of an address in writing and means nothing. A hyphen does: 3-2-501.
GAPS = re.compile(r"[\s·•・,，、。;；:：/\\|\"'“”‘’「」]+")
DASHES = re.compile("[‐‑‒–—―−－~～]")
#: 居民委员会 and 村民委员会 are the self-governing bodies (宪法 art. 111); their names stand for the place.
COMMITTEE = re.compile("(居民委员会|居委会|居民委|村民委员会|村委会)$")
#: Endings that say what a place is, longest first, and the kinds they can mean.
ENDINGS: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("街道办事处", frozenset({Kind.TOWNSHIP})),
    ("街道办", frozenset({Kind.TOWNSHIP})),
    ("街道", frozenset({Kind.TOWNSHIP})),
    ("社区", frozenset({Kind.COMMUNITY})),
    ("小区", frozenset({Kind.COMPOUND})),
    ("村", frozenset({Kind.COMMUNITY, Kind.HAMLET})),
    ("镇", frozenset({Kind.TOWNSHIP})),
    ("乡", frozenset({Kind.TOWNSHIP})),
    ("区", frozenset({Kind.DISTRICT})),
    ("县", frozenset({Kind.DISTRICT})),
    ("市", frozenset({Kind.CITY, Kind.DISTRICT})),
)
VILLAGE = dict(ENDINGS)["村"]
ROADS = "路街巷道里"
#: 五一 are two words (五龙口一), 十四 and 51 are one.
TOKEN = re.compile("[0-9]+|[a-z]+|[一二三四五六七八九]?十[一二三四五六七八九]?|.", re.DOTALL)
SHORTEST = 2  # characters that stay when an ending is cut off: 王村 is a name, 王 is not
#: Building, unit and door as written on plates: the word after the number says which.
PART = {
    Kind.BUILDING: re.compile("(号楼|#楼|楼|栋|幢|座|#)$"),
    Kind.UNIT: re.compile("(单元|门洞)$"),
    Kind.HOUSEHOLD: re.compile("(号?室|号|户)$"),
    Kind.YARD: re.compile("(号院|号|院|户)$"),
    Kind.ROOM: re.compile("(号?房间|号?室|号|房)$"),
    Kind.BED: re.compile("(号床|床位|床|号)$"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A name taken apart. ``kinds`` is what its ending says it can be; empty when it says nothing."""

    plain: str  # uniform characters without gaps
    stem: str  # without the words for what it is: 并州东街四
    counted: str  # the stem with numerals as digits: 并州东街4
    bare: str  # and without a closing 村: a village keeps its name when it becomes a community
    kinds: frozenset[Kind]
    tokens: tuple[str, ...]  # of the stem: characters, whole numbers as digits, Latin words


def normalise(text: str) -> str:
    """Width, case, spaces and separators made uniform; doing it twice changes nothing. '３ 号楼' → '3号楼'."""
    before = text
    text = unicodedata.normalize("NFKC", GAPS.sub("", DASHES.sub("-", text))).casefold()
    return text if text == before else normalise(text)


def digits(text: str) -> str:
    """Chinese numerals as digits: 四 → 4, 十二 → 12, 五一 → 51. 百 and 千 stay, as in 千峰."""
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
    return rest if rest.endswith(ending) else rest + ending if rest else name


@lru_cache(maxsize=1 << 16)
def written(text: str, kind: Kind | None = None) -> Written:
    """A text taken apart; with ``kind`` it is the name of such a place, and only endings of that kind count."""
    plain = normalise(text)
    if kind is not None and kind in PART:
        return _taken_apart(plain, PART[kind].sub("", plain) or plain, frozenset({kind}))
    return _taken_apart(plain, *_stem(plain, kind))


@lru_cache(maxsize=1 << 10)
def verbatim(text: str) -> Written:
    """The text with no ending understood: 西羊市 is a community, whatever 市 says elsewhere."""
    plain = normalise(text)
    return _taken_apart(plain, plain, frozenset())


def _taken_apart(plain: str, stem: str, kinds: frozenset[Kind]) -> Written:
    counted = digits(stem)
    drop = len(counted) > SHORTEST and counted.endswith("村") and not counted.endswith("新村")
    tokens = tuple(map(digits, TOKEN.findall(stem)))
    return Written(plain, stem, counted, counted[:-1] if drop else counted, kinds, tokens)


def _stem(plain: str, kind: Kind | None) -> tuple[str, frozenset[Kind]]:
    """The text without the words for what it is, and the kinds these words can mean."""
    rest, said = plain, frozenset[Kind]()
    if found := COMMITTEE.search(plain):
        rest = plain[: found.start()] or plain
        said = VILLAGE if found.group().startswith("村") else frozenset({Kind.COMMUNITY})
    for ending, kinds in ENDINGS:
        fits = (kind is None or kind in kinds) and (not said or bool(said & kinds))
        long = len(rest) - len(ending) >= SHORTEST
        if fits and long and rest.endswith(ending) and not rest.endswith("新村"):
            return rest[: -len(ending)], said or kinds
    return rest, said
