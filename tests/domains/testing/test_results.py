"""Results: as laboratories type them, once each, refused in words when they cannot be."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.base import clock
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem, Problems
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people.rules import check_digit
from wangge.domains.protocol.actions import close_response
from wangge.domains.testing.actions import record_result, withdraw_result
from wangge.domains.testing.inputs import NEEDED, read_result
from wangge.domains.testing.models import TestResult


def typed(**changes: str) -> dict[str, str]:
    now = clock.now().astimezone(clock.LOCAL)
    at = [f"{now - timedelta(hours=hours):%Y-%m-%d %H:%M}" for hours in (6, 2)]
    return {
        "document": "140106199001011234", "laboratory": "某某检测", "specimen_no": "A001", "purpose": "初筛",
        "value": "阳性", "symptoms": "无", "collected_at": at[0], "reported_at": at[1],
    } | changes  # fmt: skip


def codes(**changes: str) -> set[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        read_result(typed(**changes))
    return {(problem.field, problem.code) for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("written", "meant"),
    [("初筛", "screen"), ("screen", "screen"), ("初筛样本", "screen"), ("复核", "retest"), ("复检", "retest"),
     ("常规", "routine")],
)  # fmt: skip
def test_kinds_of_test_as_laboratories_write_them(written: str, meant: str) -> None:
    assert read_result(typed(purpose=written)).purpose == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("阳性", "positive"), ("+", "positive"), ("＋", "positive"), ("阴性(-)", "negative"), ("-", "negative"),
     ("Negative", "negative"), ("无效", "invalid")],
)  # fmt: skip
def test_results_as_laboratories_write_them(written: str, meant: str) -> None:
    assert read_result(typed(value=written)).value == meant


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M", "%Y年%m月%d日 %H:%M", "%Y.%m.%d %H:%M"]
)
def test_times_as_laboratories_write_them(form: str) -> None:
    at = (clock.now() - timedelta(hours=6)).astimezone(clock.LOCAL).replace(second=0, microsecond=0)
    assert read_result(typed(collected_at=at.strftime(form))).collected_at == at


@pytest.mark.parametrize("field", NEEDED)
def test_what_is_missing_is_named(field: str) -> None:
    assert (field, "missing") in codes(**{field: " "})


def test_impossible_times() -> None:
    now = clock.now().astimezone(clock.LOCAL)
    later, long_ago = f"{now + timedelta(days=1):%Y-%m-%d %H:%M}", f"{now - timedelta(days=400):%Y-%m-%d %H:%M}"
    assert codes(collected_at=later) == {("collected_at", "collected_in_future")}
    assert codes(reported_at=later) == {("reported_at", "reported_in_future")}
    assert codes(collected_at=long_ago) == {("collected_at", "collected_too_long_ago")}
    assert codes(collected_at="2022-02-30 10:00") == {("collected_at", "time_unreadable")}
    first = typed()
    assert codes(collected_at=first["reported_at"], reported_at=first["collected_at"]) == {
        ("reported_at", "reported_before_collected")
    }


def test_unknown_words() -> None:
    assert codes(value="大概吧") == {("value", "value_unknown")}
    assert codes(purpose="抽血") == {("purpose", "purpose_unknown")}


@given(st.dictionaries(st.sampled_from([*NEEDED, "symptoms", "laboratory"]), st.text(max_size=30)))
def test_whatever_is_typed_is_taken_or_refused_with_reasons(anything: dict[str, str]) -> None:
    taken, problems = None, None
    try:
        taken = read_result(anything)
    except Problems as refused:
        problems = refused.problems
    assert taken or problems


@pytest.fixture
def city() -> Small:
    return small.build(check_ins=False)


def record(city: Small, username: str = "jiance", **changes: str) -> tuple[TestResult, bool]:
    changes = {"document": city.document(city.family[0])} | changes
    return record_result(typed=read_result(typed(**changes)), by=city.by(username))


@pytest.mark.django_db
def test_the_same_result_twice_is_one(city: Small) -> None:
    first, new = record(city)
    second, again = record(city)
    assert (new, again, first.pk) == (True, False, second.pk)
    assert TestResult.objects.within(EVERYTHING).count() == 1


def refusal(city: Small, **changes: str) -> str:
    with pytest.raises(Problem) as caught:
        record(city, **changes)
    return caught.value.code


@pytest.mark.django_db
def test_what_cannot_be_recorded_says_why(city: Small) -> None:
    assert refusal(city, document="11010519900307001" + check_digit("11010519900307001")) == "person_unknown"
    record(city)
    assert refusal(city, document=city.document(city.family[1])) == "specimen_of_another"
    assert refusal(city, value="阴性") == "specimen_with_other_result"
    withdraw_result(result=record(city)[0], why="样本弄混", by=city.by("jiance"))
    assert refusal(city) == "specimen_withdrawn"
    close_response(response=city.response, by=city.by("zhihuibu"))
    assert refusal(city, specimen_no="A002") == "result_without_response"


@pytest.mark.django_db
def test_a_desk_records_only_people_of_its_places_and_only_a_desk_records(city: Small) -> None:
    villager = city.living[city.yards[0].pk][0]
    assert refusal(city, document=city.document(villager)) == "person_unknown"
    with pytest.raises(NotAllowed):
        record(city, username="bingsi-1")


@pytest.mark.django_db
def test_a_withdrawal_needs_a_reason_and_happens_once(city: Small) -> None:
    result, _ = record(city)
    with pytest.raises(Problem) as caught:
        withdraw_result(result=result, why=" ", by=city.by("jiance"))
    assert caught.value.code == "why_missing"
    first = withdraw_result(result=result, why="样本弄混", by=city.by("jiance")).withdrawn_at
    assert withdraw_result(result=result, why="又一次", by=city.by("jiance")).withdrawn_at == first


def test_a_wrong_check_digit_is_a_typing_mistake_and_not_an_unknown_person() -> None:
    assert codes(document="140106199001011236") == {("document", "id_card_wrong")}
    assert read_result(typed(document="E12345678")).document == "E12345678"
