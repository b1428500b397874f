"""From all reasons of one person to one plan."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wangge.domains.isolation.rules import STEPS, OrderState, Part, Reason, plan
from wangge.domains.protocol.queries import protocol

ROLES = {"case": 100, "close_contact": 50, "secondary_contact": 30}
PARTS = {
    "case": (Part("hospital_isolation", 14),),
    "close_contact": (Part("central_isolation", 14), Part("home_monitoring", 7)),
    "secondary_contact": (Part("central_isolation", 7),),
}


def reason(role: str, day: int, first_day: int = 1) -> Reason:
    since = date(2022, 4, 1) + timedelta(days=day)
    return Reason(role, ROLES[role], since, first_day, PARTS[role], f"clause of {role}")


reasons = st.builds(reason, st.sampled_from(sorted(ROLES)), st.integers(0, 20), st.integers(0, 1))


def test_without_a_reason_there_is_no_plan() -> None:
    assert plan([]) is None


def test_the_eighth_editions_close_contact_is_14_days_and_then_7() -> None:
    role = protocol("covid19-v8").roles["close_contact"]
    parts = tuple(Part(one.kind, one.days) for one in role.measures)
    found = plan([Reason(role.key, role.rank, date(2022, 4, 3), role.first_day, parts, role.clause)])
    assert found is not None
    assert [(one.measure, one.first_day, one.last_day) for one in found.stages] == [
        ("central_isolation", date(2022, 4, 4), date(2022, 4, 17)),  # D1 is the day after the last exposure
        ("home_monitoring", date(2022, 4, 18), date(2022, 4, 24)),
    ]


def test_a_measure_of_no_days_lasts_the_day_it_begins() -> None:
    found = plan([Reason("x", 1, date(2022, 4, 3), 0, (Part("stay_in_place", 0),), "")])
    assert found is not None
    assert (found.stages[0].first_day, found.stages[0].last_day) == (date(2022, 4, 3), date(2022, 4, 3))


@given(st.lists(reasons, min_size=1))
def test_the_strictest_role_decides_from_its_latest_day(known: list[Reason]) -> None:
    found = plan(known)
    assert found is not None
    assert ROLES[found.role] == max(one.rank for one in known)
    latest = max(one.since for one in known if one.role == found.role)
    assert found.stages[0].first_day >= latest
    assert found.clause == f"clause of {found.role}"


@given(st.lists(reasons, min_size=1))
def test_stages_follow_each_other_without_a_gap(known: list[Reason]) -> None:
    found = plan(known)
    assert found is not None
    for one, following in zip(found.stages, found.stages[1:], strict=False):
        assert following.first_day == one.last_day + timedelta(days=1)
    assert [(one.last_day - one.first_day).days + 1 for one in found.stages] == [p.days for p in PARTS[found.role]]


@given(st.lists(reasons, min_size=1), st.randoms())
def test_the_order_of_the_reasons_does_not_matter(known: list[Reason], rng: object) -> None:
    unlike = list({(one.rank, one.since): one for one in known}.values())
    other = list(unlike)
    rng.shuffle(other)  # type: ignore[attr-defined]
    assert plan(unlike) == plan(other)


def test_every_state_has_its_steps_and_what_is_over_stays_over() -> None:
    assert set(STEPS) == set(OrderState)
    for over in (OrderState.SUPERSEDED, OrderState.ENDED, OrderState.WITHDRAWN):
        assert not STEPS[over]
