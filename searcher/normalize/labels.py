"""Boxes that only their heading gives away: "Comments", "Most read", "You may also like"."""

import re
from collections import defaultdict

from searcher.normalize.blocks import HEADINGS, Block, around
from searcher.normalize.densest import is_prose

__all__ = ["without_labelled"]

_LABELS = (
    r"comments?|talkback|letters|leave a (?:reply|comment)|join the (?:conversation|discussion)"
    r"|have your say|related(?: (?:stories|articles|topics|news|posts|content))?"
    r"|more (?:on this|stories|news|articles|from \w+)|read (?:more|next|also)|see also|also read"
    r"|most (?:read|viewed|popular|shared)|top stories|trending(?: now)?|popular(?: now)?"
    r"|recommended(?: for you)?|you (?:may|might) (?:also )?like|don[’']t miss|share this(?: \w+)?"
    r"|sign up.{0,40}|newsletters?|advertisement|commentaires?|réactions|(?:à )?lire aussi"
    r"|sur le même sujet|comentarios|(?:lo )?más leído|te puede interesar|noticias relacionadas|kommentare"
    r"|mehr zum thema|das könnte sie auch interessieren|meistgelesen|commenti|leggi anche|comentários"
    r"|leia também|комментарии|читайте также|по теме|популярное|التعليقات|اقرأ أيضا|مواضيع ذات صلة"
    r"|الأكثر قراءة"
)
LABEL = re.compile(
    rf"\W*(?:\d+\s+)?(?:(?:your|readers?[’']?s?|user)\s+)?(?:{_LABELS})(?:\s*\(\d+\))?\W*", re.IGNORECASE
)
MOST = 0.5  # share of the prose above which what stands around a label is the article itself


def without_labelled(blocks: list[Block]) -> list[Block]:
    """The blocks without those in an element whose heading says that it is beside the article."""
    first: dict[int, Block] = {}
    prose: dict[int, int] = defaultdict(int)
    whole = 0
    for block in blocks:
        length = len(block.text) if is_prose(block) else 0
        whole += length
        for element in around(block.home):
            first.setdefault(id(element), block)
            prose[id(element)] += length
    boxes: set[int] = set()
    for block in blocks:
        box = id(block.home.parent)
        if _is_label(block) and first.get(box) is block and prose[box] <= MOST * whole:
            boxes.add(box)
    return [block for block in blocks if not any(id(element) in boxes for element in around(block.home))]


def _is_label(block: Block) -> bool:
    """Whether a block is a heading that says what else there is on the page."""
    return block.home.name in HEADINGS and bool(LABEL.fullmatch(block.text))
