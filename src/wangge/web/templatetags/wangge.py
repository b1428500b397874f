"""Template tags of the house."""

from typing import Any

from django import template

from wangge.web.resident.line import line

register = template.Library()


@register.inclusion_tag("wangge/parts/notice_line.html", takes_context=True)
def notice_line(context: Any, form: str, response: Any = None, right: str = "") -> dict[str, Any]:
    """For what a form collects, on which ground, until when. Every form that takes personal data begins with it."""
    return line(context.get("request"), form, response, right)
