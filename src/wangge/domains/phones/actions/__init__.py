"""The verbs of phones: hear from one, give it keys and doors, take what it sent."""

from wangge.domains.phones.actions.contact import Heard, destroy_keys, hear
from wangge.domains.phones.actions.handing import Given, Parcel, hand_out
from wangge.domains.phones.actions.inbox import Answered, Refused, Replayed, take

__all__ = ["Answered", "Given", "Heard", "Parcel", "Refused", "Replayed", "destroy_keys", "hand_out", "hear", "take"]
