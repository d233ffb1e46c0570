"""From a comment's HTML to plain text, for reading and for showing. Pure, never fails, linear in time."""

import re
from html import unescape
from unicodedata import normalize

_LINK = re.compile(r"<a\s([^<>]*)>([^<]*)(</a\s*>)?", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# What leads elsewhere than to a page or a mailbox, as "javascript:" does, is shown by its words.
_SHOWN_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?(?:p|pre|div|ul|ol|blockquote|h[1-6]|table)\b[^<>]*>", re.IGNORECASE)
_LINE = re.compile(r"<(?:br|tr|/tr|/li)\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-z][^<>]*|![^<>]*|\?[^<>]*)>", re.IGNORECASE)
# Comments of 2011 may hold a line break as it is written in code.
_WRITTEN_BREAK = re.compile(r"\\r\\n|\\n")

_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n ]")
# Control characters, lone surrogates, and what is not seen or turns the text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# Bold and italic letters that are characters of their own would hide every word from a reader.
_FANCY = re.compile("[\U0001d400-\U0001d7ff]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """What the comment says: paragraphs apart by an empty line, links as their address in full."""
    if "<" in html:
        html = _LINK.sub(_address, html)
        html = _PARAGRAPH.sub("\n\n", html)
        html = _LINE.sub("\n", html)
        html = _ITEM.sub("\n- ", html)
        html = _TAG.sub("", html)
    text = unescape(html) if "&" in html else html
    if "\\" in text:
        text = _WRITTEN_BREAK.sub("\n", text)
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        text = _SPACE.sub(" ", _UNSEEN.sub("", _BREAK.sub("\n", text)))
        text = _FANCY.sub(lambda letters: normalize("NFKC", letters[0]), text)
    lines = "\n".join(line.rstrip(" ") for line in text.strip().split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines)


def opening(text: str, limit: int) -> str:
    """The first words of a plain text on one line, at most `limit` characters, cut between words."""
    line = " ".join(text[: limit * 4].split())
    if len(line) <= limit and len(text) <= limit * 4:
        return line
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    between = line[limit - 1 : limit] == " " or space <= limit // 2
    return (cut if between else cut[:space]).rstrip(" ,;:.-|/") + "…"


def _address(link: re.Match[str]) -> str:
    attributes, words, closed = link.groups()
    href = _HREF.search(attributes)
    if href is None:
        return words
    address = next(filter(None, href.groups()), "")
    if not _SHOWN_ADDRESS.match(unescape(address)):
        return words
    return address if closed else f"{address} {words}"
