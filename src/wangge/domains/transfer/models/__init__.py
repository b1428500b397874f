"""What is kept of transfers: who is carried by what to where, where they are met, and who stays in which room."""

from wangge.domains.transfer.models.carrying import (
    KEPT,
    OfferedPerson,
    Passenger,
    PeopleOffer,
    TransferAlert,
    TransferPlan,
    TransferSite,
    TransferVehicle,
    Trip,
)
from wangge.domains.transfer.models.meeting import MeetingPoint
from wangge.domains.transfer.models.staying import GuestAsk, InClothing, SiteRoom

__all__ = [
    "KEPT", "GuestAsk", "InClothing", "MeetingPoint", "OfferedPerson", "Passenger", "PeopleOffer", "SiteRoom",
    "TransferAlert", "TransferPlan", "TransferSite", "TransferVehicle", "Trip",
]  # fmt: skip
