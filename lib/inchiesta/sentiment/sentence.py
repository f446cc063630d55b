"""The tone words of a batch after their shifters, and each beside every name of its sentence."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from inchiesta.sentiment.matches import Matches, Reals, find_matches
from inchiesta.sentiment.pages import Flags, Names, Pages
from inchiesta.sentiment.roles import (
    STRONG_BORDER,
    WEAK_BORDER,
    are_objects,
    find_constructions,
    find_places,
    keep_best,
    nearness,
    weigh,
)
from inchiesta.sentiment.shift import Borders, carry_own, find_borders, pair_up, shift_scores
from inchiesta.sentiment.words import Whole

# What a comma and a stronger border leave of the weight where only one is named.
ALONE_WEAK, ALONE_STRONG = 0.8, 0.6
# What is left where a noun is rather the object of another verb ("arrested the thieves").
OBJECT = 0.25
# Up to this many words in quotation marks are the narrator's distance or emphasis rather than someone's speech, and
# may colour a name outside the marks.
SHORT_QUOTE = 5


@dataclass(frozen=True)
class Tones:
    """Tone words in the order of the texts: where, score after shifters, quotation they stand in (-1 for none)."""

    matches: Matches
    score: Reals
    quote: Whole
    construction: Whole

    def __len__(self) -> int:
        return len(self.score)

    def words(self, pages: Pages) -> list[str]:
        """Give them as written, with the sign of their score."""
        starts, ends = pages.starts[self.matches.first].tolist(), pages.ends[self.matches.last - 1].tolist()
        signs = np.where(self.score > 0, "+", "-").tolist()
        return [sign + pages.text[start:end] for sign, start, end in zip(signs, starts, ends, strict=True)]


@dataclass(frozen=True)
class Pairs:
    """Every tone word beside every name of its sentence.

    Attributes
    ----------
    tone, name : rows of the tones and of the names
    place : column of `PLACES`
    near : nearness, 0 to 1
    weak, strong : borders between them
    fit : how well the word fits the name by construction, distance and borders, whoever else is named
    weight : the same, 0 where another name fits much better or another voice speaks
    """

    tone: Whole
    name: Whole
    place: Whole
    near: Reals
    weak: Whole
    strong: Whole
    fit: Reals
    weight: Reals


def find_tones(pages: Pages) -> tuple[Tones, Borders]:
    """Give the tone words of a batch that keep some of their tone, and the borders of its clauses."""
    matches = find_matches(pages)
    shifters = matches.only((matches.shift > 0) & ~matches.is_shift("stop"))
    borders = find_borders(pages, shifters)
    found = matches.only((matches.score != 0) & carry_own(matches))
    found = found.only(~_are_names(pages, found))
    score = shift_scores(pages, found, shifters, borders)
    found, score = found.only(score != 0), score[score != 0]
    quote = pages.quote_at(pages.starts[found.first])
    return Tones(found, score, quote, find_constructions(pages, found)), borders


def _are_names(pages: Pages, found: Matches) -> Flags:
    """Give which words stand inside a mention, or are capitalised as names are."""
    edges = np.zeros(len(pages.starts) + 1, dtype=np.int64)
    np.add.at(edges, pages.names.first, 1)
    np.add.at(edges, pages.names.last, -1)
    covered = np.concatenate([[0], np.cumsum(np.cumsum(edges)[:-1] > 0)])
    return np.asarray((covered[found.last] > covered[found.first]) | pages.capitals()[found.first], dtype=bool)


def pair_tones(pages: Pages, tones: Tones, borders: Borders) -> Pairs:
    """Give every tone word beside every name of its sentence."""
    tone, name = pair_up(tones.matches.sentence, pages.names.sentence)
    matches = tones.matches.only(tone)
    names = Names(*(getattr(pages.names, field.name)[name] for field in fields(Names)))
    place = find_places(pages, matches, names.first)
    near = nearness(matches, names)
    weak, strong = borders.between(pages.starts[matches.first], names.start)
    # Where nobody else is named, a clause of its own mostly speaks of the same one ("is bright but dishonest").
    alone = (np.bincount(pages.names.sentence, minlength=len(pages.firsts)) == 1)[names.sentence]
    across_weak, across_strong = np.where(alone, ALONE_WEAK, WEAK_BORDER), np.where(alone, ALONE_STRONG, STRONG_BORDER)
    fit = weigh(tones.construction[tone], place) * near * across_weak**weak * across_strong**strong
    fit = fit * np.where(are_objects(pages, matches, names), OBJECT, 1.0)
    across = _across_voices(pages, tones.quote[tone], pages.quote_at(names.start))
    return Pairs(tone, name, place, near, weak, strong, fit, keep_best(fit * across, tone))


def _across_voices(pages: Pages, quote: Whole, quote_of_name: Whole) -> Reals:
    """Give what is left of weights where word and name stand in different voices.

    A name outside a longer quotation is mostly the speaker, whom his own words do not colour.
    """
    if not len(pages.quotes):
        return np.ones(len(quote))
    tokens = np.searchsorted(pages.starts, pages.quotes)
    short = (tokens[:, 1] - tokens[:, 0] <= SHORT_QUOTE)[quote]
    quoted = np.where(short, 1.0, 0.0)
    return np.where(quote == quote_of_name, 1.0, np.where(quote < 0, STRONG_BORDER, quoted))
