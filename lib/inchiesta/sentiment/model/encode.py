"""Described targets as a sparse matrix: one column for each gram met often enough, and one for each sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack

from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.ask import GRAMS
from inchiesta.sentiment.model.features import NAME, Described, gram_codes
from inchiesta.sentiment.model.weights import NAME_WORD, Family
from inchiesta.sentiment.words import Whole

# What was met once teaches nothing that its parts do not.
FEWEST = 2


@dataclass(frozen=True)
class Layout:
    """The columns: of each family its lemmas, sorted; behind them the sums."""

    families: dict[str, Whole]
    n_sums: int

    @property
    def n_grams(self) -> int:
        """The number of columns of grams."""
        return sum(len(codes) for codes in self.families.values())

    def to_matrix(self, described: Described) -> csr_matrix:
        """Give the matrix, targets by columns; grams are scaled so that those of a target weigh the same together."""
        rows, columns, offsets = [], [], self._offsets()
        for name, row, code in gram_codes(described):
            known = self.families.get(name)
            if known is not None and len(known):
                place = np.minimum(np.searchsorted(known, code), len(known) - 1)
                here = known[place] == code
                rows.append(row[here])
                columns.append(place[here] + offsets[name])
        row, column = np.concatenate(rows), np.concatenate(columns)
        grams = csr_matrix((np.ones(len(row)), (row, column)), shape=(described.size, self.n_grams))
        number = np.maximum(np.asarray(grams.sum(axis=1)).ravel(), 1.0)
        sums = csr_matrix(
            (described.sum_values, (described.sum_rows, described.sum_columns)), shape=(described.size, self.n_sums)
        )
        return csr_matrix(hstack([diags(GRAMS / np.sqrt(number)) @ grams, sums]))

    def to_families(self, weights: Reals, lemmas: dict[str, int]) -> tuple[tuple[str, ...], dict[str, Family]]:
        """Give the lemmas met, and the weights (columns by label) by family with lemmas numbered anew.

        ``lemmas`` are the numbers the description used.
        """
        names = {number: lemma for lemma, number in lemmas.items()} | {NAME: NAME_WORD}
        used = np.unique(np.concatenate(list(self.families.values())))
        ordered = sorted((names[number], number) for number in used.tolist())
        renumbered = np.full(int(used.max()) + 1 - NAME, -1)
        renumbered[[number - NAME for _, number in ordered]] = np.arange(len(ordered))
        families, offsets = {}, self._offsets()
        for name, known in self.families.items():
            of_family = weights[offsets[name] : offsets[name] + len(known)]
            families[name] = Family(renumbered[known - NAME], of_family)
        return tuple(lemma for lemma, _ in ordered), families

    def _offsets(self) -> dict[str, int]:
        sizes = [len(codes) for codes in self.families.values()]
        return dict(zip(self.families, np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))


def lay_out(described: Described, inside: Whole) -> Layout:
    """Give the columns that some targets need (by row)."""
    here = np.zeros(described.size, dtype=bool)
    here[inside] = True
    met: dict[str, list[Whole]] = {}
    for name, rows, lemmas in gram_codes(described):
        met.setdefault(name, []).append(lemmas[here[rows]])
    families: dict[str, Whole] = {}
    for name, parts in met.items():
        found, n = np.unique(np.concatenate(parts), return_counts=True)
        families[name] = found[n >= FEWEST]
    return Layout(families, described.n_sums)
