"""The root of every error this program raises on purpose."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802
    """Mark `text` for translation without translating it; the program translates when it shows it."""
    return text


class Term(str):
    """A value of a message that is words of the program, not of the user, and is translated with it."""

    __slots__ = ()


class ReviewError(Exception):
    """Something a person can act on: what happened and what to do, in one or two sentences.

    `template` is the untranslated message with `{names}`, `values` what fills them; `str()` gives the
    English text. The program looks the template up in the reader's language.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values) if values else template)


class LoadError(ReviewError):
    """A file that cannot become a report."""
