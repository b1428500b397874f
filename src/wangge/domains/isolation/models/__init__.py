"""Orders about a person, and what is kept around an isolation at home: papers handed over, who helps, release."""

from wangge.domains.isolation.models.change import CHANGES, OrderChange
from wangge.domains.isolation.models.home import HELPERS, PAPERS, HomeHelper, HomeRooms, PaperHanded
from wangge.domains.isolation.models.orders import APPEAL, Order, OrderReason, Stage
from wangge.domains.isolation.models.release import Release

__all__ = [
    "APPEAL", "CHANGES", "HELPERS", "PAPERS", "HomeHelper", "HomeRooms", "Order", "OrderChange", "OrderReason",
    "PaperHanded", "Release", "Stage",
]  # fmt: skip
