"""Questionnaires on a page: filled in with Web Forms where the browser can, with a plain form everywhere."""
