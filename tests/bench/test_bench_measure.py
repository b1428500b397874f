"""The frame of the benchmarks: interleaving, verdicts, the table."""

import importlib
import pkgutil

import pytest
from bench.benchmarks.subtree import is_index_range, plan
from bench.measure import Outcome, Pair, dump, load, measure, table
from bench.places import CITY
from bench.places import load as load_places
from django.db import connection

from bench import benchmarks
from wangge.base.access.scope import under
from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, segment


def test_ours_and_the_limit_take_turns() -> None:
    calls: list[str] = []
    pair = Pair(
        "x", lambda: calls.append("ours"), lambda: calls.append("limit"), rounds=3, warm=1,
        before=lambda: calls.append("before"),
    )  # fmt: skip
    outcome = measure(pair, "sqlite")
    assert [call for call in calls if call != "before"] == ["limit", "ours", "ours", "limit"] * 2
    assert calls.count("before") == 8
    assert outcome.fastest <= outcome.ours <= outcome.slowest
    assert outcome.ratio is not None


@pytest.mark.parametrize(("ours", "limit", "reached"), [(2.9, 1.0, True), (3.1, 1.0, False), (51.0, 30.0, False)])
def test_both_targets_have_to_be_reached(
    monkeypatch: pytest.MonkeyPatch, ours: float, limit: float, reached: bool
) -> None:
    took = {"ours": ours, "limit": limit}
    monkeypatch.setattr("bench.measure.milliseconds", lambda work: took[work()])
    pair = Pair("x", lambda: "ours", lambda: "limit", most_ms=50, most_ratio=3)
    outcome = measure(pair, "sqlite")
    assert (outcome.ours, outcome.limit, outcome.reached) == (ours, limit, reached)
    assert load(dump([outcome])) == [outcome]
    assert ("MISSED" in table([outcome])) is not reached


def test_without_a_limit_there_is_no_ratio() -> None:
    outcome = Outcome("x", "sqlite", 1.0, 1.0, 1.0, None, "< 5 ms", True)
    assert outcome.ratio is None
    assert "–" in table([outcome])


def test_every_benchmark_yields_pairs_or_outcomes() -> None:
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    assert {"candidates", "drop_day", "fortnight", "subtree"} <= set(names)
    for name in names:
        module = importlib.import_module(f"bench.benchmarks.{name}")
        assert callable(getattr(module, "outcomes", None) or module.pairs)


@pytest.mark.django_db
def test_a_subtree_is_counted_by_an_index_range() -> None:
    """On thousands of rows PostgreSQL would rather read the table: what is asked is that the index would do."""
    load_places(quick=True, communities=20)
    off = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
    before = off if connection.vendor == "postgresql" else "SELECT 1"
    for prefix in (CITY, CITY + segment(1)):
        for query in (Place.objects.filter(under(prefix)), Place.objects.filter(under(prefix), kind=Kind.HOUSEHOLD)):
            assert is_index_range(plan(query, before)), plan(query, before)
    assert Place.objects.filter(under(CITY), kind=Kind.HOUSEHOLD).count() == 20 * 20


@pytest.mark.django_db
def test_a_plan_that_is_no_range_is_seen() -> None:
    assert not is_index_range(plan(Place.objects.filter(name__contains="1")))
