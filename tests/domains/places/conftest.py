"""Fixtures of places."""

from typing import Any

import pytest
from tests.domains.places.street import Street, building

from wangge.base.access.by import SYSTEM
from wangge.domains.places.actions import Seed, add_place, add_places
from wangge.domains.places.rules import Kind


@pytest.fixture
def street(db: Any) -> Street:
    city = add_place(kind=Kind.CITY, name="太原市", parent=None, order=1, code="140100000000", by=SYSTEM)
    district = add_place(kind=Kind.DISTRICT, name="迎泽区", parent=city, order=6, code="140106000000", by=SYSTEM)
    township = add_place(kind=Kind.TOWNSHIP, name="桥东街道", parent=district, order=5, code="140106005000", by=SYSTEM)
    community = add_place(
        kind=Kind.COMMUNITY, name="并州东街四社区居委会", parent=township, order=10,
        code="140106005010", by=SYSTEM,
    )  # fmt: skip
    beds = tuple(Seed(Kind.BED, f"{n}床", n) for n in (1, 2))
    rooms = tuple(Seed(Kind.ROOM, f"10{n}", n, children=beds) for n in (1, 2))
    dormitory = Seed(Kind.SITE, "学生宿舍", 9, children=rooms)
    compound = Seed(Kind.COMPOUND, "水产宿舍", 1, children=(*map(building, (1, 2, 3)), dormitory))
    made = add_places(parent=community, seeds=[compound], by=SYSTEM)
    return Street(city, district, township, community, made[0])
