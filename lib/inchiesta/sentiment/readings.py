"""What 04_sentiment states, each as the arguments of `Page.state`, and the sentences behind it."""

from __future__ import annotations

import pandas as pd

from inchiesta.statements import Statement, count_noun, withhold


def sentences_toned(tones: pd.DataFrame, actor_id: str, *, voice: str) -> list[str]:
    """Give the ids of the sentences in which ``voice`` speaks of the actor with tone, strongest first."""
    found = tones[(tones["actor_id"] == actor_id) & (tones["voice"] == voice) & (tones["score"] != 0)]
    ranked = found.assign(strength=found["score"].abs()).sort_values(
        ["strength", "sentence_id"], ascending=[False, True]
    )
    return ranked["sentence_id"].tolist()


def count_tone_words(tones: pd.DataFrame, *, voice: str) -> pd.DataFrame:
    """Count the words that carried tone in ``voice``.

    Returns
    -------
    pandas.DataFrame
        ``word`` with its sign, ``n_sentences``; most frequent first, ties by word.
    """
    spoken = tones[tones["voice"] == voice]
    words = spoken[["sentence_id", "words"]].explode("words").dropna().drop_duplicates()
    counts = words.groupby("words")["sentence_id"].nunique().rename("n_sentences").rename_axis("word").reset_index()
    return counts.sort_values(["n_sentences", "word"], ascending=[False, True], ignore_index=True)


def show_toned_sentences(
    tones: pd.DataFrame, sentences: pd.DataFrame, actors: pd.DataFrame, *, voice: str, evidentiality: pd.Series
) -> pd.DataFrame:
    """Give the sentences of ``voice`` with tone toward an actor, each with on whose word it stands.

    Returns
    -------
    pandas.DataFrame
        ``actor``, ``score`` (-1 to 1), ``words`` (with their signs), ``sentence``, ``evidentiality``; strongest first.
    """
    spoken = tones[(tones["voice"] == voice) & (tones["actor_id"] != "") & (tones["score"] != 0)]
    texts, names = sentences.set_index("sentence_id")["text"], actors.set_index("actor_id")["name"]
    table = pd.DataFrame(
        {
            "actor": spoken["actor_id"].map(names),
            "score": spoken["score"].round(2),
            "words": spoken["words"].map(", ".join),
            "sentence": spoken["sentence_id"].map(texts),
            "evidentiality": spoken["sentence_id"].map(evidentiality),
            "sentence_id": spoken["sentence_id"],
        }
    )
    table = table.assign(strength=table["score"].abs()).sort_values(
        ["strength", "sentence_id", "actor"], ascending=[False, True, True], ignore_index=True
    )
    return table.drop(columns=["strength", "sentence_id"])


def state_coverage(
    tones: pd.DataFrame, sentences: pd.DataFrame, *, languages: tuple[str, ...] = ("it", "en")
) -> Statement:
    """State in how many sentences tone was found at all."""
    scored = sentences[sentences["language"].isin(languages)]
    toned = scored.loc[scored["sentence_id"].isin(tones["sentence_id"]), "sentence_id"]
    silent = len(sentences) - len(scored)
    return {
        "name": "toned",
        "statement": "{value} " + ("sentence holds" if len(toned) == 1 else "sentences hold") + " a word of tone.",
        "value": len(toned),
        "unit": "sentences",
        "base": f"of {count_noun(len(scored), 'sentence')}"
        + (f"; {silent} in other languages not scored" if silent else ""),
        "evidence": toned,
    }


def state_extreme(
    summary: pd.DataFrame, tones: pd.DataFrame, actors: pd.DataFrame, *, voice: str, worst: bool = True
) -> Statement:
    """State of whom ``voice`` speaks worst (or best); withheld where no actor has enough sentences."""
    name = f"{'worst' if worst else 'best'}-{voice}"
    who = "The narrator speaks" if voice == "narrator" else "Quoted voices speak"
    statement = f"{who} {'worst' if worst else 'best'} of {{value}}."
    shown = summary[summary["status"] != "withheld"]
    sided = shown[shown["score"] < 0] if worst else shown[shown["score"] > 0]
    if sided.empty:
        return withhold(name, statement, _why(summary, shown, worst=worst))
    top = sided.sort_values(["score", "actor_id"], ascending=[worst, True]).iloc[0]
    return {
        "name": name,
        "statement": statement,
        "value": str(actors.loc[actors["actor_id"] == top["actor_id"], "name"].iloc[0]),
        "unit": "actor",
        "base": f"mean {top['score']:+.2f}{_interval(top)} on a scale from -1 to 1, "
        f"{count_noun(int(top['n_sentences']), 'toned sentence')}, {count_noun(int(top['n_origins']), 'origin')}",
        "evidence": sentences_toned(tones, top["actor_id"], voice=voice),
        "status": top["status"],
        "headline": worst and voice == "narrator",
    }


def _interval(row: pd.Series) -> str:
    return "" if pd.isna(row["low"]) else f" ({row['low']:+.2f} to {row['high']:+.2f})"


def _why(summary: pd.DataFrame, shown: pd.DataFrame, *, worst: bool) -> str:
    if summary.empty:
        return "no sentence of this voice speaks of an actor with tone"
    if shown.empty:
        most = count_noun(int(summary["n_sentences"].max()), "toned sentence")
        return f"no actor has enough toned sentences to be compared; the most is {most}"
    return f"of the actors with enough sentences, none is spoken of {'badly' if worst else 'well'} on the whole"
