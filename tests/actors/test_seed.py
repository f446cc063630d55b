"""The document that opened the investigation: every actor it names, and no ordinary word."""

from __future__ import annotations

from pathlib import Path

from inchiesta.actors.find import find_mentions
from inchiesta.actors.resolve import resolve_actors
from tests.actors.frames import build_frames

SEED = Path(__file__).parents[2] / "seeds" / "000_e063f7ba8a731b60.txt"
EXPECTED = {
    "AM": "LOC", "AZ": "LOC", "BY": "LOC", "RU": "LOC", "XX-nagorno-karabakh": "LOC", "XX-soviet-union": "LOC",
    "XX-europe": "LOC", "loc-occidente": "LOC",
    "city-moscow": "LOC", "city-minsk": "LOC", "city-yerevan": "LOC", "csto": "ORG", "nato": "ORG",
    "eu": "ORG", "politico": "ORG", "esteri-it": "ORG", "fdd": "ORG",
    "org-centro-regionale-per-la-democrazia-e-la-sicurezza": "ORG",
    "org-agenzia-statale-bielorussa-per-l-esportazione-di-armi": "ORG",
    "per-alexander-lukashenko": "PER", "per-vladimir-putin": "PER", "per-nikol-pashinyan": "PER",
    "per-ilham-aliyev": "PER", "per-eduard-arakelyan": "PER", "per-ivana-stradner": "PER", "other-groza-s": "OTHER",
}  # fmt: skip


def test_the_seed_has_exactly_its_actors() -> None:
    text = SEED.read_text(encoding="utf-8").replace("< p>", "").replace(". “", ".\n“").replace(". ", ".\n")
    documents, sentences = build_frames(text)
    _, actors, _ = resolve_actors(find_mentions(documents, sentences), documents)
    assert dict(zip(actors["actor_id"], actors["kind"], strict=True)) == EXPECTED
