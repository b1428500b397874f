"""One file for each benchmark, found by its name. To add one, write ``pairs(stand)``: it yields ``Pair``s, and what
stands after a ``yield`` cleans up. The limit it is measured against goes to ``bench/limits`` and is frozen there."""

#: Not part of a run that names nothing: they take long.
ONLY_BY_NAME = frozenset({"checkin_overload", "fortnight", "phones", "soak"})

#: Benchmarks that stand on a city of the product rather than on a mass of rows: each set in a database of its own.
DATA = {"asks": "asks", "backup": "demo", "checkin": "checkin", "checkin_overload": "checkin",
        "codes": "codes", "codes_page": "demo", "fortnight": "demo", "imports": "office",
        "openrosa": "openrosa", "package": "package", "pages": "demo", "phones": "phones",
        "residents": "residents", "thread": "demo", "worklist": "small"}  # fmt: skip


def by_data(names: list[str]) -> dict[str, list[str]]:
    """The names grouped by the data they stand on."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(DATA.get(name, "mass"), []).append(name)
    return groups
