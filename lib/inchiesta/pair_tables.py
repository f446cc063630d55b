"""The two tables of actors together, `pairs` and `silences` (see `inchiesta.tables`)."""

from __future__ import annotations

from inchiesta.schema import REAL, SIGNED, TEXT, UNIT, WHOLE, Column, Table

_UNITS = ("sentence", "paragraph", "window", "document")
_EXPECTED = "units expected if names were dealt at random to the places of names"


def _shared_columns() -> tuple[Column, ...]:
    return (
        Column("actor_a", TEXT, "the actor_id that sorts first"),
        Column("actor_b", TEXT, "the other actor_id"),
        Column("unit", TEXT, "what is counted: two actors meet where one unit names both", values=_UNITS),
        Column("n_together", WHOLE, "units that name both, copies counted once unless asked for"),
    )


def _pair_columns() -> tuple[Column, ...]:
    p_value = "probability that two who meet at all meet so often by chance; 1 for one meeting"
    stability = "share of resamples by origin that keep the pair; empty below 5 origins"
    return (
        *_shared_columns(),
        Column("n_sentences", WHOLE, "sentences that name both, whatever the unit"),
        Column("n_documents", WHOLE, "documents with such a unit, copies included"),
        Column("n_origins", WHOLE, "origins with such a unit"),
        Column("expected", REAL, _EXPECTED),
        Column("npmi", REAL, "normalised pointwise mutual information", limits=SIGNED),
        Column("g2", REAL, "log-likelihood ratio G²"),
        Column("p_value", REAL, p_value, limits=UNIT),
        Column("q_value", REAL, "p_value after Benjamini-Hochberg over all pairs that met", limits=UNIT),
        Column("stability", REAL, stability, nullable=True, limits=UNIT),
    )


def _silence_columns() -> tuple[Column, ...]:
    return (
        *_shared_columns(),
        Column("expected", REAL, _EXPECTED),
        Column("n_documents", WHOLE, "documents that name both anywhere, copies counted like units"),
        Column("expected_documents", REAL, "documents expected to name both by chance"),
        Column("p_value", REAL, "probability of so few or fewer units by chance", limits=UNIT),
        Column("q_value", REAL, "p_value after Benjamini-Hochberg over the pairs tested", limits=UNIT),
    )


PAIRS = Table("pairs", "an unordered pair of actors", ("actor_a", "actor_b"), _pair_columns())
SILENCES = Table(
    "silences",
    "an unordered pair of actors that chance would bring together more often",
    ("actor_a", "actor_b"),
    _silence_columns(),
)
