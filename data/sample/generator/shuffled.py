"""A corpus without any planted relation: what is found in it, chance has put there."""

from __future__ import annotations

from pathlib import Path

from data.sample.generator.recombine import Composer
from data.sample.generator.scale import compose_articles, write_article, write_truth


def generate_shuffled(n_articles: int, seed: int, to: Path) -> Path:
    """Write ``n_articles`` text files below ``to`` in which every sentence and every name is drawn independently.

    The actors are those of ``generate_scale`` with the same number and seed, as frequent as they are there. No copies,
    no pairs; topics and outlets mean nothing. What is left are the affair's sentences, some of which name two actors:
    who they are is chance. Gives the path of the truth, in the form of ``generate_scale``.
    """
    model = Composer(n_articles, seed, planted=True)
    for _ in compose_articles(model, n_articles):
        pass
    composer = Composer(n_articles, seed, planted=False)
    composer.cast.set_weights(
        {kind: [float(model.mentions[actor]) for actor in actors] for kind, actors in model.cast.actors.items()}
    )
    documents = [write_article(composer.compose(number), to) for number in range(n_articles)]
    return write_truth(composer, documents, seed, to)
