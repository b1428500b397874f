"""The reader of protocol files: what ships, and every mistake named with file and line."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wangge.domains.protocol.inputs import parse, read_protocol
from wangge.domains.protocol.queries import FOLDER, all_protocols, protocol
from wangge.domains.protocol.reading import ProtocolError
from wangge.domains.protocol.rules import Confidence, Protocol

COVID = (FOLDER / "covid19-v8.yaml").read_text(encoding="utf-8")
COVID_EDITIONS = [
    "covid19-v8", "covid19-v9", "covid19-twenty-measures", "covid19-new-ten", "covid19-class-b",
]  # fmt: skip
SMALL = """\
label: {zh: 小, en: Small}
valid_from: 2021-01-01
valid_to:
escalate_hours: 2
on:
  opening: resident
roles:
  resident:
    rank: 10
    label: {zh: 人, en: person}
    clause: 令
    quote: {zh: 文, en: text}
    first_day: 0
    measures:
      - {kind: stay, days: 3, where: home}
    tests:
      - {day: 1, where: door}
    items:
      - {kind: call, within_hours: 1}
    confidence: {measures: H, tests: M, items: L}
exposures:
  household: {role: resident, decided_by: protocol, clause: 令}
words:
  stay: {zh: 留, en: stay}
  call: {zh: 叫, en: call}
family: small
sources:
  - {zh: 文件, en: Paper}
confidence: {escalate_hours: L}
switch:
  clause: 令
  quote: {zh: 自即日起, en: From today on}
areas:
  near:
    label: {zh: 近, en: near}
    unit: {zh: 户, en: home}
    rule: {zh: 留, en: stay}
    clause: 令
    release_days: 5
    tests: [1, 3]
    becomes: far
    confidence: {unit: H, release_days: L, tests: M}
  far:
    label: {zh: 远, en: far}
    unit: {zh: 县, en: county}
    rule: {zh: 无, en: nothing}
    clause: 令
    confidence: {unit: H}
travellers:
  - from: near
    rule: {zh: 留, en: stay}
    clause: 令
    confidence: {measures: L, tests: L}
    measures:
      - {kind: stay, days: 2, where: home}
      - {kind: call, days: 3, where: central}
    tests:
      - {day: 2, of: call}
codes:
  asked: listed
  clause: 令
  at:
    - {zh: 校, en: school}
"""


def read(content: str) -> Protocol:
    return parse("small.yaml", "small", content)


def test_what_ships_can_be_read() -> None:
    assert [one.key for one in all_protocols()] == [*COVID_EDITIONS, "flood-evacuation"]


def test_the_eighth_edition_says_what_it_says() -> None:
    edition = read_protocol(FOLDER / "covid19-v8.yaml")
    close = edition.roles["close_contact"]
    assert (edition.valid_from, edition.valid_to) == (date(2021, 5, 11), date(2022, 6, 27))
    assert [(one.kind, one.days) for one in close.measures] == [("central_isolation", 14), ("home_monitoring", 7)]
    assert [(one.day, one.times, one.at_door) for one in close.tests] == [
        (1, 1, False), (4, 1, False), (7, 1, False), (14, 2, False), (21, 1, True),
    ]  # fmt: skip
    assert edition.exposures["venue"].by_tracer
    assert not edition.exposures["household"].by_tracer
    assert (edition.candidates_cap, edition.checkins_days) == (200, 14)


def test_an_evacuation_is_no_infection() -> None:
    flood = read_protocol(FOLDER / "flood-evacuation.yaml")
    assert flood.saves_lives
    assert dict(flood.on) == {"opening": "resident"}
    assert not flood.exposures
    assert flood.role_on("case") is None
    assert flood.role_on("opening") is flood.roles["resident"]


def test_the_strictest_role_is_the_one_of_highest_rank() -> None:
    edition = read_protocol(FOLDER / "covid19-v8.yaml")
    assert edition.strictest(["secondary_contact", "close_contact", "suspected"]) is edition.roles["close_contact"]
    assert edition.strictest([]) is None


def test_words_come_in_two_languages_and_the_key_where_there_are_none() -> None:
    small = read(SMALL)
    assert (small.word("stay").into("en"), small.word("stay").into("zh-hans")) == ("stay", "留")
    assert str(small.word("unheard_of")) == "unheard_of"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("escalate_hours: 2\n", "", 1, "`escalate_hours` is missing"),
        ("escalate_hours: 2", "escalate_hours: soon", 4, "`escalate_hours: soon` is not understood"),
        ("escalate_hours: 2", "escalate_hours: -1", 4, "is not understood"),
        ("escalate_hours: 2", "escalate_hours: [2]", 4, "must be one value"),
        ("valid_from: 2021-01-01", "valid_from: 1 May", 2, "Write `valid_from: 2021-05-11`"),
        ("valid_to:", "valid_to: 2020-01-01", 1, "`valid_to` lies before `valid_from`"),
        ("    rank: 10", "    rank: high", 9, "`rank: high` is not understood"),
        ("    rank: 10", "    rank: 10\n    rank: 11", 10, "`rank` stands twice"),
        ("{zh: 人, en: person}", "{zh: 人}", 10, "`en` is missing"),
        ("{kind: stay, days: 3,", "{kind: stay, day: 3,", 15, "`days` is missing"),
        ("{kind: stay, days: 3,", "{kind: stay, days: 3, weeks: 1,", 15, "`weeks` is not known here"),
        ("where: door", "where: moon", 17, "Write one of: door, site"),
        ("within_hours: 1}", "within_hours: 1, when: maybe}", 19, "Write one of: known, ordered"),
        ("  opening: resident", "  opening: nobody", 6, "Write one of: resident"),
        ("  opening: resident", "  closing: resident", 6, "`closing` is not known here"),
        ("  household: {role", "  hospital: {role", 22, "the exposure `hospital` does not exist here"),
        ("decided_by: protocol", "decided_by: chance", 22, "Write one of: tracer, protocol"),
        ("  call: {zh: 叫, en: call}\n", "", 1, "`words` lacks call"),
        ("roles:", "rolls:", 6, ""),
        ("    items:\n      - {", "    items:\n      {", 19, "must be a list"),
        ("label: {zh: 小", "label: {zh: 小, zh: 大", 1, "`zh` stands twice"),
        ("valid_to:\n", "valid_to:\n   - : {\n", 0, ""),
        ("within_hours: 1}", "within_hours: nan}", 19, "is not understood"),
        ("en: Small", "en: \x07", 1, "a character here cannot be in a text"),
        ("family: small\n", "", 1, "`family` is missing"),
        ("sources:\n  - {zh: 文件, en: Paper}\n", "", 1, "`sources` is missing"),
        ("switch:\n  clause: 令\n", "switch:\n", 31, "`clause` is missing"),
        ("  quote: {zh: 自即日起, en: From today on}\n", "", 31, "`quote` is missing"),
        ("days: 3, where: home", "days: 3, where: moon", 15, "Write one of: home, central, hospital"),
        ("days: 3, where: home", "days: 3", 15, "`where` is missing"),
        ("    confidence: {measures: H, tests: M, items: L}\n", "", 9, "`confidence` is missing"),
        ("tests: M, items: L}", "items: L}", 20, "`tests` is missing"),
        ("tests: M, items: L}", "tests: X, items: L}", 20, "Write one of: H, M, L"),
        ("tests: M, items: L}", "tests: M, items: L, retest_hours: L}", 20, "`retest_hours` is not known here"),
        ("{escalate_hours: L}", "{escalate_hours: L, lookback_days: L}", 29, "`lookback_days` is not known here"),
        ("becomes: far", "becomes: gone", 1, "`areas` lacks gone"),
        ("  - from: near", "  - from: there", 1, "`areas` lacks there"),
        ("tests: [1, 3]", "tests: [1, soon]", 40, "holds what is no number"),
        ("tests: [1, 3]", "tests: 1", 40, "must be a list of numbers"),
        ("{day: 2, of: call}", "{day: 4, of: call}", 58, "`of: call` has no day 4"),
        ("{day: 2, of: call}", "{day: 2, of: rest}", 58, "`of: rest` has no day 2"),
        ("asked: listed", "asked: nowhere", 60, "`at` and `asked` do not fit"),
        ("asked: listed", "asked: sometimes", 60, "Write one of: anywhere, listed, nowhere"),
        ("family: small", "family: small\nall_off: true", 1, "`all_off` and `roles` do not fit"),
        ("escalate_hours: 2\n", "escalate_hours: 2\n[a]: b\n", 5, "a list or mapping stands where a name should"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_line(old: str, new: str, line: int, said: str) -> None:
    assert old in SMALL
    with pytest.raises(ProtocolError) as caught:
        read(SMALL.replace(old, new, 1))
    error = caught.value
    assert str(error).startswith(f"small.yaml:{error.line}: ")
    assert said in str(error)
    assert not line or error.line == line
    assert error.instead  # what to write


def test_a_day_within_a_measure_is_counted_on_from_those_before_it() -> None:
    small = read(SMALL)
    assert [(one.day, one.of) for one in small.travellers[0].tests] == [(4, "call")]
    assert (small.areas["near"].tests, small.areas["near"].becomes) == ((1, 3), "far")


@pytest.mark.parametrize(
    ("key", "close", "tests", "secondary", "high"),
    [
        ("covid19-v8", [("central", 14), ("home", 7)], [1, 4, 7, 14, 21], 7, 14),
        ("covid19-v9", [("central", 7), ("home", 3)], [1, 2, 3, 5, 7, 10], 7, 7),
        ("covid19-twenty-measures", [("central", 5), ("home", 3)], [1, 2, 3, 5, 6, 8], None, 5),
        ("covid19-new-ten", [("home", 5)], [5], None, 5),
    ],
)  # fmt: skip
def test_each_edition_says_what_its_sources_say(
    key: str, close: list[tuple[str, int]], tests: list[int], secondary: int | None, high: int
) -> None:
    edition = protocol(key)
    contact = edition.roles["close_contact"]
    assert [(one.where.value, one.days) for one in contact.measures] == close
    assert [one.day for one in contact.tests] == tests
    assert (edition.roles["secondary_contact"].days if "secondary_contact" in edition.roles else None) == secondary
    assert (edition.role_met("contact") is not None) == (secondary is not None)
    assert edition.areas["high"].release_days == high


def test_editions_follow_each_other_without_a_gap() -> None:
    editions = [protocol(key) for key in COVID_EDITIONS]
    for older, newer in pairwise(editions):
        assert older.valid_to is not None
        assert newer.valid_from - older.valid_to == timedelta(days=1)
    assert {one.family for one in editions} == {"covid19"}
    assert protocol("flood-evacuation").family == "flood"


def test_class_b_asks_nothing_of_anybody() -> None:
    edition = protocol("covid19-class-b")
    assert edition.all_off
    assert [edition.roles, edition.on, edition.exposures, edition.areas] == [{}, {}, {}, {}]
    assert edition.codes is not None
    assert edition.codes.asked == "nowhere"


def test_new_ten_names_what_is_forbidden_and_where_codes_may_be_asked() -> None:
    edition = protocol("covid19-new-ten")
    said = " ".join(one.quote.zh for one in edition.forbidden)
    assert all(word in said for word in ("消防通道", "单元门", "小区门"))
    assert edition.codes is not None
    assert [at.zh for at in edition.codes.at] == ["养老院", "福利院", "医疗机构", "托幼机构", "中小学"]
    assert edition.roles["close_contact"].marks["measures"] is Confidence.LOW


def test_two_roles_of_one_rank_are_refused() -> None:
    second = SMALL[SMALL.index("  resident:\n    rank") : SMALL.index("exposures:")].replace("resident", "guest", 1)
    with pytest.raises(ProtocolError, match="two roles have the same rank"):
        read(SMALL.replace("exposures:", second + "exposures:", 1))


@pytest.mark.parametrize("content", ["", "# nothing\n", "just words", "- a list", "a: b: c", "\t", "{"])
def test_what_is_no_protocol_at_all_is_refused_in_words(content: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        read(content)
    assert caught.value.line >= 1


@given(st.integers(0, COVID.count("\n") - 1))
@settings(max_examples=60, deadline=None)
def test_a_file_with_a_line_lost_is_read_or_refused_by_name(lost: int) -> None:
    lines = COVID.splitlines()
    expect_protocol_or_error("\n".join([*lines[:lost], *lines[lost + 1 :]]))


@given(st.integers(0, len(COVID) - 1), st.sampled_from(["", ":", "x", "- ", "{", "\n", "9", "&", "*", "!!int "]))
@settings(max_examples=120, deadline=None)
def test_a_file_with_a_typing_mistake_is_read_or_refused_by_name(at: int, typed: str) -> None:
    expect_protocol_or_error(COVID[:at] + typed + COVID[at + 1 :])


def expect_protocol_or_error(content: str) -> None:
    error = refusal(content)
    assert error is None or error.file == "covid19-v8.yaml"
    assert error is None or 1 <= error.line <= content.count("\n") + 2


def refusal(content: str) -> ProtocolError | None:
    try:
        parse("covid19-v8.yaml", "covid19-v8", content)
    except ProtocolError as error:
        return error
    return None


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(ProtocolError, match=r"small\.yaml:\d+: this is not UTF-8"):
        read_protocol(file)


def test_the_key_is_the_files_name(tmp_path: Path) -> None:
    file = tmp_path / "small-2.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert read_protocol(file).key == "small-2"
