"""What is said at a gate: the lane for people in need is open whatever else is, and nobody is refused for a device."""

import itertools
import json
import subprocess
from pathlib import Path

import pytest
from tools import checkpoint, frontend

from wangge.domains.checkpoints.rules import (
    ABOUT_THE_CODE,
    COLOURS,
    COUNTED,
    Band,
    Condition,
    Met,
    Seen,
    Then,
    band,
    decide,
    read_temperature,
    weighed,
)

ROOT = Path(__file__).resolve().parents[3]
ALL_ASKS = [asks for size in range(4) for asks in itertools.combinations(Condition, size)]
ALL_MET = [Met(heat, mask, code) for heat in Band for mask in (False, True) for code in (False, True)]
EVERYTHING = Met(Band.NORMAL, mask=True, venue_code=True)


def test_the_emergency_lane_is_open_whatever_is_said() -> None:
    outcomes = [decide(seen, asks, met) for seen in Seen for asks in ALL_ASKS for met in ALL_MET]
    assert {one.then for one in outcomes} == set(Then)
    assert all(one.lane for one in outcomes)


@pytest.mark.parametrize("seen", [Seen.PAPER, Seen.TALLY, Seen.FALLBACK, Seen.CLOCK, Seen.NOT_ASKED])
def test_nobody_without_a_code_or_with_an_old_list_before_them_is_refused(seen: Seen) -> None:
    assert decide(seen, tuple(Condition), EVERYTHING).then is Then.THROUGH


def test_what_is_only_about_a_code_is_never_counted_about_anybody() -> None:
    assert not ABOUT_THE_CODE & set(COUNTED)
    assert {decide(seen, (), EVERYTHING).then for seen in ABOUT_THE_CODE} == {Then.AGAIN}


def test_a_fever_is_answered_with_help_and_not_with_a_word_about_the_code() -> None:
    said = [decide(seen, tuple(Condition), Met(Band.FEVER)) for seen in Seen]
    assert all(one.help and one.then is Then.ASIDE for one in said)


def test_what_is_missing_is_named_in_the_order_of_the_toggles() -> None:
    said = decide(Seen.GREEN, tuple(Condition), Met(Band.NONE, mask=True))
    assert (said.then, said.missing) == (Then.COMPLETE, (Condition.TEMPERATURE, Condition.VENUE_CODE))
    assert decide(Seen.GREEN, (Condition.MASK,), Met(Band.NONE, mask=True)).then is Then.THROUGH


@pytest.mark.parametrize("seen", sorted(COLOURS))
def test_a_colour_from_an_old_list_says_nothing(seen: Seen) -> None:
    assert [weighed(seen, age, 60) for age in (0, 60, 61, None)] == [seen, seen, Seen.FALLBACK, Seen.FALLBACK]


def test_a_list_from_the_future_says_that_the_clock_is_wrong() -> None:
    assert weighed(Seen.RED, -6, 60) is Seen.CLOCK
    assert weighed(Seen.EXPIRED, -24 * 60, 60) is Seen.CLOCK
    assert weighed(Seen.FORGED, -24 * 60, 60) is Seen.FORGED
    assert weighed(Seen.GREEN, -5, 60) is Seen.GREEN


def test_temperatures_as_people_and_thermometers_write_them() -> None:
    assert [read_temperature(text) for text in ("36.8", "36,8", "３６。８", "36.8℃", "T:368", "37.29")] == [
        368, 368, 368, 368, 368, 372,
    ]  # fmt: skip
    assert [read_temperature(text) for text in ("", "abc", "3.68", "45", "-36", "²²²", "36.8.1")] == [None] * 7


def test_the_protocols_line_belongs_to_the_fever() -> None:
    assert [band(tenths, 373) for tenths in (None, 372, 373)] == [Band.NONE, Band.NORMAL, Band.FEVER]


def test_the_apps_cases_are_what_the_rules_say() -> None:
    assert checkpoint.VECTORS.read_text(encoding="utf-8") == checkpoint.text(), "Run python tools/checkpoint.py."


def test_the_app_says_the_same_in_every_case() -> None:
    """The field app's rules, as the browser runs them, over every case of the file."""
    program, _npm = frontend.node()
    script = ROOT / "frontend" / "phone" / "check-rules.mjs"
    done = subprocess.run([*program, str(script)], capture_output=True, text=True, timeout=60, cwd=ROOT / "frontend")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == {
        name: len(checkpoint.vectors()[name]) for name in ("weighed", "decided", "readings")
    }
