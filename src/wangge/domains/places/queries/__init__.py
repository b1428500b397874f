"""Named reads of places. A place is not about a person: no scope is needed; faces narrow by path."""

from wangge.domains.places.queries.reading import (
    ancestors_of,
    by_code,
    by_uuid,
    children,
    communities_around,
    community_of,
    count_under,
    doors_under,
    full_label,
    label,
    labels,
    root,
)  # fmt: skip
from wangge.domains.places.queries.resolving import Candidate, Found, resolve_place

__all__ = [
    "Candidate", "Found", "ancestors_of", "by_code", "by_uuid", "children", "communities_around", "community_of",
    "count_under", "doors_under", "full_label", "label", "labels", "resolve_place", "root",
]  # fmt: skip
