"""What counts how much in a score: the same for every engine."""

__all__ = ["SIDE_BY_SIDE", "TITLE_WEIGHT"]

# A word in the title counts double: on TIME's and Reuters' headlines the usual 2 to 3 rank alike.
TITLE_WEIGHT = 2.0
# More than any sum of BM25 scores of 64 words reaches: what is preferred comes first.
SIDE_BY_SIDE = 1_000.0
