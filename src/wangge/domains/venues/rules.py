"""Policy of venues: kinds, and how co-presence is ranked."""

from enum import StrEnum


class VenueKind(StrEnum):
    MARKET = "market"
    RESTAURANT = "restaurant"
    SHOP = "shop"
    PETROL = "petrol"
    PHARMACY = "pharmacy"
    HOTEL = "hotel"
