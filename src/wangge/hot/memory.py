"""What a submission is checked against, in memory: phones' keys with their places, forms ready to judge, open asks.

Asks and forms are read anew every second in which something comes in. A key is kept for a minute at most, and dropped
as soon as the log holds a fact about posts or places. Whether it was ended, the transaction itself asks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wangge.api.openrosa.senders import Holder, look_up
from wangge.base.sealing import Sealer
from wangge.domains.asking.inbox.catalogue import Catalogue, read_catalogue
from wangge.hot.facts import Facts
from wangge.hot.lookups import Fresh, Lookups, Reader

MOST = 20_000  # keys


def _holders(usernames: Sequence[str]) -> dict[str, Holder | None]:
    return {one: look_up(one) for one in usernames}


@dataclass(slots=True)
class View:
    """What was read at one moment."""

    catalogue: Catalogue
    sealer: Sealer


class Memory:
    """Of one process."""

    def __init__(self) -> None:
        self._reader = Reader("memory")
        self._view = Fresh(self._reader, self._read)
        self._keys: Lookups[str, Holder | None] = Lookups(self._reader, _holders, MOST)
        self._facts = Facts("duty.", "places.")

    @property
    def known(self) -> View:
        """What was read last: whoever came as far as the committer has looked at it."""
        return self._view.known

    async def view(self) -> View:
        """Forms, asks and the sealing key, at most a second old."""
        return await self._view.get()

    def _read(self, before: View | None) -> View:
        if self._facts.any_new():
            self._keys.clear()
        return View(read_catalogue(before.catalogue if before else None), Sealer())

    async def holder(self, username: str) -> Holder | None:
        """The holder of a key; None for one that is not valid."""
        await self.view()
        return await self._keys.get(username)

    def close(self) -> None:
        self._reader.close()
