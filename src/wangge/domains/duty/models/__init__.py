"""Accounts and posts, and what an account gets in with."""

from wangge.domains.duty.models.entry import Code, Device, Enrolment, Recovery, Sitting
from wangge.domains.duty.models.posts import Account, ApiToken, Holding, Post, PostGrid

__all__ = [
    "Account", "ApiToken", "Code", "Device", "Enrolment", "Holding", "Post", "PostGrid", "Recovery", "Sitting",
]  # fmt: skip
