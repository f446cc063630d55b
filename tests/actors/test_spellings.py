"""Which spellings are one name, and which only look alike."""

from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.actors.brackets import abbreviates, choose_moves
from inchiesta.actors.match_keys import mixes_scripts, slug, sound_key, surname_key
from inchiesta.actors.spellings import Spelling, find_variants


def joined(*names: str, person: bool = True) -> dict[str, str]:
    spellings = [Spelling(name, len(names) - number, person) for number, name in enumerate(names)]
    return {join.name: join.other for join in find_variants(spellings)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pashinyan", "Pashinian"),
        ("Stakhar", "Stahar"),
        ("Stakhar", "Стахар"),
        ("Dravić", "Dravich"),
        ("Kestovia", "Chestovia"),
    ],
)
def test_transliterations_share_a_sound_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_one_letter_inside_a_long_word_is_a_variant() -> None:
    assert joined("Alexander Lukashenko", "Alexander Lukasenko") == {"Alexander Lukasenko": "Alexander Lukashenko"}
    assert joined("Giovanni Castellani", "Giovanni Castelani") == {"Giovanni Castelani": "Giovanni Castellani"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marco Ferrari", "Marco Ferraro"), ("Ivan Petrov", "Ivan Petrova"), ("Anna Neri", "Anna Veri"), ("Gina", "Cina")],
)
def test_names_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert joined(one, other) == {}


def test_acronyms_never_match_by_sound() -> None:
    assert joined("CSKWX", "KSCVX", person=False) == {}


def test_surnames_keep_their_particles() -> None:
    assert surname_key("Ursula von der Leyen") == "von der leyen"
    assert surname_key("Luigi Di Maio") == "di maio"
    assert surname_key("Di Maio") == ""


def test_scripts_mix_only_inside_a_word() -> None:
    assert mixes_scripts("P\u0430ypal")
    assert not mixes_scripts("Стахар Stakhar")


def test_slugs_are_plain() -> None:
    assert slug("PER", "Nikol Pashinyan") == "per-nikol-pashinyan"
    assert slug("ORG", "—") == "org-x"


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("ATL", "Alleanza del Trattato di Lorvan", True),
        ("CSTO", "Organizzazione del Trattato di Sicurezza Collettiva", True),
        ("ATL", "Consiglio dell'Alleanza del Trattato di Lorvan", False),
        ("CO", "Campione d'Italia", False),
        ("Ansa", "Aldo Neri", False),
    ],
)
def test_an_acronym_abbreviates_by_its_initials(acronym: str, name: str, expected: bool) -> None:
    assert abbreviates(acronym, name) is expected


def moved(*links: tuple[str, str]) -> dict[str, tuple[str, str]]:
    moves = choose_moves(pd.DataFrame(list(links), columns=["acronym", "long"]))
    return {move.source: (move.target, move.status) for move in moves if move.status != "apart"}


def test_acronyms_in_two_languages_meet_in_one_name_and_the_doubt_is_kept() -> None:
    target = "Lorvan Treaty Alliance"
    links = [("LTA", target)] * 2 + [("ATL", "Alleanza del Trattato di Lorvan")]
    assert moved(*links) == {
        "LTA": (target, "joined"),
        "ATL": (target, "in doubt"),
        "Alleanza del Trattato di Lorvan": (target, "in doubt"),
    }


def test_an_acronym_with_two_readings_stays_alone_with_both_as_candidates() -> None:
    links = pd.DataFrame([("PD", "Partito Dorico"), ("PD", "Piano Decennale")], columns=["acronym", "long"])
    moves = choose_moves(links)
    assert {(move.target, move.status) for move in moves} == {("Partito Dorico", "apart"), ("Piano Decennale", "apart")}


def test_a_listed_side_of_a_bracket_stays() -> None:
    assert moved(("@csto", "Organizzazione di Lorvan")) == {"Organizzazione di Lorvan": ("@csto", "joined")}
    assert moved(("OSL", "@csto")) == {"OSL": ("@csto", "joined")}
