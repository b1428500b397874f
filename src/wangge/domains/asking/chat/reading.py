"""From a paste to candidates: a door, answers with the words they were read in, and everything that was not read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wangge.domains.asking.chat.doors import Door, Places, Trouble
from wangge.domains.asking.chat.meaning import Meaning, Read, Words, meaning
from wangge.domains.asking.chat.messages import PICTURE, Message, Sort, messages
from wangge.domains.places.finding import Spot

PHONE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹"
    "关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍位覃霍翁隋植甘景薄司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚"
    "丘古池滕晋苑邬臧畅宫嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾"
    "蓝巩稽井练仲乐虞卞封竺冼原楚佟栗匡宗台巫鞠僧桑荆谌银扬沙伏岑习胥蔺"
)
_CALLED = "阿姨|叔叔|大爷|大妈|奶奶|爷爷|先生|女士|姐|哥|师傅|老师"
NAME = re.compile(rf"(?:^|(?<=[\s,、:(]))(?P<name>[{SURNAMES}](?:{_CALLED}|[一-龥]{{1,2}}))(?=$|[\s,、:);。])")
STILL_ASKS = re.compile(r"[?吗]\s*$")


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the paste: what was understood of it and what was not. A candidate once ``door`` stands alone.

    ``spots`` are the doors it can mean; ``by_nickname`` says that the door stands in the writer's name or in another
    line of theirs; ``from_heading`` that the answer stands in the title of the list alone.
    """

    message: Message
    spots: tuple[Spot, ...] = ()
    door_words: str = ""
    by_nickname: bool = False
    answers: tuple[Read, ...] = ()
    from_heading: bool = False
    torn: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    unread: str = ""
    trouble: Trouble | None = None
    again: int = 0  # how often the same line stood in the paste once more

    @property
    def door(self) -> Spot | None:
        return self.spots[0] if len(self.spots) == 1 else None

    @property
    def ready(self) -> bool:
        """Whether a worker can confirm it with one touch: one door, answers, nothing open about either."""
        open_number = re.search(r"\d{3}", self.unread)  # 3-2-501,502: another door may be meant as well
        certain = all(read.sure for read in self.answers) and not self.from_heading and not open_number
        return self.door is not None and bool(self.answers) and self.trouble is None and certain


def read_chat(text: str, places: Places, words: Words, now: datetime) -> tuple[Said, ...]:
    """Every line of a paste. ``now`` is civil time. Nothing is dropped: what is no candidate says why."""
    read = [one for message in messages(text, now) for one in _line(message, places, words)]
    return _without_repeats(_with_known_writers(read))


def _line(message: Message, places: Places, words: Words) -> list[Said]:
    if message.sort not in (Sort.MESSAGE, Sort.ROW):
        return [Said(message, unread=message.text, trouble=Trouble.NOT_SAID)]
    text = PICTURE.sub(" ", message.text)
    phone = PHONE.search(text)
    bare = text[: phone.start()] + " " * len(phone.group()) + text[phone.end() :] if phone else text
    found = places.doors(bare)
    one = Said(message, phone=re.sub(r"\D", "", phone.group()) if phone else "")
    if len(found) < 2:
        return [_about(one, bare, found[0] if found else None, places, words)]
    return [_about(one, part, door, places, words) for door, part in _divided(bare, found)]


def _divided(text: str, doors: Sequence[Door]) -> list[tuple[Door, str]]:
    """Several doors in one line: what is said after each is theirs; doors named together share what follows."""
    parts: list[tuple[Door, str]] = []
    for at, door in enumerate(doors):
        end = doors[at + 1].start if at + 1 < len(doors) else len(text)
        parts.append((door, _blanked(text, [door])[door.start : end]))
    for at in range(len(parts) - 2, -1, -1):
        if not re.sub(r"[\s,、和跟与及/以还有&+]", "", parts[at][1]):
            parts[at] = (parts[at][0], parts[at + 1][1])
    return parts


def _blanked(text: str, doors: Iterable[Door]) -> str:
    for door in doors:
        text = text[: door.start] + " " * (door.end - door.start) + text[door.end :]
    return text


def _about(one: Said, text: str, door: Door | None, places: Places, words: Words) -> Said:
    """What one piece of a line says of one door."""
    rest = text
    if door and text[door.start : door.end] == door.words:
        rest = _blanked(text, [door])
    by_nickname = False
    if door is None and one.message.nickname:
        named = places.doors(one.message.nickname)
        door, by_nickname = (named[0], True) if len(named) == 1 else (None, False)
    name, rest = _without_name(rest, words)
    understood = meaning(rest, words, named_is_need=one.message.sort is Sort.ROW)
    said = replace(
        one, spots=door.spots if door else (), door_words=door.words if door else "", by_nickname=by_nickname,
        answers=understood.answers, torn=understood.torn, name=name, unread=understood.unread,
    )  # fmt: skip
    said = _from_heading(said, words)
    return replace(said, trouble=_trouble(said, door, understood, text))


def _without_name(text: str, words: Words) -> tuple[str, str]:
    """The name somebody gives, and the rest. A piece that says something else is no name."""
    vocabulary = [one.word for one in words.sayings] + [noun for topic in words.topics for noun in topic.nouns]
    for found in NAME.finditer(text):
        if not any(word in found["name"] for word in vocabulary):
            return found["name"], text[: found.start()] + " " * len(found.group()) + text[found.end() :]
    return "", text


def _from_heading(said: Said, words: Words) -> Said:
    """A row that says nothing of its own answers what its list asks for; the worker sees that it was the title."""
    if said.answers or said.torn or not said.message.heading:
        return said
    asked = meaning(said.message.heading, words, named_is_need=True)
    return replace(said, answers=asked.answers, from_heading=bool(asked.answers))


def _trouble(said: Said, door: Door | None, understood: Meaning, text: str) -> Trouble | None:
    if door is None:
        return Trouble.NO_DOOR
    at = text.find("@")
    if not said.by_nickname and 0 <= at <= door.start and text[at + 1 : at + 40].find(door.words) >= 0:
        return Trouble.MENTION
    if door.trouble:
        return door.trouble
    if understood.torn:
        return Trouble.CONTRADICTORY
    if understood.asks:
        return Trouble.QUESTION
    return None if said.answers else Trouble.NO_ANSWER


def _with_known_writers(lines: Sequence[Said]) -> list[Said]:
    """张三 says 我是3-2-501的, and later 药没了: the door is that of their other line, and the worker is told so."""
    known: dict[str, dict[int, Said]] = {}
    for one in lines:
        if one.message.nickname and one.door and one.trouble in (None, Trouble.NO_ANSWER):
            known.setdefault(one.message.nickname, {})[one.door.key] = one
    return [_with_door(one, list(known.get(one.message.nickname, {}).values())) for one in lines]


def _with_door(one: Said, other: Sequence[Said]) -> Said:
    wants = one.trouble is Trouble.NO_DOOR and bool(one.answers) and not STILL_ASKS.search(one.message.text)
    if not wants or len(other) != 1:
        return one
    trouble = Trouble.CONTRADICTORY if one.torn else None
    return replace(one, spots=other[0].spots, door_words=other[0].door_words, by_nickname=True, trouble=trouble)


def _without_repeats(lines: Iterable[Said]) -> tuple[Said, ...]:
    """A chain list is sent again with every row that is added to it: the same line of it counts once."""
    kept: dict[object, Said] = {}
    for number, one in enumerate(lines):
        key: object = number
        if one.message.sort is Sort.ROW:
            key = (one.message.text, one.message.heading, one.door_words)
        if key in kept:
            kept[key] = replace(kept[key], again=kept[key].again + 1)
        else:
            kept[key] = one
    return tuple(kept.values())
