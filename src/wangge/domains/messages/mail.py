"""E-mail over SMTP, with Django's own back end. The parcel's id is the Message-ID: a mailbox knows it again."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from wangge.domains.messages.composing import Parcel
from wangge.domains.messages.rules import Why


def configured() -> bool:
    return bool(settings.WANGGE_MAIL and settings.WANGGE_MAIL_FROM)


def hand_over(parcel: Parcel) -> Why:
    """Hand one mail over. Never raises and never names the address."""
    host = settings.WANGGE_MAIL_FROM.rpartition("@")[2] or "localhost"
    mail = EmailMessage(
        parcel.subject, parcel.text, settings.WANGGE_MAIL_FROM, [parcel.to],
        headers={"Message-ID": f"<{parcel.id}@{host}>"},
        connection=EmailBackend(**settings.WANGGE_MAIL, timeout=settings.WANGGE_GATEWAY_SECONDS),
    )  # fmt: skip
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        return _by_code(min(code for code, _said in error.recipients.values()))
    except smtplib.SMTPDataError as error:
        return _by_code(error.smtp_code)
    except (UnicodeError, ValueError):
        return Why.REFUSED
    except (OSError, smtplib.SMTPException):
        return Why.UNAVAILABLE
    return Why.NONE


def _by_code(code: int) -> Why:
    """From 500 on a mailbox does not exist; below, the server only asks for patience (RFC 5321, greylisting)."""
    return Why.REFUSED if code >= 500 else Why.UNAVAILABLE
