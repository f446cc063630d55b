"""The table `tones`: scored mentions joined with the actors they name and with the quotations they stand in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from inchiesta.errors import ParameterError
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.pages import Flags
from inchiesta.sentiment.score import SENTENCE_AS_SUCH
from inchiesta.sentiment.words import Whole
from inchiesta.tables import empty_table, table_of

METHODS = ("model", "rules")
VOICES = ("narrator", "quoted", "reported")
NARRATOR, QUOTED, REPORTED = range(3)
LABELS = ("negative", "not clear", "neutral", "positive")
NEGATIVE, NOT_CLEAR, NEUTRAL, POSITIVE = range(4)

# By rules. A single weak word a few tokens away gives about .15: below .2 a score is no attitude.
LABEL_SCORE = 0.2
# One strong word right beside the name gives about .45: from there on the label is shown as clear.
CLEAR_SCORE = 0.4
# Words the model found have no score by rules; they tell the voice like a weak word of the lists.
LEAST_SCORE = 0.05


@dataclass(frozen=True)
class _Spoken:
    """Rows of scored targets apart by voice: row, voice, row of the quotation (-1 for none), score by rules, words."""

    row: Whole
    voice: Whole
    quote: Whole
    rule_score: Reals
    words: list[list[str]]


def gather_tones(
    scored: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame, *, method: str = "model"
) -> pd.DataFrame:
    """Give the table `tones` from scored mentions: one row per sentence, actor, voice and speaker.

    Parameters
    ----------
    scored : DataFrame
        What `inchiesta.sentiment.score.score_tones` returns.
    mentions, quotes : DataFrame
        The tables of these names, with resolved actors and speakers.
    method : str, default "model"
        Whose score and label are given: of the *model*, or of the *rules* alone.

    Returns
    -------
    DataFrame
        The table `tones`. `actor_id` is empty for the sentence as such. The voice is that of the words that carried the
        tone: quoted inside a quotation, reported in one without marks, the narrator's elsewhere. By rules a target is
        scored in each voice; the model says one thing of a target, which is given to the voice its words weigh most in.
        Several mentions of an actor in a sentence give the mean of their scores and their words together; they are
        clear where those that are clear agree. What the word lists find toned and the model does not is not clear.
        Sorted by sentence, actor, voice and speaker.

    Raises
    ------
    ParameterError
        If there is no such method.

    Notes
    -----
    Deterministic. A scored mention that is not among `mentions` is left out.
    """
    if method not in METHODS:
        raise ParameterError(f"parameter 'method' takes {', '.join(METHODS)}; got '{method}'")
    named = mentions[["sentence_id", "start_char", "actor_id"]]
    joined = scored.merge(named, on=["sentence_id", "start_char"], how="left")
    as_such = (joined["start_char"] == SENTENCE_AS_SUCH).to_numpy()
    actor = joined["actor_id"].where(~as_such, "")
    kept = actor.notna().to_numpy()
    joined, as_such = joined.assign(actor_id=actor)[kept].reset_index(drop=True), as_such[kept]
    if joined.empty:
        return empty_table("tones")
    spoken = _speak(joined, quotes, together=~as_such & (method == "model"))
    return _group(joined, spoken, quotes, by_model=~as_such & (method == "model"))


def _speak(joined: pd.DataFrame, quotes: pd.DataFrame, *, together: Flags) -> _Spoken:
    """Set the words of each row apart by voice; where ``together``, they stay with the voice they weigh most in."""
    sizes, flat = _flatten(joined["words"], pa.large_list(pa.large_string()))
    row = np.repeat(np.arange(len(joined)), sizes)
    words = flat.to_pylist()
    values = _flatten(joined["word_scores"], pa.large_list(pa.float64()))[1].to_numpy()
    starts = _flatten(joined["word_starts"], pa.large_list(pa.int64()))[1].to_numpy()
    # What the model found without any word of its own stands where the name stands.
    silent = np.flatnonzero(sizes == 0)
    row = np.append(row, silent)
    words += [""] * len(silent)
    values = np.append(values, np.zeros(len(silent)))
    starts = np.append(starts, joined["start_char"].to_numpy(dtype=np.int64)[silent])
    voice, quote = _find_voices(joined["document_id"].to_numpy(dtype=object)[row], starts, quotes)
    key = voice * (len(quotes) + 1) + quote + 1
    heard, back = np.unique(row * (3 * len(quotes) + 3) + key, return_inverse=True)
    of_voice = heard // (3 * len(quotes) + 3)
    weight = np.bincount(back, weights=np.abs(values) + LEAST_SCORE)
    # The voice of most weight, the narrator's of equals.
    order = np.lexsort((heard, -weight, of_voice))
    strongest = order[np.append(True, np.diff(of_voice[order]) > 0)]
    kept = np.zeros(len(heard), dtype=bool)
    kept[strongest] = True
    kept |= ~together[of_voice]
    target = np.where(together[of_voice], np.repeat(strongest, np.bincount(of_voice)), np.arange(len(heard)))
    lists: list[list[str]] = [[] for _ in range(len(heard))]
    for place, word in zip(target[back].tolist(), words, strict=True):
        if word:
            lists[place].append(word)
    total = np.tanh(np.bincount(target[back], weights=values, minlength=len(heard)))
    chosen = np.flatnonzero(kept)
    rest = heard[chosen] % (3 * len(quotes) + 3)
    return _Spoken(
        of_voice[chosen], rest // (len(quotes) + 1), rest % (len(quotes) + 1) - 1, total[chosen],
        [lists[place] for place in chosen.tolist()],
    )  # fmt: skip


def _flatten(lists: pd.Series, kind: pa.DataType) -> tuple[Whole, pa.Array]:
    """Give the length of each list, and what they hold one after the other."""
    array = pa.array(lists, type=kind)
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    sizes = array.value_lengths().to_numpy(zero_copy_only=False).astype(np.int64)
    return sizes, array.flatten()


def _find_voices(documents: NDArray[np.object_], starts: Whole, quotes: pd.DataFrame) -> tuple[Whole, Whole]:
    """Give the voice at characters of documents, and the row of the quotation; one in marks before one without."""
    numbers = {document: number for number, document in enumerate(pd.unique(quotes["document_id"]).tolist())}
    at = np.array([numbers.get(document, -1) for document in documents.tolist()], dtype=np.int64)
    # Documents side by side, far enough apart that no character of one is a character of another.
    apart = int(max(quotes["end_char"].max() if len(quotes) else 0, starts.max(initial=0))) + 2
    places = at * apart + starts
    voice, quote = np.full(len(starts), NARRATOR), np.full(len(starts), -1)
    is_indirect = (quotes["kind"] == "indirect").to_numpy(dtype=bool)
    base = quotes["document_id"].map(numbers).to_numpy(dtype=np.int64) * apart
    begins = quotes["start_char"].to_numpy(dtype=np.int64) + base
    ends = quotes["end_char"].to_numpy(dtype=np.int64) + base
    for name, chosen in ((REPORTED, is_indirect), (QUOTED, ~is_indirect)):
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(begins[rows], kind="stable")]
        if not len(rows):
            continue
        place = np.searchsorted(begins[rows], places, side="right") - 1
        inside = (at >= 0) & (place >= 0) & (ends[rows][place] > places)
        voice[inside], quote[inside] = name, rows[place[inside]]
    return voice, quote


def _group(joined: pd.DataFrame, spoken: _Spoken, quotes: pd.DataFrame, *, by_model: Flags) -> pd.DataFrame:
    """Give one row per sentence, actor, voice and speaker."""
    row = spoken.row
    speakers = np.append(quotes["speaker_id"].to_numpy(dtype=object), "")
    model = by_model[row]
    rows = pd.DataFrame(
        {
            "sentence_id": joined["sentence_id"].to_numpy(dtype=object)[row],
            "actor_id": joined["actor_id"].to_numpy(dtype=object)[row],
            "voice": np.array(VOICES, dtype=object)[spoken.voice],
            "speaker_id": speakers[spoken.quote],
            "score": np.where(model, joined["score"].to_numpy()[row], spoken.rule_score),
            "rule_score": spoken.rule_score,
        }
    )
    keys = ["sentence_id", "actor_id", "voice", "speaker_id"]
    grouped = rows.groupby(keys, sort=True)
    number: Whole = np.asarray(grouped.ngroup().to_numpy(), dtype=np.int64)
    means = grouped[["score", "rule_score"]].mean().round(4).clip(-1, 1).reset_index()
    lists: list[dict[str, None]] = [{} for _ in range(len(means))]
    for place, words in zip(number.tolist(), spoken.words, strict=True):
        lists[place].update(dict.fromkeys(words))
    of_model = np.bincount(number, weights=model, minlength=len(means)) > 0
    by_rules = label_scores(means["rule_score"].to_numpy(dtype=np.float64))
    agreed = _agree(joined, row, number, len(means))
    # The model sees nothing where the word lists do: neither is sure enough to be believed alone.
    agreed = np.where((agreed == NEUTRAL) & (by_rules != NEUTRAL), NOT_CLEAR, agreed)
    labels = np.where(of_model, agreed, by_rules)
    means = means.assign(
        label=np.array(LABELS, dtype=object)[labels], words=pd.Series([list(words) for words in lists], dtype="object")
    )
    table = table_of("tones")
    types = empty_table("tones").dtypes
    return means.astype({name: types[name] for name in table.names})[table.names]


def _agree(joined: pd.DataFrame, row: Whole, number: Whole, size: int) -> Whole:
    """Give the label of each group by the model: of those that are clear if they agree, else whether any is polar."""
    label = joined["label"].to_numpy(dtype=object)[row]
    sign = np.where(label == "positive", 1, np.where(label == "negative", -1, 0))
    clear = joined["clear"].to_numpy(dtype=bool)[row]
    up = np.bincount(number, weights=clear & (sign > 0), minlength=size) > 0
    down = np.bincount(number, weights=clear & (sign < 0), minlength=size) > 0
    polar = np.bincount(number, weights=sign != 0, minlength=size) > 0
    agreed = np.where(up, POSITIVE, NEGATIVE)
    return np.where(up != down, agreed, np.where(polar, NOT_CLEAR, NEUTRAL))


def label_scores(scores: Reals) -> Whole:
    """Give the label of scores by rules, as numbers of `LABELS`."""
    polar = np.where(scores > 0, POSITIVE, NEGATIVE)
    size = np.abs(scores)
    return np.where(size >= CLEAR_SCORE, polar, np.where(size >= LABEL_SCORE, NOT_CLEAR, NEUTRAL))
