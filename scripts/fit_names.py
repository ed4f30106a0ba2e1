#!/usr/bin/env python3
"""Find the weights of searcher/entities/data/weights.tsv on texts whose names people have marked.

    python scripts/fit_names.py SEARCHER_TEST_DATA [--out FILE]

Multinomial logistic regression over the evidence of evidence.py, none of which is a word of the texts: what is fitted
is how much a title before or a given name tells, never which names there are. The texts: CoNLL++ train, whose sports
pages count for less, as their teams bear the names of cities; and every second text of wikigold, of LGL and of
GeoWebNews. In the last two only places are marked, so of other names they tell that they are none.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from fitting import fit  # noqa: E402
from quality.scores import fitted  # noqa: E402
from quality.spans import Labelled, documents, is_sport  # noqa: E402
from quality.toponyms import Marked, geowebnews, lgl  # noqa: E402

from searcher.entities.document import open_document  # noqa: E402
from searcher.entities.lexicon import lexicon  # noqa: E402
from searcher.entities.names import KINDS, candidates  # noqa: E402
from searcher.entities.tables import DATA  # noqa: E402

PENALTY = 1.0  # of the sum of squares; .3 to 3 give the same F1 on the texts held back within .002
SPORT, OTHERS = 0.3, 0.5  # what a name of a sports page counts, and one outside CoNLL++
LOC, ELSE = (KINDS.index("LOC"),), tuple(number for number, kind in enumerate(KINDS) if kind != "LOC")

Example = tuple[set[str], tuple[int, ...], float]
"""Evidence, the kinds that it can be, and what it counts."""


def examples(folder: Path) -> Iterator[Example]:
    """The names of all texts."""
    for labelled in documents(folder / "ner/conllpp_train.txt.gz"):
        yield from _of_labelled(labelled, SPORT if is_sport(labelled.text) else 1.0)
    for labelled in fitted(documents(folder / "ner/wikigold.conll.txt.gz")):
        yield from _of_labelled(labelled, OTHERS)
    for marked in fitted(lgl(folder / "toponyms/lgl.xml.gz")):
        yield from _of_places(marked)
    for marked in fitted(geowebnews(folder / "toponyms/GWN.xml.gz")):
        yield from _of_places(marked)


def _of_labelled(labelled: Labelled, counts: float) -> Iterator[Example]:
    for candidate in candidates(open_document(lexicon(), "", "", labelled.text)):
        for passage, first, last in candidate.places:
            kind = _label(labelled, passage.starts[first], passage.ends[last - 1])
            yield candidate.evidence, (KINDS.index(kind),), counts


def _of_places(marked: Marked) -> Iterator[Example]:
    """Names that are marked whole are places, those that share nothing with a mark are none; others tell nothing."""
    spans = {(start, end) for start, end, _ in marked.places}
    touched = [*spans, *marked.other]
    for candidate in candidates(open_document(lexicon(), "", "", marked.text)):
        for passage, first, last in candidate.places:
            start, end = passage.starts[first], passage.ends[last - 1]
            if (start, end) in spans or (start, end + 1) in spans:
                yield candidate.evidence, LOC, OTHERS
            elif not any(begin < end and start < finish for begin, finish in touched):
                yield candidate.evidence, ELSE, OTHERS


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
    parser.add_argument("data", type=Path, help="the folder that SEARCHER_TEST_DATA names")
    parser.add_argument("--out", type=Path, default=DATA / "weights.tsv", help="where to write (default: %(default)s)")
    given = parser.parse_args()
    evidence, kinds, counts = zip(*examples(given.data), strict=True)
    table = fit(evidence, kinds, counts, len(KINDS), PENALTY)
    lines = ["\t".join(["evidence", *(kind or "none" for kind in KINDS)])]
    lines += ["\t".join([name, *(f"{weight:.2f}" for weight in row)]) for name, row in sorted(table.items())]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(table)} pieces of evidence from {len(kinds):,} names")


if __name__ == "__main__":
    main()
