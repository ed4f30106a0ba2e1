#!/usr/bin/env python3
"""Find the weights of searcher/entities/data/weights.tsv on texts whose names people have marked.

    python scripts/fit_names.py SEARCHER_TEST_DATA/ner/conllpp_train.txt.gz [--out FILE]

Multinomial logistic regression over the evidence of evidence.py, none of which is a word of the texts: what is fitted
is how much a title before or a given name tells, never which names there are. Sports pages count for less, as their
teams bear the names of cities.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from fitting import fit  # noqa: E402
from quality.spans import Labelled, documents, is_sport  # noqa: E402

from searcher.entities.document import open_document  # noqa: E402
from searcher.entities.lexicon import lexicon  # noqa: E402
from searcher.entities.names import KINDS, candidates  # noqa: E402
from searcher.entities.tables import DATA  # noqa: E402

PENALTY = 1.0  # of the sum of squares; .3 to 3 give the same F1 on the texts held back within .002
SPORT = 0.3  # what a name of a sports page counts

def examples(texts: Iterable[Labelled]) -> tuple[list[set[str]], list[int], list[float]]:
    """Evidence, kind and weight of every candidate."""
    lists = lexicon()
    evidence, kinds, counts = [], [], []
    for labelled in texts:
        document = open_document(lists, "", "", labelled.text)
        weight = SPORT if is_sport(labelled.text) else 1.0
        for candidate in candidates(document):
            for passage, first, last in candidate.places:
                evidence.append(candidate.evidence)
                kinds.append(KINDS.index(_label(labelled, passage.starts[first], passage.ends[last - 1])))
                counts.append(weight)
    return evidence, kinds, counts


def _label(labelled: Labelled, start: int, end: int) -> str:
    """The kind of the marked name at these characters, or of one that shares most of them."""
    for begin, finish, kind in labelled.names:
        if begin < end and start < finish:
            shared = min(end, finish) - max(start, begin)
            if 2 * shared > max(end - start, finish - begin):
                return kind
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights that ship with searcher.entities.")
    parser.add_argument("texts", type=Path, nargs="+", help="texts with a word and its label a line, gzipped")
    parser.add_argument("--out", type=Path, default=DATA / "weights.tsv", help="where to write (default: %(default)s)")
    given = parser.parse_args()
    evidence, kinds, counts = examples(text for path in given.texts for text in documents(path))
    table = fit(evidence, kinds, counts, len(KINDS), PENALTY)
    lines = ["\t".join(["evidence", *(kind or "none" for kind in KINDS)])]
    lines += ["\t".join([name, *(f"{weight:.2f}" for weight in row)]) for name, row in sorted(table.items())]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(table)} pieces of evidence from {len(kinds):,} names")


if __name__ == "__main__":
    main()
