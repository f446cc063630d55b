"""Make the sample corpora: ``python data/sample/generate.py affair|scale|shuffled --to DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def main() -> None:
    """Read the command line and write the corpus."""
    parser = argparse.ArgumentParser(description="make a sample corpus with its truth beside it")
    parser.add_argument("corpus", choices=("affair", "scale", "shuffled"))
    parser.add_argument(
        "--to", type=Path, required=True, help="affair: the folder that gets affair/; else the corpus itself"
    )
    parser.add_argument("--articles", type=int, default=1_000, help="scale and shuffled: how many")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if given.corpus == "affair":
        from data.sample.generator.affair import generate_affair

        truth = generate_affair(given.to, given.seed)
    elif given.corpus == "scale":
        from data.sample.generator.scale import generate_scale

        truth = generate_scale(given.articles, given.seed, given.to)
    else:
        from data.sample.generator.shuffled import generate_shuffled

        truth = generate_shuffled(given.articles, given.seed, given.to)
    print(f"truth: {truth.name}")


if __name__ == "__main__":
    main()
