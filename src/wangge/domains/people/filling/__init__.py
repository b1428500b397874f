"""A whole city's register at once: millions of rows of one text file, read, checked, sealed and indexed by all cores.

What is plain (somebody new at a home where nobody is on record; somebody known, with nothing to add) is decided by
the database for all rows at once. Every other row goes through ``rows.take_people``, so that there is one set of rules.
"""
