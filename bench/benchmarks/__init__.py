"""One file for each benchmark, found by its name. To add one, write ``pairs(stand)``: it yields ``Pair``s, and what
stands after a ``yield`` cleans up. The limit it is measured against goes to ``bench/limits`` and is frozen there."""

#: Not part of a run that names nothing: they take long.
ONLY_BY_NAME = frozenset({"soak"})
