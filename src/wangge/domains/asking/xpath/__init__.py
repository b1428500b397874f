"""The part of XPath that questionnaires may use, compiled once to functions of Python.

Held to what ODK's engine on the phone answers in the same way; what lies outside is refused when a form is read, with
the place in the cell. ``docs/operate/questionnaires.md`` lists it for authors.
"""

from wangge.domains.asking.xpath.compiling import Compiled, Names, compile_xpath
from wangge.domains.asking.xpath.kinds import Kind, Moment
from wangge.domains.asking.xpath.refusals import Refused

__all__ = ["Compiled", "Kind", "Moment", "Names", "Refused", "compile_xpath"]
