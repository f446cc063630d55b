"""The two tables of the network, `nodes` and `edges` (see `inchiesta.tables`)."""

from __future__ import annotations

from inchiesta.schema import REAL, SIGNED, TEXT, UNIT, WHOLE, Column, Table


def _node_columns() -> tuple[Column, ...]:
    def interval(measure: str) -> tuple[Column, ...]:
        about = "end of its interval over resamples by origin; empty below 5 origins"
        return tuple(Column(f"{measure}_{end}", REAL, f"{end} {about}", nullable=True) for end in ("low", "high"))

    return (
        Column("actor_id", TEXT, "the actor"),
        Column("name", TEXT, "the name shown"),
        Column("kind", TEXT, "kind of the actor", values=("PER", "ORG", "LOC", "OTHER")),
        Column("community", TEXT, "c1, c2 ... by falling number of actors; empty where no pair survives chance"),
        Column("degree", WHOLE, "edges that survive chance"),
        *interval("degree"),
        Column("strength", WHOLE, "n_origins of these edges, added up"),
        *interval("strength"),
        Column("betweenness", REAL, "share of the shortest paths between two others that lead over it", limits=UNIT),
        *interval("betweenness"),
        Column("n_mentions", WHOLE, "mentions"),
        Column("n_origins", WHOLE, "origins with a mention"),
    )


def _edge_columns() -> tuple[Column, ...]:
    about = "clear: it survives chance; weak: no pair does, and this is one of the strongest"
    return (
        Column("actor_a", TEXT, "the actor_id that sorts first"),
        Column("actor_b", TEXT, "the other actor_id"),
        Column("unit", TEXT, "as in pairs", values=("sentence", "paragraph", "window", "document")),
        Column("n_origins", WHOLE, "origins with a unit that names both"),
        Column("n_together", WHOLE, "units that name both, copies counted once unless asked for"),
        Column("expected", REAL, "as in pairs"),
        Column("npmi", REAL, "normalised pointwise mutual information", limits=SIGNED),
        Column("q_value", REAL, "as in pairs", limits=UNIT),
        Column("stability", REAL, "as in pairs", nullable=True, limits=UNIT),
        Column("status", TEXT, about, values=("clear", "weak")),
    )


NODES = Table("nodes", "one actor of the network", ("actor_id",), _node_columns())
EDGES = Table("edges", "one tie of the network", ("actor_a", "actor_b"), _edge_columns())
