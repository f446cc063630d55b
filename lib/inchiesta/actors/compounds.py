"""From a chain of capitalised words to the names in it: persons, organisations, places, and what stays unknown.

Everything here sees one chain and nothing around it but three facts (opens a sentence, stands behind a title,
language), so the answer is computed once per distinct chain and remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from inchiesta.actors.chains import ROMAN, Mark, Word, cut_chain
from inchiesta.actors.gazetteer import is_given_name
from inchiesta.actors.word_lists import cues, heads, is_ordinary, not_names, particles, words_of_class
from inchiesta.text.lemmas import is_in_dictionary

# Scores order the evidence, they are no probabilities: a given name or a title tells more than mere capitals.
GIVEN, TITLED, HEADED, ACRONYM, BARE, FIRST_NAME = 0.9, 0.85, 0.85, 0.65, 0.6, 0.55
# A name of a person longer than this is two names or a heading.
LONGEST_PERSON = 5
# Longer words in capitals are shouted names, not acronyms.
LONGEST_ACRONYM = 6

# In the news a saint is most often a church, a hospital, a square or a town.
SAINTS = frozenset({"san", "santa", "sant", "santo", "st.", "saint"})

# Di Pietro, Van Dyck: words that open Italian and Dutch surnames and may open a sentence too.
SURNAME_OPENERS = frozenset({"di", "de", "del", "della", "dal", "dalla", "van", "von"})

SURE, SEEN, STRANGE, SURNAME = "sure", "seen", "strange", "surname"


@dataclass(frozen=True, slots=True)
class Piece:
    """A possible name in a chain.

    ``kind`` is empty where the chain alone does not tell. ``needs`` says what the document must add: nothing (*sure*),
    the same name in a place where capitals mean something (*seen*), that or a word
    that goes with names (*strange*: no dictionary has it), or a person of that surname (*surname*).
    """

    start: int
    end: int
    kind: str
    score: float
    needs: str
    n_words: int
    actor_id: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What is known about the place a run of words stands in."""

    opens: bool
    titled: bool
    language: str
    alone: bool = True


@lru_cache(maxsize=200_000)
def read_chain(chain: str, marks: tuple[Mark, ...], opens: bool, titled: bool, language: str) -> tuple[Piece, ...]:
    """Give the possible names in a chain, in reading order."""
    pieces: list[Piece] = []
    place = Place(opens, titled, language)
    run: list[Word] = []
    for word in [*cut_chain(chain, marks), None]:
        if word is not None and word.tag == "title" and run and not word.small and is_given_name(run[-1].text):
            word = replace(word, tag="")  # Giuseppe Conte is no count
        if word is not None and run and _joins(run, word, place):
            run.append(word)
            continue
        if word is not None and word.tag == "title" and run and not word.small and _is_role(run, language):
            run = []
        pieces += _read_run(run, place)
        place = replace(place, opens=opens and not run and place.opens, titled=_gives_title(word, run, place))
        run = [] if word is None or (word.tag in ("title", "demonym") and not _opens_organisation(word)) else [word]
    return tuple(pieces)


def _opens_organisation(word: Word) -> bool:
    return word.tag == "demonym"


def _gives_title(word: Word | None, run: list[Word], place: Place) -> bool:
    """Tell whether what follows stands behind a title."""
    if word is None:
        return False
    return word.tag == "title" or (place.titled and not run)


def _is_role(run: list[Word], language: str) -> bool:
    """Tell whether the words before a title only say of what (*Transport* Minister, *Russian* President)."""
    return (
        all(word.tag == "demonym" or (not word.tag and not is_given_name(word.text)) for word in run) and len(run) <= 3
    )


def _joins(run: list[Word], word: Word, place: Place) -> bool:
    """Tell whether ``word`` continues the name that ``run`` began."""
    if word.tag == "title":
        return False
    small = word.small.lower()
    if not small:
        return True
    if _head_joins(run, small, word, place.language):
        return True
    strength = particles().get(small, "")
    if not strength or word.tag or any(part.tag for part in run):
        return False
    first = is_given_name(run[0].text)
    return (first or place.titled) if strength == "strong" else first and len(run) == 1


def _head_joins(run: list[Word], small: str, word: Word, language: str) -> bool:
    """Tell whether a head word in the run is continued by the small words (Ministry *of* Defence)."""
    head = _head(run, language)
    if head is None or small not in head[1]:
        return False
    if small in ("e", "ed", "and", "&"):
        # An organisation of this *and* that, but never an organisation and then somebody else.
        return not word.tag and any(part.small for part in run[1:]) and word.text.lower() not in heads(language)
    return True


def _head(run: list[Word], language: str) -> tuple[str, frozenset[str]] | None:
    """Give kind and joins of the head word of a run: in Italian the first, in English the last before a preposition."""
    found = [heads(language).get(word.text.lower()) for word in run if not word.tag]
    known = [head for head in found if head is not None]
    if not known:
        return None
    return known[0] if language == "it" or any(word.small for word in run[1:]) else known[-1]


def _read_run(run: list[Word], place: Place) -> list[Piece]:
    """Give the names in a run of words that belong together."""
    if place.opens and len(run) > 1 and not run[0].tag and run[0].text.lower() in SURNAME_OPENERS:
        # Di Pietro ha annunciato: a surname or a preposition; the document decides.
        return [_piece(run[:2], "", BARE, SEEN), *_read_run(run[1:], replace(place, opens=False))]
    run = _strip(run, place)
    if run and run[0].text.lower().rstrip(".") in words_of_class(place.language, "honorific") and not run[0].tag:
        run, place = run[1:], replace(place, titled=True)
    if not run or (len(run) == 1 and run[0].tag == "listed"):
        return []
    opens = place.opens and run[0].start <= 0
    place = replace(place, opens=opens)
    if _is_person(run):
        return [_piece(run, "PER", GIVEN, SURE)]
    if run[0].text.rstrip("'").lower() in SAINTS and len(run) > 1:
        return [_piece(run[:3], "LOC", BARE, SURE)]
    head = _head(run, place.language)
    if head is not None and len(run) > 1:
        return _read_headed(run, head[0], place)
    if place.titled and not run[0].tag:
        return _read_titled(run, place)
    if any(word.tag for word in run):
        return _read_mixed(run, place)
    return _read_plain(run, place)


def _strip(run: list[Word], place: Place) -> list[Word]:
    """Drop what only opens the sentence, dates, honorifics and demonyms from the edges of a run."""
    language = place.language
    never = words_of_class(language, "date", "never")
    first = never | words_of_class(language, "function") if place.opens else never
    while run and not run[0].tag and run[0].text.lower() in first and not (len(run) > 1 and run[1].small):
        run = run[1:]
    if run and run[0].tag == "demonym" and _head(run, language) is None:
        run = run[1:]
    while run and (run[-1].tag == "demonym" or (not run[-1].tag and run[-1].text.lower() in never)):
        run = run[:-1]
    return run


def _is_person(run: list[Word]) -> bool:
    """Tell whether a run reads as the full name of a person: a given name or initials and at least one word more."""
    if not 2 <= len(run) <= LONGEST_PERSON or any(word.tag == "demonym" for word in run):
        return False
    if any(word.tag == "listed" and word.kind == "ORG" for word in run) or any(_is_code(word.text) for word in run[1:]):
        return False
    first = run[0].text
    if first.endswith(".") and len(first) <= 5 and first[0].isupper() and first[1] == ".":
        return not run[1].tag
    if not is_given_name(first, wordlike=True):
        return False
    last = run[-1].text.lower()
    return last not in heads("en") or (len(run) == 2 and is_given_name(first))


def _is_code(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _read_headed(run: list[Word], kind: str, place: Place) -> list[Piece]:
    """Read a run with a head word of an organisation or place."""
    polity = cues(place.language, "polity")
    listed = [word for word in run if word.tag == "listed"]
    plain_words = " ".join(word.text.lower() for word in run if word.tag != "listed")
    if len(listed) == 1 and plain_words in polity and listed[0].kind == "LOC":
        return [replace(_piece(run, "LOC", GIVEN, SURE), actor_id=listed[0].actor_id)]
    if run[0].tag == "listed" and all(word.text.lower() in heads(place.language) for word in run[1:]):
        # Russia Today stands in the list; Italy Government is a headline, not a name.
        return []
    generic = all(not word.tag and is_ordinary(word.text, place.language) for word in run)
    if generic and place.opens and not any(word.small for word in run[1:]):
        return [_piece(run, kind, BARE, SEEN)]
    return [_piece(run, kind, HEADED, SURE)]


def _read_titled(run: list[Word], place: Place) -> list[Piece]:
    """Read a run behind a title: the name of a person, up to the first listed name."""
    name = run[: next((index for index, word in enumerate(run) if word.tag), len(run))]
    if len(name) > LONGEST_PERSON or all(word.text.lower() in not_names(place.language) for word in name):
        return []
    if len(name) == 1 and (_is_acronym(name[0].text) or _is_code(name[0].text)):
        return _read_word(name[0], replace(place, titled=False))
    # One word behind a title may still be what the title is of (il ministro Difesa): ordinary words need a surname.
    weak = all(is_ordinary(word.text, place.language) for word in name)
    return [_piece(name, "PER", TITLED, SURNAME if weak and len(name) == 1 and place.language == "it" else SURE)]


def _read_mixed(run: list[Word], place: Place) -> list[Piece]:
    """Read a run in which a listed name stands among other words: the listed one keeps its place."""
    extends = cues(place.language, "extends")
    if _is_longer_name(run):
        return [_piece(run, "", BARE, SEEN if place.opens else SURE)]
    pieces: list[Piece] = []
    rest: list[Word] = []
    for word in [*run, None]:
        if word is not None and not word.tag:
            rest.append(word)
            continue
        if word is not None and word.kind == "LOC" and len(rest) == 1 and rest[0].text.lower() in extends:
            pieces.append(_piece([rest[0], word], "LOC", TITLED, SURE))
        elif len(rest) > 1:
            pieces += _read_run(rest, replace(place, alone=False))
        rest = []
    return pieces


def _is_longer_name(run: list[Word]) -> bool:
    """Tell whether a listed name only opens a longer one (Porto Alba, Milano Malpensa, Samsung Italia)."""
    if not 2 <= len(run) <= 3 or run[0].tag != "listed" or " " in run[0].text or run[0].text.isupper():
        return False
    return all(not word.small and word.tag in ("", "listed") and not word.text.isupper() for word in run[1:])


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("&", "").replace("-", "")
    return 2 <= len(letters) <= LONGEST_ACRONYM and letters.isupper() and letters.isalpha()


def _read_word(word: Word, place: Place) -> list[Piece]:
    """Read a single capitalised word."""
    text, needs = word.text, SURE
    if place.opens:
        needs = SEEN if is_in_dictionary(text.lower(), place.language) else STRANGE
    if len(text) < 2 or text.endswith(".") or text.lower() in not_names(place.language) or ROMAN.fullmatch(text):
        return []
    if _is_code(text) or ("-" in text and len(text.rsplit("-", 1)[1]) == 1):
        return [_piece([word], "OTHER", BARE, needs)] if len(text) > 3 else []
    if _is_acronym(text):
        return [_piece([word], "ORG", ACRONYM, needs)]
    if is_given_name(text):
        return [_piece([word], "PER", FIRST_NAME, needs)]
    if text.lower() in heads(place.language) or (is_ordinary(text, place.language)):
        return [_piece([word], "", BARE, SURNAME)]
    return [_piece([word], "", BARE, needs)]


def _read_plain(run: list[Word], place: Place) -> list[Piece]:
    """Read a run without any mark: unknown names."""
    if len(run) == 1:
        return _read_word(run[0], place)
    ordinary = [is_ordinary(word.text, place.language) for word in run]
    if all(word.text.lower() in not_names(place.language) for word in run):
        return []
    if run[0].text.lower() in cues(place.language, "extends") and len(run) == 2 and not run[1].small:
        return [_piece(run, "LOC", BARE, SEEN if place.opens else SURE)]
    if any(_is_code(word.text) for word in run):
        return [_piece(run, "OTHER", BARE, SEEN if place.opens else SURE)]
    if place.opens and (ordinary[0] or place.language == "en"):
        if ordinary[0] and len(run) == 2:
            return [_piece(run, "", BARE, SEEN), *_read_word(run[1], replace(place, opens=False))]
        return [_piece(run, "", BARE, SEEN if ordinary[0] else SURE)]
    if all(ordinary):
        return [_piece(run, "ORG", FIRST_NAME, SURE)]
    return [_piece(run, "", BARE, SURE)]


def _piece(run: list[Word], kind: str, score: float, needs: str) -> Piece:
    return Piece(run[0].start, run[-1].end, kind, score, needs, len(run))
