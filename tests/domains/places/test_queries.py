"""Named reads: what they return, how many queries they take, and that a subtree is an index range."""

import re
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from tests.domains.places.street import Street, building

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import under
from wangge.domains.places.actions import add_places, close_place
from wangge.domains.places.models import Place
from wangge.domains.places.queries import (
    ancestors_of,
    by_code,
    by_uuid,
    children,
    community_of,
    count_under,
    doors_under,
    full_label,
    label,
    labels,
)
from wangge.domains.places.rules import Kind


def test_codes_and_ids(street: Street) -> None:
    assert by_code("140106") == by_code("140106000000") == street.district
    assert by_uuid(street.compound.uuid) == street.compound
    with pytest.raises(Place.DoesNotExist):
        by_code("140107")


def test_ancestors_come_outermost_first_with_one_query(
    street: Street, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    door = street.named("3号楼", "2单元", "101")
    with django_assert_num_queries(1):
        around = ancestors_of(door)
    assert around[:5] == [street.city, street.district, street.township, street.community, street.compound]
    assert [place.kind for place in around[5:]] == ["building", "unit"]
    assert community_of(door) == street.community == community_of(street.community)
    assert community_of(street.township) is None


def test_labels_for_people(street: Street) -> None:
    door = street.named("3号楼", "2单元", "101")
    assert label(door) == "水产宿舍 3号楼 2单元 101"
    assert full_label(door) == "太原市 迎泽区 桥东街道 并州东街四社区 水产宿舍 3号楼 2单元 101"
    assert label(street.community) == "并州东街四社区"


@pytest.mark.parametrize("count", [1, 3])
def test_labels_take_one_query_however_many(
    street: Street, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    doors = list(doors_under(street.compound.path)[:count])
    with django_assert_num_queries(1):
        assert len(labels(doors)) == count


def test_doors_come_in_walking_order_and_only_open_ones(street: Street) -> None:
    close_place(place=street.named("2号楼"), by=SYSTEM)
    doors = [label(door) for door in doors_under(street.compound.path)]
    assert doors[:4] == [f"水产宿舍 1号楼 {unit}单元 {floor}01" for unit in (1, 2) for floor in (1, 2)]
    assert doors[-1] == "水产宿舍 学生宿舍 102"
    assert len(doors) == 4 + 4 + 2
    assert [place.name for place in children(street.compound)] == ["1号楼", "3号楼", "学生宿舍"]
    assert count_under(street.city.path, Kind.HOUSEHOLD) == 8
    assert count_under(street.city.path, Kind.BED) == 4


def plan_of(queryset: Any) -> str:
    """The database's plan, without the short cuts PostgreSQL takes on a small table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("ANALYZE wangge_place")
    return str(queryset.explain())


def test_a_subtree_count_reads_an_index_range(street: Street) -> None:
    add_places(parent=street.compound, seeds=[building(n, units=4, floors=6) for n in range(10, 40)], by=SYSTEM)
    rows = Place.objects.filter(under(street.compound.path), kind=Kind.HOUSEHOLD, closed__isnull=True)
    plan = plan_of(rows)
    if connection.vendor == "postgresql":
        ranged = re.search(r"Index Cond: .*path\)?(::text)? >= .* AND .*path\)?(::text)? < ", plan)
        assert ranged, plan
        assert "Seq Scan" not in plan
    else:
        assert "USING INDEX place_kind_path (kind=? AND path>? AND path<?)" in plan


def test_paths_compare_byte_by_byte(street: Street) -> None:
    """A prefix is a range only where digits sort before letters and '~' after all, whatever the server's language."""
    Place.objects.create(kind="city", name="九", path="9zzz")
    Place.objects.create(kind="city", name="甲", path="a000")
    assert list(Place.objects.filter(parent=None).order_by("path").values_list("path", flat=True)) == [
        "0000", "9zzz", "a000",
    ]  # fmt: skip
    assert Place.objects.filter(under("9zzz")).count() == 1
