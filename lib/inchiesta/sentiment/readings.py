"""What 04_sentiment states, each as the arguments of `Page.state`, and the sentences behind it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from inchiesta.statements import Statement, count_noun, withhold

# A matrix wider than this does not fit a page.
MOST_TARGETS = 6
# Of the differences stated, one in twenty may be chance.
FALSE_SHARE = 0.05


def sentences_toned(tones: pd.DataFrame, actor_id: str, *, voice: str) -> list[str]:
    """Give the ids of the sentences in which ``voice`` (empty: any) speaks of the actor with tone, strongest first."""
    found = tones[(tones["actor_id"] == actor_id) & (tones["label"] != "neutral")]
    found = found[found["voice"] == voice] if voice else found
    ranked = found.assign(strength=found["score"].abs()).sort_values(
        ["strength", "sentence_id"], ascending=[False, True]
    )
    return ranked["sentence_id"].drop_duplicates().tolist()


def mark_words(sentence: str, words: Sequence[str]) -> str:
    """Give a sentence with the words that carried its tone in brackets, with their sign.

    >>> mark_words("Ha tradito gli alleati.", ["-tradito"])
    'Ha [−tradito] gli alleati.'
    """
    for signed in dict.fromkeys(words):
        sign, word = signed[:1].replace("-", "−"), signed[1:]
        sentence = re.sub(rf"(?<![\w−+])({re.escape(word)})(?!\w)", rf"[{sign}\1]", sentence, count=1)
    return sentence


def compare_methods(tones: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Count how the trained model and the rules alone label the same sentences and actors.

    Returns
    -------
    pandas.DataFrame
        ``by the model`` and a column for each label by rules; *nothing* where one of the two has no row.
    """
    keys = ["sentence_id", "actor_id"]
    sides = [_strongest(table[table["actor_id"] != ""]).set_index(keys)["label"] for table in (tones, rules)]
    both = pd.concat(sides, axis=1, keys=["by the model", "by rules"]).fillna("nothing")
    order = ["negative", "not clear", "neutral", "positive", "nothing"]
    counted = both.value_counts().unstack(fill_value=0).reindex(index=order, columns=order, fill_value=0)
    return counted.astype("int64").rename_axis("by the model").rename_axis(columns=None).reset_index()


def _strongest(tones: pd.DataFrame) -> pd.DataFrame:
    ranked = tones.assign(strength=tones["score"].abs()).sort_values("strength", ascending=False, kind="stable")
    return ranked.drop_duplicates(["sentence_id", "actor_id"])


def count_scored(sentences: pd.DataFrame, *, languages: tuple[str, ...] = ("it", "en")) -> pd.DataFrame:
    """Count the sentences of each language, and say which are scored."""
    counted = sentences["language"].value_counts().rename_axis("language").rename("n_sentences").reset_index()
    counted = counted.assign(scored=counted["language"].isin(languages).map({True: "scored", False: "not scored"}))
    return counted.sort_values(["n_sentences", "language"], ascending=[False, True], ignore_index=True)


def name_summary(summary: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Give a summary as it is shown: names for ids, a number only where there is enough to say one."""
    names = actors.set_index("actor_id")["name"]
    shown = summary.assign(tone=[_cell(row) for row in summary.to_dict("records")])
    for column in ("actor_id", "speaker_id"):
        if column in shown:
            shown[column] = shown[column].map(lambda actor: names.get(actor, actor))
    shown = shown.rename(columns={"actor_id": "actor", "speaker_id": "speaker"})
    return shown.drop(columns=["score", "low", "high", "status"])


def build_matrix(summary: pd.DataFrame, actors: pd.DataFrame, *, most: int = MOST_TARGETS) -> pd.DataFrame:
    """Give the matrix of speakers by actors spoken of: mean tone and number of sentences, or that there is too little.

    ``summary`` is by speaker_id and actor_id; the actors spoken of most make the columns, at most ``most``.
    """
    names = actors.set_index("actor_id")["name"]
    table = summary.assign(cell=[_cell(row) for row in summary.to_dict("records")])
    totals = table.groupby("actor_id")["n_sentences"].sum().sort_index().sort_values(ascending=False, kind="stable")
    kept = table[table["actor_id"].isin(totals.index[:most])]
    wide = kept.pivot(index="speaker_id", columns="actor_id", values="cell").fillna("")
    heard = kept.groupby("speaker_id")["n_sentences"].sum().sort_index().sort_values(ascending=False, kind="stable")
    wide = wide.reindex(index=heard.index, columns=[actor for actor in totals.index[:most] if actor in wide])
    wide = wide.rename(index=lambda actor: names.get(actor, actor), columns=lambda actor: names.get(actor, actor))
    return wide.rename_axis("speaker").rename_axis(columns=None).reset_index()


def _cell(row: Mapping[Hashable, Any]) -> str:
    """Give a cell in words: the mean with its interval and base, or that there is too little."""
    n = int(row["n_sentences"])
    if row["status"] == "withheld":
        return f"too little ({count_noun(n, 'sentence')})"
    interval = "" if pd.isna(row["low"]) else f" ({row['low']:+.2f} to {row['high']:+.2f})"
    return f"{row['score']:+.2f}{interval}, {count_noun(n, 'sentence')}"


def show_differences(compared: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Give the differences as they are listed, the surest first."""
    names = actors.set_index("actor_id")["name"]
    sides = {
        side: [
            f"{name}: {score:+.2f} ({count_noun(n, 'sentence')}, {count_noun(origins, 'origin')})"
            for name, score, n, origins in zip(
                compared[side], compared[f"score_{side}"], compared[f"n_{side}"], compared[f"origins_{side}"],
                strict=True,
            )
        ]
        for side in ("one", "other")
    }  # fmt: skip
    interval = [f"{low:+.2f} to {high:+.2f}" for low, high in zip(compared["low"], compared["high"], strict=True)]
    return pd.DataFrame(
        {
            "actor": compared["actor_id"].map(lambda actor: names.get(actor, actor)), **sides,
            "difference": compared["difference"].round(2), "interval": interval, "q": compared["q_value"].round(3),
        }
    )  # fmt: skip


def state_difference(
    compared: pd.DataFrame,
    tones: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    voice: str = "narrator",
) -> Statement:
    """State the surest difference between two outlets; withheld where none is surer than chance."""
    name, statement = "difference", "Outlets differ most surely over {value}."
    if compared.empty:
        return withhold(name, statement, "no two outlets have enough toned sentences of one actor to be compared")
    top = compared.iloc[0]
    if top["q_value"] >= FALSE_SHARE:
        tried = count_noun(len(compared), "comparison")
        return withhold(name, statement, f"of {tried} none is larger than chance would have it")
    of_pair = documents.loc[documents["source"].isin([top["one"], top["other"]]), "document_id"]
    there = sentences.loc[sentences["document_id"].isin(of_pair), "sentence_id"]
    evidence = sentences_toned(tones[tones["sentence_id"].isin(there)], top["actor_id"], voice=voice)
    return {
        "name": name,
        "statement": statement,
        "value": str(actors.loc[actors["actor_id"] == top["actor_id"], "name"].iloc[0]),
        "unit": "actor",
        "base": f"{top['one']} {top['score_one']:+.2f}, {top['other']} {top['score_other']:+.2f}; difference "
        f"{top['difference']:+.2f} ({top['low']:+.2f} to {top['high']:+.2f}), "
        f"{count_noun(int(top['n_one'] + top['n_other']), 'sentence')}",
        "evidence": evidence,
        "headline": True,
    }


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
        ``actor``, ``speaker`` (where one is known), ``label``, ``score`` (-1 to 1), ``by_rules`` (the same by the word
        lists alone), ``sentence`` with the words that carried it marked, ``evidentiality``; strongest first.
    """
    spoken = tones[(tones["voice"] == voice) & (tones["actor_id"] != "") & (tones["label"] != "neutral")]
    texts, names = sentences.set_index("sentence_id")["text"], actors.set_index("actor_id")["name"]
    table = pd.DataFrame(
        {
            "actor": spoken["actor_id"].map(names),
            "speaker": spoken["speaker_id"].map(lambda actor: names.get(actor, actor)),
            "label": spoken["label"],
            "score": spoken["score"].round(2),
            "by_rules": spoken["rule_score"].round(2),
            "sentence": [
                mark_words(texts[sentence], words)
                for sentence, words in zip(spoken["sentence_id"], spoken["words"], strict=True)
            ],
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
