"""The verbs of duty: posts and who holds them; invitations, phones, recoveries and sessions."""

from wangge.domains.duty.actions.devices import end_device, enrol, enrol_with, offer_enrolment
from wangge.domains.duty.actions.invitations import accept_invitation, invite, renew_invitation
from wangge.domains.duty.actions.posts import (
    accept,
    create_post,
    end,
    end_past,
    note_card_read,
    offer,
    set_office_phone,
)
from wangge.domains.duty.actions.recoveries import ask_recovery, give_recovery, recover
from wangge.domains.duty.actions.secrets import change_secret, factor_changed
from wangge.domains.duty.actions.sittings import close_account, drop_sittings, end_others, end_sitting

__all__ = [
    "accept", "accept_invitation", "ask_recovery", "change_secret", "close_account", "create_post", "drop_sittings",
    "end", "end_device", "end_others", "end_past", "end_sitting", "enrol", "enrol_with",
    "factor_changed", "give_recovery", "invite", "note_card_read",
    "offer", "offer_enrolment", "recover", "renew_invitation", "set_office_phone",
]  # fmt: skip
