"""People move, come, go and are merged while an ask runs; grids are redrawn: each is one line, where they live now."""

from typing import Any

import pytest
from tests.domains.asking import bank
from tests.domains.asking.test_answers import answer
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event, FlowRun
from wangge.base.worker import run_pending
from wangge.domains.asking import queries
from wangge.domains.asking.models import Ask, AskSubject
from wangge.domains.people.actions import record_death, register_person
from wangge.domains.people.inputs import PersonInput, read_person_row
from wangge.domains.people.merging import merge, undo
from wangge.domains.people.models import Person
from wangge.domains.people.rows import take_people
from wangge.domains.places.actions import close_grid, close_place, move_place, put_in_grid
from wangge.domains.places.models import Place
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel, Outcome


@pytest.fixture
def asked(stage: Stage) -> Ask:
    """Everybody of the community is asked about fever; nothing else waits to be done."""
    run_pending()
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    one = bank.ask(stage.tiny, "fever")
    run_pending()
    return one


def line(one: Ask, person: Person) -> AskSubject:
    [found] = bank.lines(one, person=person)
    return found


def waits_at(one: Ask, person: Person) -> list[Place]:
    """The doors at which something waits for this person's line."""
    found = TaskItem.objects.within(EVERYTHING).filter(cause=line(one, person).uuid, state=TaskItem.State.OPEN)
    return [item.task.door for item in found.select_related("task__door")]


def move(person: Person, home: Place) -> None:
    """Somebody is moved by an import, as an office does it."""
    Person.objects.within(EVERYTHING).filter(pk=person.pk).update(home=home)
    person.home = home


def imported(*people: tuple[str, str], may_move: bool = True) -> list[str]:
    rows = [read_person_row({"name": name, "document": document, "address": address, "community": community})
            for name, document, address, community in people]  # fmt: skip
    return [one.reason or one.became.value for one in take_people(rows=rows, by=SYSTEM, make_doors=False, dry=False,
                                                                  may_move=may_move)]  # fmt: skip


def address(home: Place) -> tuple[str, str]:
    from wangge.domains.places.queries import community_of, label

    community = community_of(home)
    return label(home), community.name if community else ""


def import_move(stage: Stage, person: Person, home: Place) -> None:
    assert imported((person.name, stage.tiny.document(person), *address(home))) == ["changed"]
    run_pending()


def adds_up(one: Ask) -> dict[str, int]:
    bank.check_tallies(one)
    for grid, figures in queries.by_grid(one, one.area).items():
        doors = bank.lines(one, door__grid=grid, left=False)
        frozen = [each for each in doors if not each.arrived]
        gone = [each for each in bank.lines(one, tally__grid=grid, left=True) if not each.arrived]
        assert figures["expected"] == len(frozen) + len(gone)
    return bank.sums(one)


def test_who_moves_inside_the_area_is_the_one_line_at_the_new_door(stage: Stage, asked: Ask) -> None:
    person, before = stage.tiny.family[0], adds_up(asked)
    old, new = stage.tiny.homes[0], stage.tiny.homes[9]
    assert waits_at(asked, person) == [old]
    import_move(stage, person, new)
    assert waits_at(asked, person) == [new]
    assert (line(asked, person).door, line(asked, person).state) == (new, "not_yet")
    assert adds_up(asked) == before
    assert line(asked, person).tally.grid == stage.tiny.grids[1]
    taken_back = TaskItem.objects.within(EVERYTHING).get(cause=line(asked, person).uuid, task__door=old)
    assert taken_back.state == TaskItem.State.WITHDRAWN
    answer(new, person, fever="no")
    assert (line(asked, person).state, waits_at(asked, person)) == ("done", [])
    assert adds_up(asked)["done"] == before["done"] + 1


def test_what_was_tried_at_the_old_door_is_open_again_and_what_was_answered_stays(stage: Stage, asked: Ask) -> None:
    absent, done, _, refused = stage.tiny.family
    task = Task.objects.within(EVERYTHING).get(door=stage.tiny.homes[0], state="open", response=asked.response)
    for person, outcome in ((absent, Outcome.ABSENT), (refused, Outcome.REFUSED)):
        record_attempt(task=task, outcome=outcome, channel=Channel.DOOR, by=SYSTEM, person=person)
    answer(stage.tiny.homes[0], done, fever="no")
    run_pending()
    assert [line(asked, one).state for one in (absent, done, refused)] == ["absent", "done", "refused"]
    for person in (absent, done, refused):
        import_move(stage, person, stage.tiny.homes[9])
    assert [line(asked, one).state for one in (absent, done, refused)] == ["not_yet", "done", "refused"]
    assert [waits_at(asked, one) for one in (absent, done, refused)] == [
        [stage.tiny.homes[9]], [], [stage.tiny.homes[9]]
    ]  # fmt: skip
    adds_up(asked)


def test_who_moves_out_leaves_apart_and_who_comes_back_is_the_same_line(stage: Stage, asked: Ask) -> None:
    person, before = stage.tiny.family[0], adds_up(asked)
    import_move(stage, person, stage.tiny.yards[0])
    now = adds_up(asked)
    assert (now["left"], now["moved"], now["expected"], now["arrived"]) == (
        1,
        before["moved"] + 1,
        before["expected"],
        0,
    )
    assert waits_at(asked, person) == []
    import_move(stage, person, stage.tiny.homes[3])
    assert adds_up(asked) == before
    assert waits_at(asked, person) == [stage.tiny.homes[3]]


def test_who_moves_in_from_outside_arrives_apart(stage: Stage, asked: Ask) -> None:
    person, before = stage.tiny.living[stage.tiny.yards[0].pk][0], adds_up(asked)
    import_move(stage, person, stage.tiny.homes[3])
    now = adds_up(asked)
    assert (now["arrived"], now["left"], now["expected"]) == (1, 0, before["expected"])
    assert waits_at(asked, person) == [stage.tiny.homes[3]]
    import_move(stage, person, stage.tiny.homes[9])
    assert (adds_up(asked), waits_at(asked, person)) == (now, [stage.tiny.homes[9]])


def test_who_is_registered_at_noon_arrives_soon_after_and_who_dies_leaves(stage: Stage, asked: Ask) -> None:
    before = adds_up(asked)
    new = register_person(typed=PersonInput("钱新来"), home=stage.tiny.homes[2], by=SYSTEM)
    register_person(
        typed=PersonInput("路过人"), home=stage.tiny.homes[2], by=SYSTEM, noted_for=stage.tiny.response.uuid
    )
    record_death(person=stage.tiny.family[3], day=clock.today(), by=SYSTEM)
    run_pending()
    now = adds_up(asked)
    assert (now["arrived"], now["left"], now["not_yet"]) == (1, 1, before["not_yet"] - 1)
    assert waits_at(asked, new) == [stage.tiny.homes[2]]
    assert waits_at(asked, stage.tiny.family[3]) == []


def test_a_file_of_many_is_one_run_and_names_the_communities_alone(stage: Stage, asked: Ask) -> None:
    here = address(stage.tiny.homes[2])
    people = [(f"钱来{chr(0x4E00 + number)}", "", *here) for number in range(300)]
    assert imported(*people) == ["new"] * 300
    event = Event.objects.filter(kind="people.imported").latest("id")
    assert event.data["communities"] == [str(stage.tiny.places["community"].uuid)]
    assert FlowRun.objects.filter(event=event).count() == 1
    run_pending()
    assert adds_up(asked)["arrived"] == 300


def test_two_records_of_one_person_are_asked_once_where_they_live(stage: Stage, asked: Ask) -> None:
    into, absorbed, before = stage.tiny.family[0], stage.tiny.living[stage.tiny.homes[9].pk][0], adds_up(asked)
    done = merge(into=into, absorbed=absorbed, by=SYSTEM)
    run_pending()
    assert waits_at(asked, into) == [stage.tiny.homes[0]]
    assert waits_at(asked, absorbed) == []
    now = adds_up(asked)
    assert (now["expected"], now["left"], now["not_yet"]) == (before["expected"], 1, before["not_yet"] - 1)
    undo(merge=done, by=SYSTEM)
    run_pending()
    assert adds_up(asked) == before
    assert (waits_at(asked, into), waits_at(asked, absorbed)) == ([stage.tiny.homes[0]], [stage.tiny.homes[9]])


def test_a_line_goes_over_to_the_record_that_stands_and_to_its_door(stage: Stage, asked: Ask) -> None:
    absorbed, into = stage.tiny.family[0], stage.tiny.living[stage.tiny.yards[0].pk][0]
    uuid = line(asked, absorbed).uuid
    AskSubject.objects.within(EVERYTHING).filter(person=into).delete()
    stays = stage.tiny.family[1]
    merge(into=stays, absorbed=register(stage, stays), by=SYSTEM)
    run_pending()
    items = TaskItem.objects.within(EVERYTHING).filter(cause=line(asked, stays).uuid, state="open")
    assert [item.person_id for item in items] == [stays.pk]
    merge(into=into, absorbed=absorbed, by=SYSTEM)
    run_pending()
    moved = AskSubject.objects.within(EVERYTHING).get(uuid=uuid)
    assert (moved.person_id, moved.left, moved.state) == (into.pk, True, "moved")
    adds_up(asked)


def register(stage: Stage, like: Person) -> Person:
    made = register_person(typed=PersonInput(like.name), home=like.home, by=SYSTEM)
    run_pending()
    return made


def test_figures_follow_the_grids_and_the_sums_over_places_stay(stage: Stage, asked: Ask) -> None:
    _, second = stage.tiny.grids
    before, by_grid = adds_up(asked), queries.by_grid(asked, asked.area)
    building = unit_of(stage.tiny.homes[0]).parent
    assert building is not None
    put_in_grid(grid=second, places=[building], from_day=clock.today(), by=SYSTEM)
    run_pending()
    after = queries.by_grid(asked, asked.area)
    moved = len(bank.lines(asked, door__path__startswith=building.path))
    assert moved > 0
    assert after[second.pk]["expected"] == by_grid[second.pk]["expected"] + moved
    assert adds_up(asked) == before
    close_grid(grid=second, by=SYSTEM)
    run_pending()
    assert second.pk not in queries.by_grid(asked, asked.area)
    assert queries.by_grid(asked, asked.area)[None]["expected"] >= moved
    assert adds_up(asked) == before
    holders = {each.holder for each in queries.lines(EVERYTHING, asked)}  # type: ignore[attr-defined]  # annotated
    assert None not in holders


@pytest.mark.parametrize("change", ["close", "move"])
def test_a_place_that_closes_or_moves_takes_its_lines_along(stage: Stage, change: str) -> None:
    run_pending()
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    one = bank.ask(stage.tiny)
    run_pending()
    before, door = adds_up(one), stage.tiny.homes[0]
    if change == "close":
        close_place(place=door, by=SYSTEM)
    else:
        move_place(place=door, parent=unit_of(stage.tiny.homes[9]), by=SYSTEM)
    run_pending()
    now: dict[str, Any] = adds_up(one)
    gone = 1 if change == "close" else 0
    assert (now["expected"], now["left"], now["moved"]) == (before["expected"], gone, gone)


def unit_of(home: Place) -> Place:
    if home.parent is None:
        raise AssertionError("a household lies in a unit")
    return home.parent
