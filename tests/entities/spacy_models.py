"""Pipelines of spaCy made of rules: what a model finds is then known, and none has to be downloaded."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import spacy

from searcher.entities.extractors import extractor
from searcher.models import Entities, Mention

__all__ = ["PATTERNS", "found_by", "from_model", "ruled"]

# Names that the rules of the package do not find by themselves, but for Syria and The Hague.
PATTERNS = {
    "PERSON": ["Ana Luisa Korvald", "Per Olav Korvald", "Korvald", "al-Korvald", "Mr. Dov Ashgrove", "Ashgrove"],
    "GPE": ["Zarvik", "Tarbes", "Syria", "The Hague", "Cambridge", "Зарвик"],
    "LOC": ["Lake Hallan"],
    "FAC": ["Hallan Bridge"],
    "ORG": ["Norvik Yards", "the Norvik Yards", "Norvik Yards's", "Bank of Syria", "ministry of defence of zarvik"],
    "NORP": ["syrian", "Zarvikians"],
    "DATE": ["Monday"],
    "WORK_OF_ART": ["Harbour Nights"],
}


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
