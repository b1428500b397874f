"""Who acts: a person and the post they act in. Every verb takes one, as ``by``."""

from dataclasses import dataclass, field
from uuid import UUID

from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class By:
    """An account in a post, the scope of each right the account holds now, or the system answering a fact."""

    account: UUID | None
    post: UUID | None
    scopes: dict[Right, Scope] = field(default_factory=dict)
    system: bool = False

    def may(self, right: Right) -> bool:
        return self.system or right in self.scopes

    def scope(self, right: Right) -> Scope:
        """The places at which this right is held; raises NotAllowed where it is held nowhere."""
        if self.system:
            return EVERYTHING
        if right not in self.scopes:
            raise NotAllowed(right)
        return self.scopes[right]

    def need(self, right: Right, path: str, grid: int | None = None) -> None:
        """Raise NotAllowed unless the right is held at this place."""
        if not self.scope(right).covers(path, grid):
            raise NotAllowed(right)


SYSTEM = By(account=None, post=None, system=True)
