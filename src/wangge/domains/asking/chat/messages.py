"""A paste from a group chat, taken apart into messages: who, when, and what they wrote. Nothing is left out.

The forms are those people paste: a bare line, an export with nickname and time above or before each message, a
chain list (接龙) with numbers, and all of these mixed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

MOST = 200_000  # characters of one paste
_CLOCK = (
    r"(?P<half>凌晨|早上|上午|中午|下午|晚上)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
    r"(?:\s*(?P<pm>[AP]M))?"
)
_DAY = (
    r"(?:(?P<year>20\d{2})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"|(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
    r"|(?P<word>今天|昨天|前天|(?:星期|周)[一二三四五六日天]))"
)
_WHEN = rf"(?:{_DAY}\s*)?{_CLOCK}"
_NICK = r"(?P<nick>[^\s:](?:[^:\n]{0,38}?[^\s:])?)"
#: The line above a message: 张三 2022-04-08 10:22:31 · 2022-04-08 10:22:31 张三(10001) · 张三 10:22
ABOVE = (
    re.compile(rf"^{_NICK}\s+{_WHEN}\s*:?$"),
    re.compile(rf"^\[?{_WHEN}\]?\s+{_NICK}(?:\(\d{{5,11}}\)|<[^>]*>)?\s*:?$"),
)
#: Everything in one line: [2022-04-08 10:22] 张三: 药没了 · 2022-04-08 10:22 张三：药没了
BEFORE = re.compile(rf"^\[?{_WHEN}\]?\s*[-–]?\s*{_NICK}\s*:\s*(?P<text>.+)$")
NAMED = re.compile(r"^(?P<nick>[^\s:,。;!?]{1,24}(?: [^\s:,。;!?]{1,12})?)\s*:\s*(?P<text>.*)$")
DATE_LINE = re.compile(rf"^[-—=\s]*{_DAY}[-—=\s]*$")
NUMBERED = re.compile(r"^(?:\d{1,3}\s*[.、)]\s*|[①-⑳]\s*|\(\d{1,3}\)\s*)(?P<text>.+)$")
COUNTED = re.compile(r"^\d{1,3}\s+(?P<text>[一-龥].+)$")  # 5 赵六 3-2-501, in a chain list alone
CHAIN = re.compile(r"#?\s*(?:接龙|群接龙)")
EXAMPLE = re.compile(r"^(?:示?例(?:如|子)?|格式|模板|样式)\s*(?:[:\s、.]|$)")
SYSTEM = re.compile(r"撤回了一条消息|加入了?群聊|邀请.{1,40}加入|拍了拍|修改群名|^以下为新消息$|^以上是打招呼的内容$")
#: What stands for a picture or a face. Other words in brackets are read: [降压药] is not a face.
PICTURE = re.compile(
    r"\[(?:图片|视频|语音|动画表情|表情|文件|位置|链接|聊天记录|红包|小程序|微笑|抱拳|强|合十|玫瑰|流泪|大哭|难过|爱心|心碎|捂脸|"
    r"呲牙|偷笑|尴尬|发怒|握手|胜利|OK|加油|拜托|可怜|快哭了|委屈|惊恐|苦涩|裂开|叹气|太阳|庆祝|鼓掌|拥抱|哇|好的|愉快)\]"
)
#: 3.2.501 is a door, not the second line of a list: the number is peeled off only where no door begins with it.
DOTTED = re.compile(r"^\d{1,3}\s*[.、]\s*\d{1,2}\s*[.、]\s*\d{3,4}(?!\d)")
WEEKDAYS = "一二三四五六日"


class Sort(StrEnum):
    """What a line of the paste is."""

    MESSAGE = "message"
    ROW = "row"  # of a chain list
    HEADING = "heading"  # of a chain list: what it asks for
    EXAMPLE = "example"  # how the list wants to be filled in
    SYSTEM = "system"  # what the chat program wrote itself


@dataclass(frozen=True, slots=True)
class Message:
    """One line somebody wrote. ``line`` counts from 1 in the paste; ``at`` is civil time as written, if at all."""

    line: int
    text: str
    sort: Sort = Sort.MESSAGE
    nickname: str = ""
    at: datetime | None = None
    heading: str = ""  # of the chain list a row belongs to


def uniform(text: str) -> str:
    """The same characters in one width, one for one, so that places in the text stay what they are."""
    found = (ch if "①" <= ch <= "⑳" else unicodedata.normalize("NFKC", ch) for ch in text)
    plain = "".join(new if len(new) == 1 else old for new, old in zip(found, text, strict=True))
    return re.sub("[‐‑‒–—―−~]", "-", plain).replace("\u200b", " ").replace("\xa0", " ")


def messages(text: str, now: datetime) -> tuple[Message, ...]:
    """Every line of a paste with anything in it. ``now`` is civil time: what 昨天 and a bare 10:22 count from."""
    return tuple(_Reader(now).read(text[:MOST]))


class _Reader:
    """Goes down the paste and keeps who is speaking, on which day, and which list is being filled in."""

    def __init__(self, now: datetime) -> None:
        self.now, self.day = now, now.date()
        self.nickname, self.heading = "", ""
        self.at: datetime | None = None
        self.chain = self.rows = False

    def read(self, text: str) -> Iterator[Message]:
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
            whole = uniform(line).strip()
            if whole and not self._speaker(whole):
                yield self._message(number, whole)

    def _speaker(self, line: str) -> bool:
        """Whether the line only says who speaks next, or on which day."""
        if found := DATE_LINE.match(line):
            self.day = self._day(found)
            return True
        found = next((match for form in ABOVE if (match := form.match(line))), None)
        if found is None or _is_prose(found["nick"]):
            return False
        self._begin(found)
        return True

    def _begin(self, found: re.Match[str]) -> None:
        self.nickname, self.at, self.chain, self.heading = found["nick"].strip("[] "), self._at(found), False, ""

    def _message(self, number: int, line: str) -> Message:
        if (found := BEFORE.match(line)) and not _is_prose(found["nick"]):
            self._begin(found)
            nickname, self.nickname = self.nickname, ""  # of this line alone: the next one may be anybody's
            return Message(number, found["text"], Sort.MESSAGE, nickname, self.at)
        if SYSTEM.search(line):
            return Message(number, line, Sort.SYSTEM, at=self.at)
        if CHAIN.search(line):
            self.chain, self.rows = True, False
            self.heading = CHAIN.sub("", line, count=1).strip(" :")
            return Message(number, line, Sort.HEADING, self.nickname, self.at)
        if EXAMPLE.match(line):
            return Message(number, line, Sort.EXAMPLE, self.nickname, self.at)
        return self._row(number, line) or self._said(number, line)

    def _row(self, number: int, line: str) -> Message | None:
        """A numbered line. A chain list is recognised by it, with or without the word at its top."""
        found = None if DOTTED.match(line) else NUMBERED.match(line)
        if found is None and self.chain:
            found = COUNTED.match(line)
        if found is None:
            return None
        self.rows = True
        return Message(number, found["text"].strip(), Sort.ROW, "", self.at, self.heading if self.chain else "")

    def _said(self, number: int, line: str) -> Message:
        if self.chain and not self.rows:  # what stands between the title of a list and its first row explains the list
            self.heading = f"{self.heading} {line}".strip()
            return Message(number, line, Sort.HEADING, self.nickname, self.at)
        found = NAMED.match(line)
        if found and not _is_prose(found["nick"]):
            nickname = found["nick"].strip()
            self.nickname = "" if found["text"].strip() else nickname  # 张三: and the message in the next line
            return Message(number, found["text"].strip() or line, Sort.MESSAGE, nickname, self.at)
        return Message(number, line, Sort.MESSAGE, self.nickname, self.at)

    def _at(self, found: re.Match[str]) -> datetime | None:
        hour, half = int(found["hour"]), found["half"] or found["pm"] or ""
        if half in ("下午", "晚上", "PM") and hour < 12:
            hour += 12
        if hour > 23 or int(found["minute"]) > 59:
            return None
        return datetime.combine(self._day(found), time(hour, int(found["minute"])))

    def _day(self, found: re.Match[str]) -> date:
        """The day as written; one without a year is the last one that is not in the future."""
        try:
            if found["year"]:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            if found["m"]:
                day = date(self.now.year, int(found["m"]), int(found["d"]))
                return day if day <= self.now.date() else day.replace(year=day.year - 1)
        except ValueError:
            return self.day
        return self._named_day(found["word"]) if found["word"] else self.day

    def _named_day(self, word: str) -> date:
        back = {"今天": 0, "昨天": 1, "前天": 2}.get(word)
        if back is None:
            weekday = WEEKDAYS.index(word[-1].replace("天", "日"))
            back = (self.now.weekday() - weekday) % 7
        return self.now.date() - timedelta(days=back)


def _is_prose(nickname: str) -> bool:
    """A nickname says no needs: '我家药没了, 需要: 降压药' is a message, not somebody called 我家药没了."""
    return bool(re.search("没了|没有|需要|急需|缺|请|谢谢|麻烦|[,。;!?]", nickname)) or nickname.isdigit()
