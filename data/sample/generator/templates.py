"""Templates of the affair's sentences: every name becomes a slot of a kind, and slots are filled with other names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.sample.generator.names import Actor

ORIGINALS = Path(__file__).parents[1] / "originals"
# The translated articles are left out: their damage is a subject of the affair, not of the benchmarks.
FILES = ("it-alba.jsonl", "it-delta.jsonl", "en-halden.jsonl", "en-wire.jsonl")

STATES = {"Valdoria", "Kestovia", "Tarnia", "Alto Savren"}
CITIES = {"Porto Alba": ("Porto Alba", "Palazzo Serrano"), "Brankov": ("Brankov",), "Ulmet": ("Ulmet",)}
ORGANISATIONS = {
    "Arvex Systems",
    "Continental Union",
    "Delta Pipeline Company",
    "Forza Civica",
    "Halden Institute",
    "Kormat Export",
    "Lorvan Treaty Alliance",
    "Mani Aperte",
    "Meridian Wire",
    "National Court of Audit of Valdoria",
}
# Surfaces that an article may use without listing them among its actors.
ALWAYS = {
    "Alto Savren": ("Savren Superiore", "Upper Savren", "Alto Savren"),
    "Continental Union": ("Unione Continentale", "Continental Union"),
    "Forza Civica": ("Forza Civica", "Civic Force"),
    "Halden Institute": ("Istituto Halden", "Halden Institute"),
    "Kormat Export": ("Kormat Export", "Kormat"),
    "Arvex Systems": ("Arvex Systems", "Arvex"),
    "Lorvan Treaty Alliance": ("Alleanza del Trattato di Lorvan", "Lorvan Treaty Alliance", "Trattato di Lorvan"),
    "Mani Aperte": ("Mani Aperte", "Open Hands"),
    "Meridian Wire": ("Meridian Wire",),
    "Valdoria": ("Valdoria",),
    "Kestovia": ("Kestovia",),
    "Tarnia": ("Tarnia",),
}
DEMONYMS = {"valdorian": "Valdoria", "kestovian": "Kestovia", "tarnian": "Tarnia"}
PRODUCTS = ("Falco-9", "Groma", "Falco")
# What must not be left in a template: a sentence with one of these is not used.
REMAINS = re.compile(
    r"valdor|kestov|kestow|chestov|tarni|savren|stakhar|stahar|Стахар|dravi|tessaly|ferrucci|marenghi|reuel|benvenuti"
    r"|zelman|okoro|velasquez|\bmoro\b|arvex|kormat|lorvan|halden|meridian|brankov|ulmet|porto alba|serrano|\bLTA\b"
    r"|\bF9\b|\bdelta\b|\bATL\b|\bDPC\b|\bUC\b|\bCU\b|falco|groma|< ?/?p ?>|courier|giornale di|voce del",
    re.IGNORECASE,
)
TITLES = re.compile(r"^(?:sister|suor|general|generale|dr|mr|ms|the|il|la)\.? ", re.IGNORECASE)
DATELINE = re.compile(r"^[A-ZÀ-Ú' ]{3,40}, [^–\n]{3,40} – ")
SENTENCE_END = re.compile(r"(?<=[.!?…])[”»\"]?\s+(?=[«“\"A-ZÀ-Ú])|(?<=[.!?][”»\"])\s+(?=[«“\"A-ZÀ-Ú])")
ABBREVIATION = re.compile(r"\b(?:[A-Z]|Dr|Mr|Ms|Gen|St|art|dott|sig|on|n|No)\.$")
ARTICLES = re.compile(
    r"\b(l['’]|il |lo |la |(?:d|n)el(?:l['’]|lo |la | )|(?:a|da|su)l(?:l['’]|lo |la | ))$", re.IGNORECASE
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a name: ``role`` is whom it named, ``form`` is full, short, acronym, defined or demonym."""

    role: str
    kind: str
    form: str


# Compared by identity: each is made once, and comparing its parts would cost most of the time.
@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A sentence of the affair with slots between its words."""

    language: str
    topic: str
    pieces: tuple[str | Slot, ...]
    n_tokens: int

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Give the slots that name an actor (a demonym or a product does not)."""
        return tuple(p for p in self.pieces if isinstance(p, Slot) and p.kind != "PRODUCT" and p.form != "demonym")


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates of sentences and of titles, by language and topic."""

    sentences: dict[tuple[str, str], list[Template]]
    titles: dict[tuple[str, str], list[Template]]
    words: frozenset[str]


def split_sentences(text: str) -> list[str]:
    """Split the plain prose of the affair; a piece that ends in an abbreviation or inside a quotation goes on."""
    sentences: list[str] = []
    for paragraph in text.split("\n"):
        rest = DATELINE.sub("", paragraph.strip())
        begin = 0
        for gap in SENTENCE_END.finditer(rest):
            part = rest[begin : gap.end()].strip()
            if not ABBREVIATION.search(part) and is_balanced(part):
                sentences.append(part)
                begin = gap.end()
        sentences.append(rest[begin:].strip())
    return [sentence for sentence in sentences if 5 <= len(sentence.split()) <= 60 and sentence[-1] in '.!?”»"']


def is_balanced(text: str) -> bool:
    """Tell whether every quotation that opens in ``text`` closes in it."""
    return text.count("“") == text.count("”") and text.count("«") == text.count("»") and text.count('"') % 2 == 0


def find_form(role: str, surface: str) -> str:
    """Tell which form of its actor's name a surface is."""
    if surface.isupper() and len(surface) <= 4:
        return "acronym"
    return "short" if " " not in surface and " " in role else "full"


def list_surfaces(actors: dict[str, list[str]]) -> dict[str, Slot]:
    """Give the slot of every surface of an article, from its own list of actors and the world's."""
    surfaces: dict[str, Slot] = {}
    for role, given in list(actors.items()) + [(role, list(given)) for role, given in ALWAYS.items()]:
        kind = "STATE" if role in STATES else "ORG" if role in ORGANISATIONS else "PER"
        for surface in given:
            bare = TITLES.sub("", surface)
            if bare == surface or kind == "PER":
                surfaces.setdefault(bare, Slot(role, kind, find_form(role, bare)))
    for city, given_names in CITIES.items():
        surfaces.update({name: Slot(city, "CITY", "full") for name in given_names})
    surfaces.update({product: Slot(product, "PRODUCT", "full") for product in PRODUCTS})
    return surfaces


def cut_slots(sentence: str, surfaces: dict[str, Slot]) -> tuple[str | Slot, ...]:
    """Cut a sentence into text and slots, the longest surface first."""
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    names = "|".join(re.escape(surface) for surface in longest_first)
    pattern = re.compile(rf"\b(?:(?P<name>{names})\b|(?P<demonym>{'|'.join(DEMONYMS)})(?=[a-z]?s?\b))", re.IGNORECASE)
    pieces: list[str | Slot] = []
    begin = 0
    for found in pattern.finditer(sentence):
        name = found["name"]
        if name and name not in surfaces:
            continue
        slot = surfaces[name] if name else Slot(DEMONYMS[found[0].lower()], "STATE", "demonym")
        between = sentence[begin : found.start()]
        last = pieces[-1] if pieces else None
        if between == " (" and isinstance(last, Slot) and last.role == slot.role and sentence[found.end() :][:1] == ")":
            pieces[-1] = Slot(slot.role, slot.kind, "defined")
            begin = found.end() + 1
            continue
        pieces += [between, slot]
        begin = found.end()
    return tuple(piece for piece in (*pieces, sentence[begin:]) if piece)


def make_template(sentence: str, article: dict[str, Any], surfaces: dict[str, Slot]) -> Template | None:
    """Make the template of a sentence, or nothing when a name of the affair would stay in it."""
    pieces = cut_slots(sentence, surfaces)
    if not is_balanced(sentence) or any(isinstance(piece, str) and REMAINS.search(piece) for piece in pieces):
        return None
    return Template(article["language"], article["topic"], pieces, len(WORD.findall(sentence)))


@cache
def read_templates(folder: Path = ORIGINALS) -> Templates:
    """Read the affair's articles and give the templates of their sentences and titles, each text once."""
    found = Templates({}, {}, frozenset())
    seen: set[str] = set()
    for line in (line for name in FILES for line in (folder / name).read_text(encoding="utf-8").splitlines()):
        article = json.loads(line)
        surfaces = list_surfaces(article["actors"])
        for kept, texts in ((found.titles, [article["title"]]), (found.sentences, split_sentences(article["text"]))):
            pool = kept.setdefault((article["language"], article["topic"]), [])
            made = [make_template(text, article, surfaces) for text in texts if text not in seen]
            pool += [template for template in made if template]
            seen.update(texts)
    literals = " ".join(p for pool in found.sentences.values() for t in pool for p in t.pieces if isinstance(p, str))
    return Templates(found.sentences, found.titles, frozenset(WORD.findall(literals.lower())))


def splice(first: Template, second: Template) -> Template | None:
    """Join the beginning of one template to the end of another at their commas, or give nothing if they have none."""
    head, tail = cut_at_comma(first), cut_at_comma(second)
    if not head or not tail:
        return None
    pieces = (*head[0], ", ", *tail[1])
    return Template(first.language, first.topic, pieces, (first.n_tokens + second.n_tokens) // 2)


@cache
def cut_at_comma(template: Template) -> tuple[tuple[str | Slot, ...], tuple[str | Slot, ...]] | None:
    """Cut a template in two at the comma nearest its middle; one with quotations or brackets stays whole."""
    texts = "".join(piece for piece in template.pieces if isinstance(piece, str))
    if any(mark in texts for mark in '“”«»"()'):
        return None
    commas = [(n, m.start()) for n, p in enumerate(template.pieces) if isinstance(p, str) for m in re.finditer(", ", p)]
    if not commas:
        return None
    n, at = commas[len(commas) // 2]
    text = str(template.pieces[n])
    head = (*template.pieces[:n], text[:at])
    tail = (text[at + 2 :], *template.pieces[n + 1 :])
    return tuple(p for p in head if p), tuple(p for p in tail if p)


def name_actor(actor: Actor, form: str, language: str, known: set[str]) -> str:
    """Give an actor's name in ``form``; the first naming in an article is always the full one (added to ``known``)."""
    if form == "demonym":
        return actor.name + "n" if language == "en" else actor.name.lower() + "n"
    first = actor.name not in known
    known.add(actor.name)
    if actor.acronym and (first or form == "defined"):
        return f"{actor.name} ({actor.acronym})"
    if first or form in ("full", "defined"):
        return actor.name
    return actor.acronym if form == "acronym" and actor.acronym else actor.short


def agree(text: str, actor: Actor, name: str) -> str:
    """Give ``text`` with its last Italian article fitted to the name that follows ("dell'" becomes "della ")."""
    found = ARTICLES.search(text)
    if not found or actor.kind not in ("ORG", "STATE"):
        return text
    article = found[0].rstrip("'’ ")
    vowel, masculine = name[0] in "AEIOU", actor.gender == "m"
    if article.lower() in ("l", "il", "lo", "la"):
        fitted = "l'" if vowel else "il " if masculine else "la "
        fitted = fitted.capitalize() if found[0][0].isupper() else fitted
    else:
        stem = re.sub(r"(?:lla|llo|ll|l)$", "", article, flags=re.IGNORECASE)
        fitted = stem + ("ll'" if vowel else "l " if masculine else "lla ")
    return text[: found.start()] + fitted


def fill(template: Template, chosen: list[Actor], known: set[str], product: str) -> str:
    """Fill the slots of a template with the actors ``chosen`` for them, in their order."""
    parts: list[str] = []
    actors = iter(chosen)
    for piece in template.pieces:
        if isinstance(piece, str):
            parts.append(piece)
        elif piece.kind == "PRODUCT":
            parts.append(product)
        else:
            actor = next(actors)
            name = name_actor(actor, piece.form, template.language, known)
            if template.language == "it" and parts:
                parts[-1] = agree(parts[-1], actor, name)
            parts.append(name)
    text = "".join(parts)
    return text[0].upper() + text[1:]
