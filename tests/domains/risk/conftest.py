"""Invented lists in the form of the national ones."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from wangge.domains.risk.inputs import Published, read_list

Areas = Mapping[tuple[str, str, str], Sequence[str]]


def written(time: str, high: Areas, mid: Areas, **other: Any) -> bytes:
    """A list as it is published: each county once, its areas inside."""

    def rows(areas: Areas) -> list[dict[str, Any]]:
        return [
            {"type": "2", "province": province, "city": city, "county": county,
             "area_name": f"{province} {city} {county}", "communitys": list(names)}
            for (province, city, county), names in areas.items()
        ]  # fmt: skip

    data = {
        "end_update_time": time, "hcount": sum(map(len, high.values())), "mcount": sum(map(len, mid.values())),
        "highlist": rows(high), "middlelist": rows(mid), **other,
    }  # fmt: skip
    return json.dumps({"data": data, "code": 0, "msg": "查询成功"}, ensure_ascii=False).encode()


HERE = ("山西省", "云州市", "松原区")


def published(time: str, high: Sequence[str] = (), mid: Sequence[str] = ()) -> Published:
    """A list of areas in one invented district."""
    return read_list(written(time, {HERE: high} if high else {}, {HERE: mid} if mid else {}))
