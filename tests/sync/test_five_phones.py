"""Five phones and a server through outages, lost answers, doors that change hands and tasks that close: in the end one
agreed state, every command answered for good once, nothing lost and nothing twice."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.domains.work.doors import check_tallies, put
from tests.sync.handset import Handset, attempt, id_of

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.demo.small import Small
from wangge.domains.duty.actions import accept, offer
from wangge.domains.duty.models import Holding
from wangge.domains.duty.queries import answered_by
from wangge.domains.phones.models import Command, Handed
from wangge.domains.work import tallies
from wangge.domains.work.actions import settle_difference, withdraw_items
from wangge.domains.work.differing import counting, tried
from wangge.domains.work.models import Attempt, Difference, Task, TaskItem
from wangge.domains.work.rules import Outcome, contradicts

WORKERS = ("bingsi-1", "bingsi-kadian", "bingsi-shuji", "bingsi-1", "dengqiao-1")  # the second deputises for the first
OUTCOMES = ("done", "refused", "absent", "moved")
SETTLED: list[bool] = []
TINY: dict[str, Small] = {}


class Simulated:
    """A phone: its store of doors, its outbox and cursor, what it was answered."""

    def __init__(self, account: Any) -> None:
        self.handset = Handset(account)
        self.handset.contact()
        self.doors: dict[str, Any] = {}
        self.cursor = ""
        self.outbox: list[dict[str, Any]] = []
        self.answers: dict[str, list[str]] = {}

    def pull(self, *, heard: bool) -> None:
        said = self.handset.get(f"package?since={self.cursor}").json()
        if not heard:
            return
        self.cursor = said["cursor"]
        if said["whole"]:
            self.doors = {}
        for task in said["gone"]:
            self.doors.pop(task, None)
        self.doors |= {door["task"]: door for door in said["doors"]}

    def push(self, *, heard: bool, part: int) -> None:
        sent = self.outbox[:part]
        if not sent:
            return
        answers = self.handset.send(*sent)
        if not heard:
            return
        for one in answers:
            assert one["verdict"] != "later"
            self.answers.setdefault(one["id"], []).append(one["verdict"])
        self.outbox = self.outbox[len(sent) :]


class FivePhones(RuleBasedStateMachine):
    """Every phone is without a network between its own syncs; the server's answer may be lost on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.tiny = TINY["tiny"]
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.now: datetime = clock.now()
        self.held = self.stack.enter_context(ExitStack())
        self._at(self.now)
        put(self.tiny, *self.tiny.homes[:3], *self.tiny.yards[:1], due=timedelta(days=9))
        deputy = self.tiny.accounts["bingsi-kadian"]
        deputed = offer(post=self.tiny.posts["bingsi-1"], account=deputy, role=Holding.Role.DEPUTY, by=SYSTEM)
        accept(holding=deputed, by=SYSTEM)
        self.phones = [Simulated(self.tiny.accounts[name]) for name in WORKERS]
        self.made: dict[str, dict[str, Any]] = {}
        for phone in self.phones:
            phone.pull(heard=True)

    def _at(self, at: datetime) -> None:
        self.held.close()
        self.now = at
        self.held.enter_context(clock.held(at))

    def teardown(self) -> None:
        try:
            self.agreed()
        finally:
            self.held.close()
            transaction.set_rollback(True)
            self.stack.close()

    @initialize(said=st.permutations(["done", "refused", "moved"]))
    def a_play_begins(self, said: list[str]) -> None:
        """With what chance may never bring about: two at one door who say different things of it."""
        self.two_are_at_one_door(0, said)
        self.time_passes(1)

    @rule(minutes=st.integers(1, 60))
    def time_passes(self, minutes: int) -> None:
        self._at(self.now + timedelta(minutes=minutes))

    @rule(who=st.integers(0, 4), door=st.integers(0, 9), outcome=st.sampled_from(OUTCOMES))
    def works(self, who: int, door: int, outcome: str) -> None:
        """Somebody works at a door that their phone holds, without a network."""
        phone = self.phones[who]
        if not phone.doors:
            return
        task = Task._base_manager.select_related("door").get(uuid=sorted(phone.doors)[door % len(phone.doors)])
        sent = attempt(task, outcome)
        self.made[sent["id"]] = sent
        phone.outbox.append(sent)

    @rule(door=st.integers(0, 9), said=st.permutations(["done", "refused", "moved"]))
    def two_are_at_one_door(self, door: int, said: list[str]) -> None:
        """The holder and the deputy, neither of whom knows of the other."""
        for who, outcome in zip((0, 1), said, strict=False):
            self.works(who, door, outcome)

    @rule(who=st.integers(0, 4), heard=st.booleans(), part=st.integers(1, 5))
    def sends(self, who: int, heard: bool, part: int) -> None:
        self.phones[who].push(heard=heard, part=part)

    @rule(who=st.integers(0, 4), heard=st.booleans())
    def fetches(self, who: int, heard: bool) -> None:
        self.phones[who].pull(heard=heard)

    @rule(home=st.integers(0, 2), to=st.sampled_from(["bingsi-1", "dengqiao-1", "bingsi-shuji"]))
    def a_door_changes_hands(self, home: int, to: str) -> None:
        tasks = Task._base_manager.filter(door=self.tiny.homes[home], state="open")
        tasks.update(post=self.tiny.posts[to])

    @rule(home=st.integers(0, 2))
    def a_task_is_withdrawn(self, home: int) -> None:
        items = TaskItem._base_manager.filter(task__door=self.tiny.homes[home], state="open")
        withdraw_items(causes=list(items.values_list("cause", flat=True)), by=SYSTEM)

    @rule(home=st.integers(0, 2))
    def a_door_is_wanted_again(self, home: int) -> None:
        put(self.tiny, self.tiny.homes[home], kind=f"ask_needs_{len(self.made)}", due=timedelta(days=9))

    @precondition(lambda self: Difference._base_manager.filter(settled_at__isnull=True).exists())
    @rule(other=st.booleans())
    def somebody_settles(self, other: bool) -> None:
        one = Difference._base_manager.filter(settled_at__isnull=True).order_by("id")[0]
        SETTLED.append(other)
        settle_difference(difference=one, other_counts=other, by=SYSTEM)

    @invariant()
    def nothing_is_recorded_twice(self) -> None:
        assert Attempt._base_manager.count() == Command._base_manager.filter(verdict__in=["done", "kept"]).count()

    def agreed(self) -> None:
        """Every phone reaches the server: then all is as it was said, once."""
        for phone in self.phones:
            while phone.outbox:
                phone.push(heard=True, part=50)
        while Difference._base_manager.filter(settled_at__isnull=True).exists():
            self.somebody_settles(other=True)
        for phone in self.phones:
            phone.pull(heard=True)
        self.every_command_has_one_final_answer()
        self.no_phone_holds_what_is_not_its_own()
        self.the_figures_are_the_facts()

    def every_command_has_one_final_answer(self) -> None:
        kept = {str(row.uuid): row for row in Command._base_manager.all()}
        assert kept.keys() == self.made.keys()
        answers = {uuid: said for phone in self.phones for uuid, said in phone.answers.items()}
        assert answers.keys() == self.made.keys()
        for uuid, (said,) in answers.items():
            assert said in ({"done", "had"} if kept[uuid].verdict == "done" else {kept[uuid].verdict}), uuid
            assert said != "refused", kept[uuid].code
        recorded = {one.uuid: one for one in Attempt._base_manager.all()}
        assert recorded.keys() == {id_of(sent) for sent in self.made.values()}
        for sent in self.made.values():
            one = recorded[id_of(sent)]
            assert (one.outcome, one.at.isoformat()) == (sent["data"]["outcome"], sent["at"])

    def no_phone_holds_what_is_not_its_own(self) -> None:
        for phone in self.phones:
            posts = answered_by(phone.handset.account).all
            for task in Task._base_manager.filter(uuid__in=list(phone.doors)):
                assert task.state == "open"
                assert {task.post_id, task.raised_to_id} & posts
            row = Handed._base_manager.filter(phone__device__enrolments__account=phone.handset.account)
            held = set(row.filter(gone__isnull=True).values_list("task", flat=True))
            assert {UUID(task) for task in phone.doors} <= held

    def the_figures_are_the_facts(self) -> None:
        check_tallies(self.tiny)
        assert tallies.recount(self.tiny.response) == []
        for one in Difference._base_manager.select_related("counted", "other"):
            assert one.counted_id != one.other_id
            assert contradicts(tried(one.other), tried(one.counted)) or one.says
        for task in Task._base_manager.filter(state="closed").exclude(outcome="not_yet"):
            said = {each.outcome for each in counting(task)}
            assert task.outcome in said | {Outcome.DONE.value}


def test_five_phones_and_a_server_come_to_one_state(tiny: Small) -> None:
    TINY["tiny"] = tiny
    quick = settings(
        max_examples=12, stateful_step_count=20, deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each step asks a server
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    SETTLED.clear()
    run_state_machine_as_test(FivePhones, settings=quick)
    assert SETTLED, "nobody contradicted anybody: the play is too tame"
