"""Counting: in which pieces of text two actors meet, and which mentions and texts count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inchiesta.errors import ParameterError

UNITS = ("sentence", "paragraph", "window", "document")
FORMS = ("name", "acronym", "demonym", "seat")
# Seats and demonyms stand for a state only in a manner of speaking: they do not put it into the sentence.
PAIR_FORMS = ("name", "acronym")


@dataclass(frozen=True)
class Counting:
    """How it is counted who meets whom; the same for pairs, silences, the network and their evidence.

    Attributes
    ----------
    unit : str
        Where two actors meet: *sentence*; *paragraph*; *window*, so many sentences in a row; *document*, anywhere in
        a text. The larger the unit, the more pairs meet and the less a meeting says.
    window : int
        Sentences in a window, 2 and up; read only where the unit is a window.
    count_copies : bool
        Whether each copy of a text counts, or only one document of each origin.
    forms : tuple of str
        Forms of mention that count. Seats and demonyms stand for a state only in a manner of speaking.

    Raises
    ------
    ParameterError
        If there is no such unit or form, a window would hold less than two sentences, or copies are neither counted
        nor not.

    Notes
    -----
    Windows follow one another and do not overlap, each inside one document (its last may be shorter): a sliding window
    would count one meeting several times, and no test could take its counts for independent. So two names in
    neighbouring sentences may fall into two windows.

    Examples
    --------
    >>> Counting(unit="window", window=5).count_copies
    False
    """

    unit: str = "sentence"
    window: int = 3
    count_copies: bool = False
    forms: tuple[str, ...] = PAIR_FORMS

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ParameterError(f"parameter 'unit' takes {', '.join(UNITS)}; got '{self.unit}'")
        if isinstance(self.window, bool) or not isinstance(self.window, int):
            raise ParameterError(f"parameter 'window' takes a whole number of sentences, got {self.window!r}")
        if self.unit == "window" and self.window < 2:
            raise ParameterError(
                f"parameter 'window' takes 2 sentences or more, got {self.window}; use unit='sentence' for one"
            )
        if not isinstance(self.count_copies, bool):
            raise ParameterError(f"parameter 'count_copies' takes True or False, got {self.count_copies!r}")
        if not self.forms or not set(self.forms) <= set(FORMS):
            raise ParameterError(f"parameter 'forms' takes some of {', '.join(FORMS)}; got {self.forms!r}")

    def with_copies(self) -> Counting:
        """Give the same counting with every copy counted."""
        return replace(self, count_copies=True)


# How it is counted unless somebody says otherwise.
BY_SENTENCE = Counting()
