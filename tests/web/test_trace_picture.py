"""The chain picture: where things lie on the paper, and that everybody is on it."""

import itertools
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.web.trace.chart import GUTTER, PHONE, TALL, WIDE, Branch, Chain, Meeting, Who, tall, wide
from wangge.web.trace.picture import draw_tall, draw_wide, fit, fit_end, width_of

FIRST = datetime(2022, 3, 31, 16, 0, tzinfo=UTC)  # midnight of 1 April in Taiyuan
STATES = ("candidate", "asked", "confirmed", "dismissed", "withdrawn")

texts = st.sampled_from(["王*", "东岗里 1号楼 1单元 301", "<b>&\"'", "50 min · confirmed", "很长很长的地名" * 6, ""])
states = st.sampled_from(STATES)


@st.composite
def persons(draw: st.DrawFn, deep: bool = True) -> Who:
    key, words = draw(st.uuids()), draw(texts)
    hanging = draw(st.lists(persons(deep=False), max_size=2)) if deep else []
    return Who(str(key), words, words, words, draw(states), tuple(hanging))


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    starts = FIRST + timedelta(minutes=draw(st.integers(-3000, 5 * 1440)))
    crowd = [draw(states)] * draw(st.integers(0, 60))
    words = draw(texts)
    return Meeting(
        where=words, when=words, starts=starts, ends=starts + timedelta(minutes=draw(st.integers(0, 600))),
        home=draw(st.booleans()), people=tuple(draw(st.lists(persons(), max_size=4))), crowd=tuple(crowd),
        more="some more" if crowd else "", url="/x?meeting=1&page=2#candidates",
    )  # fmt: skip


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    days = tuple((FIRST + timedelta(days=count), f"4月{count + 1}日") for count in range(draw(st.integers(1, 15))))
    infectious = FIRST + timedelta(days=draw(st.integers(0, len(days) - 1)))
    confirmed = infectious + timedelta(minutes=draw(st.integers(0, 1439)))
    return Chain(
        "Case <1>", draw(texts), draw(texts), days, infectious, "infectious", confirmed, "confirmed",
        tuple(draw(st.lists(meetings(), max_size=8))), draw(st.booleans()),
    )  # fmt: skip


def apart(one: Branch, other: Branch) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.bottom <= other.y or other.bottom <= one.y


def everybody(chain: Chain) -> list[str]:
    people = [who for meeting in chain.meetings for who in meeting.people]
    return sorted([who.key for who in people] + [other.key for who in people for other in who.hanging])


@given(chains())
@settings(max_examples=60, deadline=None)
def test_on_a_desk_nothing_covers_anything_and_nothing_leaves_the_paper(chain: Chain) -> None:
    at = wide(chain)
    for number, one in enumerate(at.branches):
        assert all(apart(one, other) for other in at.branches[number + 1 :])
        assert one.x >= GUTTER
        assert one.x + one.width <= at.width
        assert one.y >= 0
        assert one.bottom <= at.height
        assert (one.bottom <= at.line_y) if one.meeting.home else (one.y >= at.line_y)


@given(chains())
@settings(max_examples=60, deadline=None)
def test_no_branch_runs_through_the_people_of_another(chain: Chain) -> None:
    at = wide(chain)
    for one in at.branches:
        top, bottom = sorted((at.line_y, one.y))
        for other in at.branches:
            if other is not one and other.meeting.home == one.meeting.home:
                assert not (other.x <= one.x < other.x + other.width and other.y < bottom and top < other.bottom)


@given(chains())
@settings(max_examples=60, deadline=None)
def test_on_a_phone_one_thing_is_below_the_other(chain: Chain) -> None:
    at = tall(chain)
    tops = [one.y for one in at.branches]
    assert tops == sorted(tops)
    for one, other in zip(at.branches, at.branches[1:], strict=False):
        assert one.bottom <= other.y
    for one in at.branches:
        assert one.x + one.width <= PHONE
        assert one.bottom <= at.height
    starts = [one.meeting.starts for one in at.branches]
    assert starts == sorted(starts)


@given(chains())
@settings(max_examples=40, deadline=None)
def test_stations_of_a_branch_are_a_row_apart_and_inside_it(chain: Chain) -> None:
    for m, at in ((WIDE, wide(chain)), (TALL, tall(chain))):
        for one in at.branches:
            rows = [station.y for station in one.stations]
            assert all(after - before >= m.pitch for before, after in itertools.pairwise(rows))
            assert all(one.y + m.head <= y < one.bottom for y in rows)
            assert one.more_y is None or one.more_y > max(rows, default=0)


@given(chains())
@settings(max_examples=40, deadline=None)
def test_everybody_appears_once_and_the_crowd_is_counted(chain: Chain) -> None:
    for drawn in (draw_wide(chain, "a"), draw_tall(chain, "b")):
        root = ElementTree.fromstring(drawn)  # well formed, whatever the names hold
        links = [link.get("href", "") for link in root.iter("a")]
        assert sorted(href.removeprefix("#row-") for href in links if href.startswith("#row-")) == everybody(chain)
        assert sum(not href.startswith("#row-") for href in links) == sum(bool(one.more) for one in chain.meetings)


@given(chains())
@settings(max_examples=20, deadline=None)
def test_the_policy_of_the_page_holds_and_a_reader_is_told(chain: Chain) -> None:
    for drawn in (draw_wide(chain, "a"), draw_tall(chain, "b")):
        assert "style=" not in drawn
        assert "<title" in drawn
        assert "<desc" in drawn
        assert 'role="group"' in drawn


def test_each_state_has_a_shape_of_its_own() -> None:
    shapes = set()
    for state in STATES:
        who = Who("k", "王*", "101", state, state)
        meeting = Meeting("面馆", "12:00", FIRST, FIRST, False, (who,))
        chain = Chain("1", "王*", "", ((FIRST, "1"),), FIRST, "", FIRST, "", (meeting,))
        mark = draw_wide(chain, "a").split(f"who-{state}")[1].split("<text")[0]
        shapes.add(mark.count("<circle") * 10 + mark.count("<path"))
    # filled, hollow and dashed are told apart by the class; point and cross by the marks themselves
    assert shapes == {10, 20, 11}


def test_of_an_address_the_door_stays() -> None:
    assert fit("东岗菜市场北门", 60, 15) == "东岗菜…"
    assert fit_end("东岗里 1号楼 1单元 301", 60, 14).endswith("301")
    assert fit("面馆", 100, 15) == "面馆"
    assert width_of("王", 15) == 15
