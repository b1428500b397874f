"""What is said of an expression that cannot be used. Each says what to write instead."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "xpath_too_long": _("The expression is longer than %(most)s characters. Split it with a calculate."),
    "xpath_too_deep": _("More than %(most)s steps lie within each other. Split the expression with a calculate."),
    "xpath_text_open": _("The quotation mark %(text)s has no partner. Add it where the text ends."),
    "xpath_sign": _("The sign “%(text)s” means nothing here. Correct or delete it."),
    "xpath_unexpected": _("“%(text)s” was not expected here. Look for a missing operator, comma or bracket before it."),
    "xpath_ends": _("The expression stops too early. Look for a missing bracket or operand."),
    "xpath_no_such_path": _("“%(text)s” is not used here. Refer to another answer as ${name}."),
    "xpath_no_such_question": _("There is no question “%(name)s”. Correct the name, or add the question."),
    "xpath_no_such_function": _(
        "There is no function “%(name)s” that phone and server both have. docs/operate/questionnaires.md lists those."
    ),
    "xpath_arguments": _("%(name)s() takes %(least)s to %(most)s values. Count the commas."),
    "xpath_cyclic": _("These wait for each other: %(names)s. Let one of them not depend on the others."),
    "xpath_no_answer_here": _("“.” is the answer at hand and stands only in a constraint. Write ${name} instead."),
    "xpath_once_elsewhere": _("once() stands only in a calculation. Move it there."),
    "xpath_no_condition": _("This is no condition. Compare it with something, such as ${name} != ''."),
    "xpath_condition_compared": _("A condition is not compared. Use and, or and not() instead."),
    "xpath_condition_as_text": _("A condition is no value. Write if(condition, 'yes', 'no')."),
    "xpath_no_number": _("This is no number. Calculate with numbers only."),
    "xpath_mixed_compared": _("This is sometimes text and sometimes a number. Write number() or string() around it."),
    "xpath_date_with_other": _("A date is compared with a date only. Write date('2026-11-27') or today()."),
    "xpath_date_arithmetic": _("A date can only be moved by days, as in today() - 14."),
    "xpath_date_written": _("date() is for a date that is written out, date('2026-11-27'). Use ${name} by itself."),
    "xpath_days_as_text": _("Days counted from a date are no value. Compare them, or ask for the date."),
    "xpath_span_rounded": _("The days between two dates are rounded first: round(today() - ${name})."),
    "pattern_not_written": _("The pattern of regex() is written out between quotation marks. Write it there."),
    "pattern_not_whole": _("The pattern “%(text)s” must stand for the whole answer. Begin with ^, end with $."),
    "pattern_choice_outside": _("Put the choices of the pattern “%(text)s” in brackets: ^(a|b)$."),
    "pattern_bracket_open": _("The bracket “%(text)s” in the pattern has no partner or nothing in it. Complete it."),
    "pattern_sign": _("Phones and server read “%(text)s” in a pattern differently. Write it in another way."),
    "pattern_escape": _("“%(text)s” in a pattern is not read alike everywhere. Name the characters in [ ] instead."),
    "pattern_repeat_in_repeat": _("A repeat within a repeat can take for ever. Write the pattern with one of them."),
    "pattern_too_loose": _("The pattern “%(text)s” fits in too many ways. Give its repeats limits, such as {1,20}."),
}
