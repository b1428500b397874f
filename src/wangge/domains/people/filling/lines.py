"""A set of line numbers, one bit each: five million of them are 650 kB."""

from collections.abc import Iterable


class Lines:
    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, lines: Iterable[int]) -> None:
        for line in lines:
            at = line >> 3
            if at >= len(self._bits):
                self._bits.extend(bytes(at + 1 - len(self._bits)))
            self._bits[at] |= 1 << (line & 7)

    def __contains__(self, line: int) -> bool:
        at = line >> 3
        return at < len(self._bits) and bool(self._bits[at] & 1 << (line & 7))

    def __len__(self) -> int:
        return int.from_bytes(self._bits, "big").bit_count()

    def any_from(self, first: int, end: int) -> bool:
        """Whether one of them is at ``first`` or behind it, before ``end``; it may say so for one close by."""
        return any(self._bits[first >> 3 : (end >> 3) + 1])
