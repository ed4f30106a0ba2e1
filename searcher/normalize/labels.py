"""Lines that say what else there is on a page: "Comments", "Most read", "You may also like"."""

import re

__all__ = ["is_label"]

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


def is_label(line: str) -> bool:
    """Whether a line is the heading of a box beside the article, and nothing more."""
    return bool(LABEL.fullmatch(line))
