"""Articles recombined from the affair's sentences: topics and pairs planted, or every relation taken out."""

from __future__ import annotations

import random
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from data.sample.generator.names import Actor, Cast, build_cast, draw_rare_rank, pick, spell_rare_word
from data.sample.generator.templates import Slot, Template, fill, read_templates, splice

OUTLETS = {
    "it": ("Il Corriere di Orvasco", "L'Eco del Passo", "Il Quotidiano di Selvana", "La Gazzetta del Litorale"),
    "en": ("The Larrow Gazette", "Northway Dispatch", "The Tamber Post", "Quayside Review"),
}
FIRST_DAY, N_DAYS = date(2023, 9, 1).toordinal(), 480
# Tokens of the templates; names, rare words and the head bring an article to 450 on average.
LEAST_TOKENS, SPREAD_TOKENS = 325, 140
TOPIC_SHARE = 0.75
# Below this many templates two articles of a topic would share so many sentences that they look like copies.
SMALL_POOL = 100
# Half of the articles belong to a planted pair, whose two actors share this many of its sentences.
PAIR_SHARE, PAIR_SENTENCES = 0.5, 3
# A rare word in three sentences of ten gives about eight an article.
RARE_SHARE = 0.3
RARE = {
    "it": (
        (", nei pressi di {}", True),
        (", come già a {}", True),
        (", accanto a una {}", False),
        (", senza {}", False),
    ),
    "en": ((", near {}", True), (", as once in {}", True), (", beside a {}", False), (", without {}", False)),
}
PLACE_ENDS = ("ello", "isca", "ovo", "istead", "awick", "ital")
WORD_ENDS = {"it": ("etta", "ura", "iera", "anza"), "en": ("ing", "er", "ock", "ish")}
PAIR_KINDS = (("PER", "PER"), ("PER", "ORG"), ("PER", "PER"), ("PER", "ORG"), ("ORG", "STATE"))
N_PAIRS = 30


@dataclass(slots=True)
class Article:
    """An article as written to the corpus, with its truth."""

    number: int
    title: str
    paragraphs: list[list[str]]
    outlet: str
    language: str
    day: int
    topic: str
    origin: int
    kind: str = "original"


class Composer:
    """Composes the originals of one corpus in order; ``planted=False`` draws every sentence and slot independently."""

    def __init__(self, n_articles: int, seed: int, *, planted: bool) -> None:
        self.rng = random.Random(seed)
        self.templates = read_templates()
        self.cast = build_cast(n_articles, self.rng, set(self.templates.words))
        self.planted = planted
        self.pairs = choose_pairs(self.cast, self.rng) if planted else []
        self.n_paired = 0
        self.joint = [0] * len(self.pairs)
        self.mentions: Counter[Actor] = Counter()
        self.everything = {language: self._list_templates(language) for language in OUTLETS}
        self.meeting = self._index_meeting()

    def _pool(self, key: tuple[str, str]) -> list[Template]:
        return self.templates.sentences[key]

    def _list_templates(self, language: str) -> list[Template]:
        """List the templates of a language, without most of those that name two states when nothing is planted.

        The affair names states in twos: four times as often as the number of states named would give, which no other
        kinds come near (0.3 to 1.7). With one in four of these sentences the kinds too meet about as chance has it.
        """
        keys = [key for key in sorted(self.templates.sentences) if key[0] == language]
        every = [template for key in keys for template in self._pool(key)]
        if self.planted:
            return every
        paired = [template for template in every if sum(slot.kind == "STATE" for slot in template.slots) > 1]
        dropped = {id(template) for number, template in enumerate(paired) if number % 4}
        return [template for template in every if id(template) not in dropped]

    def _index_meeting(self) -> dict[tuple[str, str, str, str], list[tuple[Template, Slot, Slot]]]:
        """Index the templates that name two actors by language, topic ("" for any) and the kinds of the two."""
        found: dict[tuple[str, str, str, str], list[tuple[Template, Slot, Slot]]] = {}
        for (language, topic), pool in sorted(self.templates.sentences.items()):
            for template in pool:
                for first, second in distinct_pairs(template.slots):
                    for label in (topic, ""):
                        key = (language, label, first.kind, second.kind)
                        found.setdefault(key, []).append((template, first, second))
        return found

    def compose(self, number: int) -> Article:
        """Compose one original article."""
        rng = self.rng
        language = pick(rng, tuple(OUTLETS))
        topic = self._draw_topic(language)
        product = self._draw_product()
        roles: dict[str, Actor] = {}
        known: set[str] = set()
        plan: list[tuple[Template, dict[str, Actor]]] = [(t, {}) for t in self._draw_sentences(language, topic)]
        if self.pairs and rng.random() < PAIR_SHARE:
            self._plant(plan, language, topic)
        title = self._title(language, topic, roles, known, product)
        sentences = [self._write(template, {**roles, **fixed}, roles, known, product) for template, fixed in plan]
        return Article(
            number=number,
            title=title,
            paragraphs=cut_paragraphs(sentences, rng),
            outlet=pick(rng, OUTLETS[language]),
            language=language,
            day=FIRST_DAY + int(rng.random() * N_DAYS),
            topic=topic if self.planted else "",
            origin=number,
        )

    def compose_paragraph(self, article: Article) -> list[str]:
        """Compose a paragraph that a copy adds: three sentences on the article's topic, with actors of their own."""
        templates = self._draw_sentences(article.language, article.topic)[:3]
        known: set[str] = set()
        return [self._write(template, {}, {}, known, self._draw_product()) for template in templates]

    def compose_title(self, article: Article) -> str:
        """Compose another headline on the article's topic."""
        return self._title(article.language, article.topic, {}, set(), self._draw_product())

    def _draw_product(self) -> str:
        """Give the name of a product, such as Brelan-4."""
        name = spell_rare_word(draw_rare_rank(self.rng), ("ex", "on", "ar"))
        return f"{name.capitalize()}-{1 + int(self.rng.random() * 9)}"

    def _draw_topic(self, language: str) -> str:
        """Draw a topic by the number of its templates, the smallest ones lifted so that none is too rare to find."""
        keys = sorted(key for key in self.templates.sentences if key[0] == language)
        sums = list(accumulate(max(60, len(self._pool(key))) for key in keys))
        return keys[bisect(sums, self.rng.random() * sums[-1])][1]

    def _draw_sentences(self, language: str, topic: str) -> list[Template]:
        """Draw different templates until the article is long enough."""
        rng, own, every = self.rng, self._pool((language, topic)), self.everything[language]
        wanted = LEAST_TOKENS + int(rng.random() * SPREAD_TOKENS)
        drawn: dict[Template, None] = {}
        n_tokens = 0
        while n_tokens < wanted:
            pool = own if self.planted and rng.random() < TOPIC_SHARE else every
            template = pick(rng, pool)
            if template in drawn or len(pool) < SMALL_POOL:
                template = splice(template, pick(rng, pool)) or template
            if template not in drawn:
                drawn[template] = None
                n_tokens += template.n_tokens
        return list(drawn)

    def _plant(self, plan: list[tuple[Template, dict[str, Actor]]], language: str, topic: str) -> None:
        """Replace some sentences by ones in which the two actors of a planted pair meet."""
        rng = self.rng
        chosen = self.n_paired % len(self.pairs)
        self.n_paired += 1
        first, second = self.pairs[chosen]
        own = self.meeting.get((language, topic, first.kind, second.kind), [])
        meeting = own if len(own) >= PAIR_SENTENCES else self.meeting[language, "", first.kind, second.kind]
        for _ in range(PAIR_SENTENCES):
            template, a, b = pick(rng, meeting)
            if all(template != other for other, _ in plan):
                plan[int(rng.random() * len(plan))] = (template, {a.role: first, b.role: second})
        self.joint[chosen] += sum(bool(fixed) for _, fixed in plan)

    def _choose(self, slot: Slot, fixed: dict[str, Actor], roles: dict[str, Actor]) -> Actor:
        """Give the actor of a slot: a new draw when nothing is planted, else the article's actor for the role."""
        if not self.planted:
            return self.cast.draw(self.rng, slot.kind)
        if slot.role in fixed:
            return fixed[slot.role]
        actor = self.cast.draw(self.rng, slot.kind)
        for _ in range(5):
            if actor not in roles.values():
                break
            actor = self.cast.draw(self.rng, slot.kind)
        roles[slot.role] = fixed[slot.role] = actor
        return actor

    def _write(
        self, template: Template, fixed: dict[str, Actor], roles: dict[str, Actor], known: set[str], product: str
    ) -> str:
        """Write one sentence, count its mentions, and now and then add a rare word at its end."""
        filled = [piece for piece in template.pieces if isinstance(piece, Slot) and piece.kind != "PRODUCT"]
        chosen = [self._choose(slot, fixed, roles) for slot in filled]
        self.mentions.update(actor for slot, actor in zip(filled, chosen, strict=True) if slot.form != "demonym")
        text = fill(template, chosen, known, product)
        if text[-1] == "." and text[-2].isalpha() and self.rng.random() < RARE_SHARE:
            text = text[:-1] + self._rare_words(template.language) + "."
        return text

    def _rare_words(self, language: str) -> str:
        """Give a phrase with a word that is new as often as words are new in a growing corpus."""
        phrase, is_place = pick(self.rng, RARE[language])
        ends = PLACE_ENDS if is_place else WORD_ENDS[language]
        word = spell_rare_word(draw_rare_rank(self.rng), ends)
        return phrase.format(word.capitalize() if is_place else word)

    def _title(self, language: str, topic: str, roles: dict[str, Actor], known: set[str], product: str) -> str:
        """Write a headline; one without a name gets a place before it, so that no two need be the same."""
        titles = self.templates.titles
        pools = [(language, topic)] if self.planted else sorted(key for key in titles if key[0] == language)
        template = pick(self.rng, [title for key in pools for title in titles[key]])
        text = self._write(template, dict(roles), roles, known, product)
        if template.slots:
            return text
        place = spell_rare_word(draw_rare_rank(self.rng), PLACE_ENDS).capitalize()
        return f"{place}, {text[0].lower()}{text[1:]}"


def distinct_pairs(slots: Sequence[Slot]) -> list[tuple[Slot, Slot]]:
    """Give the ordered pairs of slots of different roles."""
    return [(a, b) for a in slots for b in slots if a.role != b.role]


def choose_pairs(cast: Cast, rng: random.Random) -> list[tuple[Actor, Actor]]:
    """Choose the planted pairs among actors of middling popularity, each actor in one pair only.

    The most popular actors meet everybody by chance: a pair of theirs could not stand out.
    """
    free = {kind: list(actors[len(actors) // 5 :]) for kind, actors in cast.actors.items()}
    n_pairs = min(N_PAIRS, sum(len(actors) for actors in cast.actors.values()) // 8)
    pairs: list[tuple[Actor, Actor]] = []
    for number in range(n_pairs):
        kinds = PAIR_KINDS[number % len(PAIR_KINDS)]
        if all(len(free[kind]) > 1 for kind in kinds):
            first, second = (free[kind].pop(int(rng.random() * len(free[kind]) * 0.75)) for kind in kinds)
            pairs.append((first, second))
    return pairs


def cut_paragraphs(sentences: list[str], rng: random.Random) -> list[list[str]]:
    """Cut an article into six to nine paragraphs of nearly the same number of sentences."""
    n = min(6 + int(rng.random() * 4), len(sentences))
    cuts = [len(sentences) * number // n for number in range(n + 1)]
    return [sentences[begin:end] for begin, end in pairwise(cuts)]
