"""A fortnight of asks played in the demo city through the verbs themselves, once together and once each by itself.

Nothing is modelled but chance: who picks up, which door opens, what is answered. It follows from the scenario's seed,
the door and the day, so that both ways meet the same people at home. What is known, what is put at which
door and what is asked there is what ``send_ask``, ``record_answers`` and ``record_attempt`` make of it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.domains.asking.actions import Wish, close_over, publish_questionnaire, record_answers, send_ask
from wangge.domains.asking.models import Ask
from wangge.domains.asking.queries import covering, questions
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.questionnaire import Choice, Privacy, Question, Questionnaire, Type
from wangge.domains.asking.rules import DAY_MINUTES, MINUTES, Source
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import by_for, who_answers
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Channel, Outcome

FILE = Path(__file__).with_name("fortnight.yaml")
MORNING = timedelta(hours=8)
BANK = "fortnight_"  # before each name: the bank holds questions of the shipped forms too
REGISTER = ("name", "document", "phone", "address")
YES_NO = (Choice("yes", {"zh": "是"}), Choice("no", {"zh": "否"}))


@dataclass
class Counts:
    """What it cost. ``register``: of the questions, those for what the register holds."""

    asks: int = 0
    pointed: int = 0  # asks that were refused with a pointer, in whole or in part
    questions: int = 0
    register: int = 0
    calls: int = 0
    knocks: int = 0
    answered: int = 0
    returnees: int = 0
    to_returnees: int = 0  # calls and knocks

    @property
    def per_returnee(self) -> float:
        return self.to_returnees / self.returnees if self.returnees else 0

    def add(self, other: "Counts") -> None:
        for name in ("asks", "pointed", "questions", "register", "calls", "knocks", "answered", "to_returnees"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def scenario() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return data


def publish(data: Mapping[str, Any]) -> None:
    """The scenario's questions enter the bank."""
    asked = tuple(
        Question(
            name=BANK + name, type=Type(one["type"]), label={"zh": one["label"]}, privacy=Privacy(one["privacy"]),
            choices=YES_NO if one["type"] == "select_one" else (), fresh_for=timedelta(days=one["days"]),
        )
        for name, one in data["questions"].items()
    )  # fmt: skip
    questionnaire = Questionnaire("fortnight", "1", {"zh": "两周摸排"}, asked)
    publish_questionnaire(questionnaire=questionnaire, content="<fortnight/>", by=SYSTEM)


def together(data: Mapping[str, Any], name: str) -> Counts:
    """All asks in one city."""
    return _rolled_back(data, name, data[name]["asks"])


def apart(data: Mapping[str, Any], name: str) -> Counts:
    """Each ask as a campaign of its own, in a city where none of the others was."""
    total = Counts()
    for one in data[name]["asks"]:
        alone = _rolled_back(data, name, [one])
        total.add(alone)
        total.returnees = alone.returnees
    return total


def _rolled_back(data: Mapping[str, Any], name: str, asks: Sequence[Mapping[str, Any]]) -> Counts:
    with transaction.atomic():
        counts = _Fortnight(data, name, asks).play()
        transaction.set_rollback(True)
    return counts


@dataclass
class _Fortnight:
    """One run from its first morning to its last evening."""

    data: Mapping[str, Any]
    name: str
    asks: Sequence[Mapping[str, Any]]
    counts: Counts = field(default_factory=Counts)
    told: set[tuple[int, str]] = field(default_factory=set)  # what of the register was asked at a door

    def __post_init__(self) -> None:
        self.begin = clock.start_of(clock.today()) + clock.DAY
        self.community = by_code(self.data[self.name]["community"])
        self.response: Response = next(one for one in open_responses() if self.community.path.startswith(one.area.path))
        self.together = len(self.asks) > 1
        self.doors = list(self._doors())
        self.workers = self._workers()
        self.counts.returnees = sum(self._came_back(door) for door in self.doors)

    def _doors(self) -> Iterator[Place]:
        found = Place.objects.filter(path__startswith=self.community.path, kind__in=["household", "yard", "room"])
        asked = tuple({self.area(one).path for one in self.data[self.name]["asks"]})
        return (door for door in found.filter(closed__isnull=True).order_by("path") if door.path.startswith(asked))

    def _workers(self) -> dict[int, By]:
        """Who answers for each post with a door here, and acts in it."""
        posts = Post.objects.filter(place=self.community, kind="grid_worker")
        held = {post: one.account for post, one in who_answers(posts).items() if one}
        uuids = dict(posts.values_list("pk", "uuid"))
        return {post: by_for(Account.objects.get(pk=account.pk), uuids[post]) for post, account in held.items()}

    def area(self, one: Mapping[str, Any]) -> Place:
        place = self.community
        for name in one.get("at", ()):
            place = Place.objects.get(parent=place, name=name, closed__isnull=True)
        return place

    def play(self) -> Counts:
        for day in range(1, self.data["days"] + 1):
            morning = self.begin + (day - 1) * clock.DAY + MORNING
            with clock.held(morning):
                close_over(now=morning, by=SYSTEM)
                for one in self.asks:
                    if one["day"] == day:
                        self.send(one, morning)
            for post, by in self.workers.items():
                self.work(post, by, day, morning)
        return self.counts

    def send(self, one: Mapping[str, Any], now: datetime) -> None:
        """Ask; what another open ask collects already is read there, and the rest is asked."""
        self.counts.asks += 1
        area, names = self.area(one), tuple(BANK + name for name in one["questions"])
        try:
            self._send(one, area, names, now)
        except Problem as problem:
            if problem.code != "ask_covered":
                raise
            self.counts.pointed += 1
            taken = {
                asked.question.name for ask in covering(area, questions(names))
                for asked in ask.asked.select_related("question")
            }  # fmt: skip
            rest = tuple(name for name in names if name not in taken)
            if rest:
                self._send(one, area, rest, now)

    def _send(self, one: Mapping[str, Any], area: Place, names: tuple[str, ...], now: datetime) -> Ask:
        wish = Wish(
            response=self.response, area=area, title=one["title"], purpose=one["office"], questions=names,
            deadline=now + (one["lasts"] - 1) * clock.DAY, ends_at=now + one["lasts"] * clock.DAY,
        )  # fmt: skip
        return send_ask(wish=wish, by=SYSTEM)

    def work(self, post: int, by: By, day: int, morning: datetime) -> None:
        """A worker's day: the doors that waited longest first, until the day is full."""
        spent = 0.0
        tasks = Task.objects.within(EVERYTHING).filter(post=post, state="open", raised_to__isnull=True)
        mine = tasks.filter(items__kind="ask", items__state="open").select_related("door").distinct()
        for task in mine.order_by("opened_at", "door__path"):
            if spent >= DAY_MINUTES:
                break
            with clock.held(morning + timedelta(minutes=spent)):
                spent += self.visit(task, by, day)

    def visit(self, task: Task, by: By, day: int) -> float:
        """Phone first where a number is known, the door when the phone fails. Returns the minutes."""
        people = list(at_door(EVERYTHING, task.door))
        spent = 0.0
        if any(one.phone_index for one in people):
            spent += MINUTES["phone"]
            self._count("calls", task.door)
            if self._chance(task.door, day, "phone") < self.data["picks_up"]:
                self.answer(task.door, people, by, day, Source.PHONE)
                return spent
            record_attempt(task=task, outcome=Outcome.UNREACHABLE, channel=Channel.PHONE, by=by)
        spent += MINUTES[task.door.kind]
        self._count("knocks", task.door)
        if people and self._chance(task.door, day, "door") < self.data["opens"]:
            self.answer(task.door, people, by, day, Source.VISIT)
        else:
            record_attempt(task=task, outcome=Outcome.ABSENT, channel=Channel.DOOR, by=by)
        return spent

    def _count(self, what: str, door: Place) -> None:
        setattr(self.counts, what, getattr(self.counts, what) + 1)
        self.counts.to_returnees += self._came_back(door)

    def answer(self, door: Place, people: Sequence[Person], by: By, day: int, source: Source) -> None:
        """Whatever is open at this door is asked, once."""
        names = {name for part in open_door(EVERYTHING, door).parts for name in part.names}
        asked = questions(sorted(names)) if names else []
        if not asked:
            return
        values = {one.name: self._value(door, one.name.removeprefix(BANK), one.type, day) for one in asked}
        record_answers(door=door, values=values, at=clock.now(), by=by, source=source)
        register = self._of_register(door, people)
        self.counts.answered += 1
        self.counts.register += register
        self.counts.questions += len(values) + register

    def _of_register(self, door: Place, people: Sequence[Person]) -> int:
        """A campaign of its own asks the four things again; together only what the register lacks is asked, once."""
        if not any(one["register"] for one in self.asks):
            return 0
        if not self.together:
            return len(REGISTER)
        lacking = set()
        if not any(one.document_index for one in people):
            lacking.add((door.pk, "document"))
        if not any(one.phone_index for one in people):
            lacking.add((door.pk, "phone"))
        new = lacking - self.told
        self.told |= new
        return len(new)

    def _value(self, door: Place, name: str, kind: str, day: int) -> str:
        chance = self._chance(door, day, name)
        if name == "came_back":
            return "yes" if self._came_back(door) else "no"
        return str(1 + int(chance * 6)) if kind == "integer" else "yes" if chance < 0.1 else "no"

    def _came_back(self, door: Place) -> bool:
        return self._chance(door, 0, "came back") < float(self.data["came_back"])

    def _chance(self, door: Place, day: int, what: str) -> float:
        text = f"{self.data['seed']}:{door.uuid}:{day}:{what}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48
