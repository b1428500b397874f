"""The verbs of codes. None of them takes a colour and makes it somebody's: a test looks at every one."""

from wangge.domains.codes.actions.appealing import appeal, decide, raise_late
from wangge.domains.codes.actions.carrying import allow, end_all_in, end_link, use_link
from wangge.domains.codes.actions.printing import print_code, void_print
from wangge.domains.codes.actions.publishing import publish
from wangge.domains.codes.actions.verdicts import record_verdict, withdraw_verdict

__all__ = [
    "allow", "appeal", "decide", "end_all_in", "end_link", "print_code", "publish", "raise_late", "record_verdict",
    "use_link", "void_print", "withdraw_verdict",
]  # fmt: skip
