"""Paragraphs as the texts of Slack's sections: marked, split between words, never in a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.messages.figures import instant
from bot.messages.message import Bold, Link, Mention, Moment, Paragraph, Span, says
from bot.messages.words import SECTION, inert, unmarked

# A sign spelled out (`&lt;`) is one letter; so no word is longer than 2,500 characters.
_TOKEN = re.compile(r"\n| +|(?:&\w+;|[^ \n&]){1,500}")
_ADDRESS = re.compile(r"https?://[^\s<>|]{1,1000}")
_PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")


@dataclass(frozen=True, slots=True)
class _Atom:
    """Characters that stay together, as Slack reads them."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a paragraph, and whether they are the whole of it."""

    texts: tuple[str, ...]
    whole: bool = True


def paragraph(said: str | Paragraph) -> Paragraph:
    """Words alone are a paragraph too."""
    return says(said) if isinstance(said, str) else said


def in_line(said: str | Paragraph) -> str:
    """The words as one text of Slack's own, where there are no blocks."""
    return "".join(told(paragraph(said), SECTION, 1).texts)


def told(part: Paragraph, most: int, pieces: int, *, each: int = SECTION) -> Said:
    """The paragraph in at most so many pieces of `each` characters and `most` in all; the last
    ends with an ellipsis where not all is said."""
    texts: list[str] = []
    whole = True
    for atoms in _packed(_atoms(part.spans), each):
        text = _marked(atoms)
        if len(texts) == pieces or len(text) > most:
            whole = False
            if len(texts) < pieces and most > 1:
                texts.append(_first(atoms, most))
            break
        most -= len(text)
        texts += [text] if text else []
    if not whole and texts and not texts[-1].endswith("…"):
        texts[-1] = f"{texts[-1]}…"
    return Said(tuple(text for text in texts if text), whole)


def spoken(part: Paragraph, most: int) -> str:
    """The paragraph in one text without marks, as a notification takes it."""
    return _first(list(_plainly(part.spans)), most)


def _tokens(text: str) -> Iterator[str]:
    return (found[0] for found in _TOKEN.finditer(text))


def _plainly(spans: Sequence[Span]) -> Iterator[_Atom]:
    for span in spans:
        match span:
            case Mention():
                yield _Atom(_person(span))
            case Moment():
                yield _Atom(instant(span.at))
            case Bold(words) | Link(words) | str(words):
                yield from map(_Atom, _tokens(inert(words)))


def _atoms(spans: Sequence[Span]) -> Iterator[_Atom]:
    for span in spans:
        match span:
            case Mention():
                yield _Atom(_person(span))
            case Moment():
                yield _Atom(_date(span))
            case Link():
                yield _Atom(_link(span))
            case Bold():
                for text in _tokens(unmarked(inert(span.text))):
                    yield _Atom(text, bold=text != "\n")
            case str():
                yield from map(_Atom, _tokens(unmarked(inert(span))))


def _person(mention: Mention) -> str:
    """A mention where it is an id of Slack's; anything else is only words."""
    id_ = mention.user
    return f"<@{id_}>" if _PERSON.fullmatch(id_) else unmarked(inert(id_))[:255]


def _link(link: Link) -> str:
    """A link where the address is one; the words alone where it is not."""
    words = unmarked(inert(link.text[:300])).replace("\n", " ").replace("|", "¦").strip()
    address = inert(link.url)
    return f"<{address}|{words or address}>" if _ADDRESS.fullmatch(address) else words


def _date(moment: Moment) -> str:
    at = f"{int(moment.at.timestamp())}^{{date_short_pretty}} {{time}}"
    return f"<!date^{at}|{instant(moment.at)}>"


def _packed(atoms: Iterable[_Atom], each: int) -> Iterator[list[_Atom]]:
    """As many atoms together as a section holds, with room for their marks."""
    piece: list[_Atom] = []
    size = 0
    for atom in atoms:
        cost = len(atom.text) + 2 * (atom.bold and not (piece and piece[-1].bold))
        if piece and size + cost > each - 2:
            yield piece
            piece, size = [], 0
        piece.append(atom)
        size += cost
    if piece:
        yield piece


def _marked(atoms: Sequence[_Atom]) -> str:
    runs = [(bold, "".join(a.text for a in run)) for bold, run in groupby(atoms, lambda a: a.bold)]
    texts = [text for _, text in runs]
    return "".join(
        _bold(text, before[-1:], after[:1]) if bold else text
        for (bold, text), before, after in zip(runs, ["", *texts], [*texts[1:], ""], strict=False)
    ).strip()


def _bold(text: str, before: str, after: str) -> str:
    """Marked where Slack reads the marks: not against a letter, and not around blanks."""
    words = text.strip()
    blank_before = text != text.lstrip() or not before.isalnum()
    blank_after = text != text.rstrip() or not after.isalnum()
    marks = words and blank_before and blank_after
    return text.replace(words, f"*{words}*", 1) if marks else text


def _first(atoms: Sequence[_Atom], most: int) -> str:
    """As many words as fit, without marks, and an ellipsis for the others."""
    kept, left = "", most - 1
    for at, atom in enumerate(atoms):
        if len(atom.text) > left + (at == len(atoms) - 1):
            return f"{kept.rstrip()}…"
        kept += atom.text
        left -= len(atom.text)
    return kept.strip()
