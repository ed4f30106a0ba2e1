"""Pipelines of spaCy made of rules: what a model finds is then known, and none has to be downloaded."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import spacy

from searcher.entities.extractors import extractor
from searcher.models import Entities, Mention

__all__ = ["PATTERNS", "found_by", "from_model", "ruled", "unchanged"]

# Invented names in small letters, in which the rules find none; with capitals those of tests of what both find.
PATTERNS = {
    "PERSON": ["ana luisa korvald", "Ana Luisa Korvald", "per olav korvald", "Per Olav Korvald", "korvald",
        "Korvald", "al-korvald", "Ana Suharto", "mr. dov ashgrove", "ashgrove", "dov ashgrove jr"],
    "GPE": ["zarvik", "tarbes", "Syria", "The Hague", "cambridge", "durham", "зарвик"],
    "LOC": ["lake hallan"],
    "FAC": ["hallan bridge"],
    "ORG": ["norvik yards", "the norvik yards", "norvik yards's", "norvik yards ltd", "Bank of Syria",
        "bank of Syria", "Syrian army", "ministry of defence of zarvik"],
    "NORP": ["syrian", "zarvikians"],
    "DATE": ["Monday"],
    "WORK_OF_ART": ["harbour nights"],
}  # fmt: skip


def ruled(folder: Path, patterns: Mapping[str, Sequence[str]], language: str = "en") -> Path:
    """Save a pipeline that labels these phrases as they are given, and nothing else; the folder of it."""
    pipeline = spacy.blank(language)
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": text} for label, texts in patterns.items() for text in texts])
    pipeline.to_disk(folder)
    return folder


def found_by(model: Path, body: str, title: str = "", dateline: str = "") -> Entities:
    """What the rules and the model in that folder find."""
    return extractor(f"spacy:{model}").extract(body, title, dateline)


def from_model(found: Entities) -> list[Mention]:
    """The mentions that are the model's."""
    return [mention for mention in found.mentions if mention.rule.startswith("spaCy: ")]


def unchanged(mention: Mention) -> tuple[str, int, int, str, str, float]:
    """What stays of a mention of the rules whatever the model knows: all but who the bearer of a surname is."""
    return mention.field, mention.start, mention.end, mention.kind, mention.rule, mention.confidence
