"""What is not in the subset: a code, the place in the expression, and what to write instead (in ``words``)."""


class Refused(Exception):
    """An expression that cannot be used. ``at`` counts characters of the expression from 1."""

    def __init__(self, code: str, at: int, **values: str | int) -> None:
        super().__init__(f"{code} at {at}")
        self.code = code
        self.at = at
        self.values = values
