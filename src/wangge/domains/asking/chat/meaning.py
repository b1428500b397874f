"""What a line means: which question of the bank it answers, with which value, in which words. Words are data."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "半": 0}
_N = r"[一二两三四五六七八九十半]|\d{1,2}"
#: 药还够两天 · 只剩3天的药 · 能吃两三天: of a range the shorter counts.
DAYS = re.compile(
    rf"(?:只|就|还|仅|最多|也就)*(?:够|剩下?|能吃|能用|能撑|撑不过|吃不了|吃不到)(?:吃|用|下)?(?:了|到)?\s*"
    rf"(?P<n>{_N})(?:[到至-]?(?:{_N}))?\s*(?P<unit>[天日周]|个?星期|个?月|[顿次片粒颗盒瓶])"
)
UNIT = {"天": 1, "日": 1, "周": 7, "星期": 7, "个星期": 7, "月": 30, "个月": 30}
CLAUSES = re.compile(r"[,。;!?\n]|但是?|不过|就是")
FILLER = re.compile(
    r"我们?家?|咱们?家?|家里?|你好|您好|大家好|谢谢(?:大家|你们|了)?|感谢|麻烦(?:了|您|你们)?|请问?|帮忙?|社区|网格员|书记|"
    r"能不能|能否|可以吗|一下|都|也|还|的|了|呢|啊|吧|呀|哦|嗯|哈|在|是|有点|快|已经|马上|现在|今天|目前|这边|这里|@\S+|[\s,。;!?、:()\"'~.+*/-]"
)
QUESTION = re.compile(
    r"(?:吗|么|呢|没有|不)\s*\?+\s*$|(?:谁|哪里?|怎么|多少|什么时候|几点).{0,20}\?|有没有|要不要|需不需要|谁家|吗\s*[。!]?$|\?\s*$"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One question that chat lines answer. A supply is lacking or enough; a state is so or not so."""

    question: str
    nouns: tuple[str, ...]  # of a supply: what is lacking; of a state: the whole words, longest first
    values: Mapping[str, str]  # lacks, has | yes, no
    state: bool = False
    days: str = ""  # the question that takes "药还够两天" as a number
    also: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # what follows for other questions, by value


@dataclass(frozen=True, slots=True)
class Saying:
    """A word for lacking or having, and on which side of the thing it stands: 药没了, 缺米面. '' says neither."""

    word: str
    value: str  # lacks, has, or '' where it must not be read as either: 菜还没收到
    after: bool
    before: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, read from data."""

    topics: tuple[Topic, ...]
    sayings: tuple[Saying, ...]
    denied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """An answer as it was read. ``sure`` is false where a thing is only named and nothing says it is lacking."""

    question: str
    value: str
    words: str
    sure: bool = True
    follows: bool = False  # not said itself: without food the supplies are low


@dataclass(frozen=True, slots=True)
class Meaning:
    """All a text says, the questions on which it says two things, and what of it was not understood."""

    answers: tuple[Read, ...]
    torn: tuple[str, ...]
    unread: str
    asks: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A thing or state (``topic``), something said of things (``saying``), or for how long they last (neither)."""

    start: int
    end: int
    topic: Topic | None = None
    saying: Saying | None = None

    @property
    def is_thing(self) -> bool:
        return self.topic is not None and not self.topic.state

    @property
    def stands_after(self) -> bool:
        return self.topic is None and (self.saying is None or self.saying.after)

    @property
    def stands_before(self) -> bool:
        return self.topic is None and (self.saying is None or self.saying.before)


def read_words(data: Mapping[str, Any]) -> Words:
    """The vocabulary from its file: topics, and the words for lacking and having."""
    topics = tuple(
        Topic(
            question=one["question"], nouns=_longest(one.get("nouns") or one["says"]), state="says" in one,
            values={name: str(one[name]) for name in ("lacks", "has", "yes", "no") if name in one},
            days=one.get("days", ""), also=one.get("also", {}),
        )
        for one in data["topics"]
    )  # fmt: skip
    sayings = []
    for value, name in (("lacks", "lacks"), ("has", "has"), ("", "unclear")):
        after, before = data[f"{name}_after"], data[f"{name}_before"]
        sayings += [Saying(word, value, word in after, word in before) for word in _longest([*after, *before])]
    return Words(topics, tuple(sayings), _longest(data["denied"]))


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(map(str, words)), key=len, reverse=True))


def meaning(text: str, words: Words, *, named_is_need: bool = False) -> Meaning:
    """What a text says. ``named_is_need``: in a list of needs a thing that is only named is proposed, unsure."""
    reads: list[Read] = []
    used: list[tuple[int, int]] = []
    for start, clause in _clauses(text):
        tokens = _tokens(clause, words)
        found, understood = _answers(clause, tokens, words, named_is_need)
        reads += found
        used += [(start + tokens[at].start, start + tokens[at].end) for at in understood]
    answers, torn = _settled(reads)
    rest = "".join(" " if any(a <= at < b for a, b in used) else ch for at, ch in enumerate(text))
    return Meaning(answers, torn, _unread(rest), bool(QUESTION.search(text.strip())))


def _unread(text: str) -> str:
    pieces = [piece for piece in re.split(r"\s+", text) if FILLER.sub("", piece)]
    return " ".join(pieces).strip(" ,。;!?、:-+()")


def _clauses(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for found in CLAUSES.finditer(text):
        yield at, text[at : found.start()]
        at = found.end()
    yield at, text[at:]


def _tokens(clause: str, words: Words) -> list[_Token]:
    """Things and what is said of them, in order; the longest words first, each character used once."""
    tokens: list[_Token] = []

    def add(token: _Token) -> None:
        if not any(token.start < one.end and one.start < token.end for one in tokens):
            tokens.append(token)

    for found in DAYS.finditer(clause):
        add(_Token(found.start(), found.end()))
    vocabulary: list[tuple[str, Topic | None, Saying | None]] = [(one.word, None, one) for one in words.sayings]
    vocabulary += [(noun, topic, None) for topic in words.topics for noun in topic.nouns]
    for word, topic, saying in sorted(vocabulary, key=lambda one: -len(one[0])):
        at = clause.find(word)
        while at >= 0:
            add(_Token(at, at + len(word), topic, saying))
            at = clause.find(word, at + len(word))
    return sorted(tokens, key=lambda one: one.start)


def _answers(clause: str, tokens: Sequence[_Token], words: Words, named: bool) -> tuple[list[Read], set[int]]:
    """What a clause says, and which of its tokens that explains."""
    states = [(at, one, one.topic) for at, one in enumerate(tokens) if one.topic and one.topic.state]
    reads = {at: _state(clause, one, topic, words) for at, one, topic in states}
    found, understood = list(reads.values()), set(reads)
    bound = _bound(clause, tokens)
    for thing, said in bound:
        if some := _supply(clause, tokens[thing], tokens[said]):
            found += some
            understood |= {thing, said}
    loose = {at for at, one in enumerate(tokens) if one.is_thing} - {thing for thing, _ in bound}
    if named:
        understood |= loose
        found += [
            replace(read, sure=False)
            for one in (tokens[at] for at in sorted(loose)) if (topic := one.topic)
            for read in _with_also(
                topic, "lacks", Read(topic.question, topic.values["lacks"], clause[one.start : one.end])
            )
        ]  # fmt: skip
    return found, understood


def _bound(clause: str, tokens: Sequence[_Token]) -> list[tuple[int, int]]:
    """Which thing each word is said of. First what stands right before it (药没了), then what follows (缺米面 鸡蛋),
    and at last what stands further before (奶粉 尿不湿 都没了)."""
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()

    def bind(said: int, things: Iterable[int]) -> None:
        pairs.extend((thing, said) for thing in things)
        taken.update(things)

    sayings = [at for at, one in enumerate(tokens) if one.topic is None]
    for said in sayings:
        if tokens[said].stands_after:
            bind(said, _run(tokens, said, -1, lambda a, b: " " in clause[a:b].strip("、")))
    for said in sayings:
        if tokens[said].stands_before and said not in {one for _, one in pairs}:
            bind(said, [one for one in _run(tokens, said, 1) if one not in taken])
    for said in sayings:
        if tokens[said].stands_after:
            bind(said, [one for one in _run(tokens, said, -1) if one not in taken])
    return sorted(pairs)


def _run(tokens: Sequence[_Token], said: int, step: int, parted: Callable[[int, int], bool] | None = None) -> list[int]:
    """The things next to a word, up to the next word or, after the first thing, up to where they are ``parted``."""
    found: list[int] = []
    at = said + step
    while 0 <= at < len(tokens) and tokens[at].is_thing:
        one, last = tokens[at], tokens[found[-1]] if found else None
        if last and parted and parted(one.end, last.start):
            break
        found.append(at)
        at += step
    return found


def _supply(clause: str, thing: _Token, said: _Token) -> list[Read]:
    """Nothing where the words must not be read as either, or where the bank has no answer for it."""
    topic = thing.topic
    assert topic is not None
    words = clause[min(thing.start, said.start) : max(thing.end, said.end)]
    if said.saying is None:
        days = _days(clause[said.start : said.end])
        return _with_also(topic, "days", Read(topic.days, str(days), words)) if topic.days and days is not None else []
    kind = said.saying.value
    no = clause[: said.start].endswith(("不", "没", "没有", "未"))
    if kind not in topic.values or (no and kind == "has"):
        return []
    return _with_also(topic, kind, Read(topic.question, topic.values[kind], words))


def _with_also(topic: Topic, kind: str, read: Read) -> list[Read]:
    also = topic.also.get(kind, {})
    return [read, *(Read(name, str(value), read.words, follows=True) for name, value in also.items())]


def _days(text: str) -> int | None:
    found = DAYS.search(text)
    unit = UNIT.get(found["unit"]) if found else None
    if found is None or unit is None:
        return None
    number = found["n"]
    return (NUMBERS[number] if number in NUMBERS else int(number)) * unit


def _state(clause: str, token: _Token, topic: Topic, words: Words) -> Read:
    """So, or not so: 没有发烧 and 不是独居 are answers too."""
    before = clause[: token.start]
    no = next((word for word in words.denied if before.endswith(word)), "")
    said = clause[token.start - len(no) : token.end]
    return Read(topic.question, topic.values["no" if no else "yes"], said)


def _settled(reads: Iterable[Read]) -> tuple[tuple[Read, ...], tuple[str, ...]]:
    """One answer a question; where a line says both, neither is taken."""
    by_question: dict[str, list[Read]] = {}
    for read in reads:
        by_question.setdefault(read.question, []).append(read)
    torn = tuple(name for name, some in by_question.items() if len({one.value for one in some if one.sure}) > 1)
    chosen = [_joined(some) for name, some in by_question.items() if name not in torn]
    return tuple(chosen), torn


def _joined(reads: Sequence[Read]) -> Read:
    """One answer read several times in a line, with all the words it was read in."""
    best = next((one for one in reads if one.sure), reads[0])
    said = dict.fromkeys(one.words for one in reads if one.value == best.value)
    whole = [words for words in said if not any(words in other for other in said if other != words)]
    return Read(best.question, best.value, "、".join(whole), best.sure, best.follows)
