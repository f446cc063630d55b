"""What 05_quotes states, each as the arguments of `Page.state`, and the quotations behind it."""

from __future__ import annotations

import pandas as pd

from inchiesta.statements import Statement, count_noun, withhold

# A matrix wider than this does not fit a page.
MOST_TARGETS = 8
_LONGEST = 160


def count_speakers(quotes: pd.DataFrame, documents: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count the quotations of each speaker.

    Returns
    -------
    pandas.DataFrame
        ``speaker``, ``role``, ``n_quotes``, ``n_direct`` (in marks), ``n_origins``; most quoted first, ties by name.
    """
    named = quotes[quotes["speaker_id"] != ""].merge(documents[["document_id", "origin_id"]], on="document_id")
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    grouped = named.assign(is_direct=named["kind"] != "indirect").groupby("speaker_id", sort=True)
    counted = grouped.agg(
        role=("role", _first_said),
        n_quotes=("quote_id", "size"),
        n_direct=("is_direct", "sum"),
        n_origins=("origin_id", "nunique"),
    )
    table = counted.assign(speaker=[names.get(actor, actor) for actor in counted.index]).reset_index()
    table = table.sort_values(["n_quotes", "speaker"], ascending=[False, True], ignore_index=True)
    return table[["speaker_id", "speaker", "role", "n_quotes", "n_direct", "n_origins"]]


def _first_said(values: pd.Series) -> str:
    return next((value for value in values if value), "")


def list_targets(quotes: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Give whom each quotation names.

    Returns
    -------
    pandas.DataFrame
        ``quote_id``, ``sentence_id``, ``speaker_id``, ``target_id``; one row per quotation of a known speaker
        and actor named inside it, the speaker left out.
    """
    known = quotes.loc[
        quotes["speaker_id"] != "", ["quote_id", "document_id", "sentence_id", "speaker_id", "start_char", "end_char"]
    ]
    named = mentions[["document_id", "start_char", "actor_id"]].rename(
        columns={"start_char": "at", "actor_id": "target_id"}
    )
    joined = known.merge(named, on="document_id")
    inside = joined[(joined["at"] >= joined["start_char"]) & (joined["at"] < joined["end_char"])]
    inside = inside[inside["target_id"] != inside["speaker_id"]]
    return inside[["quote_id", "sentence_id", "speaker_id", "target_id"]].drop_duplicates(ignore_index=True)


def build_matrix(targets: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count how often each speaker names each of the actors named most: speakers by row, at most 8 targets."""
    names = actors.set_index("actor_id")["name"]
    counts = targets.groupby(["speaker_id", "target_id"], sort=True)["quote_id"].nunique()
    wide = counts.unstack(fill_value=0)
    by_target, by_speaker = wide.sum(axis=0).to_dict(), wide.sum(axis=1).to_dict()
    order = sorted(wide.columns, key=lambda actor: (-by_target[actor], actor))[:MOST_TARGETS]
    wide = wide.loc[sorted(wide.index, key=lambda actor: (-by_speaker[actor], actor)), order]
    matrix = wide[wide.sum(axis=1) > 0].rename(columns=lambda actor: names.get(actor, actor))
    return (
        matrix.set_axis([names.get(actor, actor) for actor in matrix.index], axis=0)
        .rename_axis("speaker")
        .reset_index()
    )


def show_quotes(quotes: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Give the quotations as they are listed: speaker, quotation, how it is introduced and on whose word it stands."""
    names = actors.set_index("actor_id")["name"]
    speaker = (
        quotes["speaker_id"]
        .map(names)
        .fillna("")
        .where(quotes["speaker_id"] != "", "(open) " + quotes["speaker_surface"])
    )
    return pd.DataFrame(
        {
            "speaker": speaker.str.strip(),
            "quotation": quotes["text"].map(_shorten),
            "kind": quotes["kind"],
            "cue": quotes["cue"],
            "claim": quotes["claim"],
            "evidentiality": quotes["evidentiality"],
            "confidence": quotes["confidence"].round(2),
            "sentence": quotes["sentence_id"],
        }
    ).reset_index(drop=True)


def show_conflicts(echoes: pd.DataFrame, quotes: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Give the repeated quotations that are given to another speaker than at first."""
    names = actors.set_index("actor_id")["name"]
    by_id = quotes.set_index("quote_id")
    differ = echoes[echoes["speakers"] == "differ"]
    later, first = by_id.reindex(differ["quote_id"]), by_id.reindex(differ["first_quote_id"])
    return pd.DataFrame(
        {
            "quotation": later["text"].map(_shorten).to_numpy(),
            "first given to": first["speaker_id"].map(names).to_numpy(),
            "in": first["sentence_id"].to_numpy(),
            "later given to": later["speaker_id"].map(names).to_numpy(),
            "there": later["sentence_id"].to_numpy(),
            "similarity": differ["similarity"].round(2).to_numpy(),
        }
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def state_quotes(quotes: pd.DataFrame, documents: pd.DataFrame) -> Statement:
    """State how many quotations there are, and of how many the speaker is known."""
    known = quotes[quotes["speaker_id"] != ""]
    return {
        "name": "attributed",
        "statement": "The speaker of {value} " + ("quotation" if len(known) == 1 else "quotations") + " is known.",
        "value": len(known),
        "unit": "quotations",
        "base": f"of {count_noun(len(quotes), 'quotation')} in {count_noun(quotes['document_id'].nunique(), 'text')}"
        f" of {len(documents)}; {int((quotes['kind'] != 'indirect').sum())} in quotation marks",
        "evidence": known["sentence_id"],
    }


def state_most_quoted(speakers: pd.DataFrame, quotes: pd.DataFrame) -> Statement:
    """State who is quoted most; withheld where nobody is quoted twice."""
    statement = "The most quoted is {value}."
    if speakers.empty or speakers["n_quotes"].iloc[0] < 2:
        return withhold("most-quoted", statement, "nobody known by name is quoted twice")
    top = speakers.iloc[0]
    return {
        "name": "most-quoted",
        "statement": statement,
        "value": str(top["speaker"]),
        "unit": "speaker",
        "base": f"{top['n_quotes']} of {int(speakers['n_quotes'].sum())} quotations with a known speaker, "
        f"{count_noun(int(top['n_origins']), 'origin')}",
        "evidence": quotes.loc[quotes["speaker_id"] == top["speaker_id"], "sentence_id"],
        "headline": True,
    }


def state_open(quotes: pd.DataFrame) -> Statement:
    """State how many quotations have no known speaker."""
    left = quotes[quotes["speaker_id"] == ""]
    return {
        "name": "open",
        "statement": "{value} "
        + ("quotation has" if len(left) == 1 else "quotations have")
        + " no speaker known by name.",
        "value": len(left),
        "unit": "quotations",
        "base": f"of {count_noun(len(quotes), 'quotation')}; "
        f"{int((left['speaker_surface'] != '').sum())} of them given to somebody without a name",
        "evidence": left["sentence_id"],
    }


def state_targets(targets: pd.DataFrame, actors: pd.DataFrame) -> Statement:
    """State of whom the quoted speak most."""
    statement = "Those quoted speak most of {value}."
    if targets.empty:
        return withhold("target", statement, "no quotation of a known speaker names another actor")
    counts = targets.groupby("target_id", sort=True)["quote_id"].nunique().sort_values(ascending=False, kind="stable")
    top = counts.index[0]
    spoken = targets[targets["target_id"] == top]
    return {
        "name": "target",
        "statement": statement,
        "value": str(actors.loc[actors["actor_id"] == top, "name"].iloc[0]),
        "unit": "actor",
        "base": f"{int(counts.iloc[0])} of {targets['quote_id'].nunique()} quotations that name somebody, "
        f"{count_noun(spoken['speaker_id'].nunique(), 'speaker')}",
        "evidence": spoken["sentence_id"],
    }


def state_echoes(echoes: pd.DataFrame, quotes: pd.DataFrame) -> Statement:
    """State how many quotations repeat an earlier one outside of copies."""
    apart = echoes[~echoes["is_same_origin"]]
    places = quotes.set_index("quote_id")["sentence_id"]
    return {
        "name": "repeated",
        "statement": "{value} "
        + ("quotation repeats" if len(apart) == 1 else "quotations repeat")
        + " one of another origin.",
        "value": len(apart),
        "unit": "quotations",
        "base": f"of {count_noun(int((quotes['kind'] != 'indirect').sum()), 'quotation')} in marks; "
        f"{len(echoes) - len(apart)} more come again in copies or in the same text",
        "evidence": apart["quote_id"].map(places),
    }


def state_conflicts(echoes: pd.DataFrame, quotes: pd.DataFrame) -> Statement:
    """State how many repeated quotations are given to two speakers."""
    differ = echoes[echoes["speakers"] == "differ"]
    places = quotes.set_index("quote_id")["sentence_id"]
    both = pd.concat([differ["first_quote_id"], differ["quote_id"]])
    return {
        "name": "conflicts",
        "statement": "{value} repeated "
        + ("quotation is" if len(differ) == 1 else "quotations are")
        + " given to another speaker than at first.",
        "value": len(differ),
        "unit": "quotations",
        "base": f"of {count_noun(len(echoes), 'repeated quotation')}",
        "evidence": both.map(places),
        "status": "clear" if differ.empty else "weak",
    }


def state_claims(claims: pd.DataFrame, sentences: pd.DataFrame, *, evidentiality: str) -> Statement:
    """State how many sentences stand on hearsay, or report a denial."""
    spoken = sentences[sentences["language"].isin(("it", "en"))]
    found = claims[(claims["evidentiality"] == evidentiality) & claims["sentence_id"].isin(spoken["sentence_id"])]
    one, many = {
        "hearsay": ("sentence rests", "sentences rest"),
        "denied": ("sentence reports", "sentences report"),
        "attributed": ("sentence is given", "sentences are given"),
    }[evidentiality]
    rest = {"hearsay": "on hearsay", "denied": "a denial", "attributed": "on somebody's word"}[evidentiality]
    return {
        "name": evidentiality,
        "statement": "{value} " + (one if len(found) == 1 else many) + f" {rest}.",
        "value": len(found),
        "unit": "sentences",
        "base": f"of {count_noun(len(spoken), 'sentence')} in Italian or English",
        "evidence": found["sentence_id"],
    }
