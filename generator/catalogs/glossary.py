"""The terms of a course inside its texts, found in linear time, and in translations, with tolerance."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from unicodedata import combining, normalize

from generator.model.course import Term

# What is not prose: the targets of links, claims, code, keys and placeholders.
_MACHINE = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]|`[^`]*`|\+\+[^+]+\+\+|\{[^}]*\}")
_LINK = re.compile(r"\[([^\]]+)\]\(term:([a-z0-9-]+)\)")
_WORD = re.compile(r"\w+")
_FORMS = re.compile(r"[,;،؛、，]")
# Scripts without spaces between words: a term is looked for as it stands.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_SHORT = 3  # letters of the words that say little by themselves: de, la, of


@dataclass(frozen=True)
class Glossary:
    """The terms of a course, ready to be found in its texts."""

    terms: tuple[Term, ...]

    @cached_property
    def _index(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The terms by their first word, the longest first."""
        index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term in self.terms:
            if words := tuple(_words(term.term.value)):
                index.setdefault(words[0], []).append((words, str(term.id)))
        for group in index.values():
            group.sort(key=lambda entry: -len(entry[0]))
        return index

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the terms that a source text contains, once each, in order.

        Of two terms at one place the longer counts; a plural counts, another case of an acronym does not.
        """
        words = tuple(_words(_MACHINE.sub(" ", text)))
        found: dict[str, None] = {}
        rank = 0
        while rank < len(words):
            length = 1
            for term, name in self._index.get(words[rank], ()):
                if words[rank : rank + len(term)] == term:
                    found[name], length = None, len(term)
                    break
            rank += length
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Yield the words of a source text as they are compared: acronyms as they are, others without plural."""
    for word in _WORD.findall(text):
        lower = word.casefold()
        yield word if word.isupper() and len(word) > 1 else lower[:-1] if lower[-1] in "sx" else lower


def forms(term: str, also: str = "", allowed: Iterable[str] = ()) -> tuple[str, ...]:
    """Return every form of a translated term that a text may use."""
    return tuple(form for text in (term, *_FORMS.split(also), *allowed) if (form := text.strip()))


def astray(
    terms: Mapping[str, Term],
    contained: Iterable[str],
    texts: tuple[str, str],
    catalog: Mapping[str, str],
    allowed: Mapping[str, Iterable[str]],
) -> Iterator[tuple[str, str]]:
    """Yield (id, agreed translation) of each term that a translation renders otherwise.

    `texts` are the source text, which contains the terms of the ids `contained`, and its translation.
    A term that a link of the source names is looked for in the words of the link; one that the locale's
    own list names (`allowed`, with the forms it may take) wherever the source text has it. Others are
    not judged: a good text varies its words, and a word of everyday French may be no term where it stands.
    """
    source, found = texts
    named = {name for words, name in _LINK.findall(source) if name in terms and _own(terms[name], words)}
    linked = {name: words for words, name in _LINK.findall(found) if name in named}
    for name in dict.fromkeys((*linked, *(name for name in contained if name in allowed))):
        term = terms.get(name)
        wanted, also = agreed(term, catalog) if term else ("", "")
        if term is None or not wanted or wanted == term.term.value:
            continue
        accepted = forms(wanted, also, allowed.get(name, ()))
        inside = name in linked and uses(linked[name], accepted, whole=False)
        if not inside and not (name in allowed and uses(found, accepted)):
            yield name, wanted


def _own(term: Term, words: str) -> bool:
    """Tell whether a link of the source says the term itself."""
    return uses(words, forms(term.term.value, term.also.value if term.also else ""))


def uses(text: str, accepted: Collection[str], whole: bool = True) -> bool:
    """Tell whether a translation contains one of the accepted forms, inflected or not, or a word of one."""
    folded = _folded(text)
    return any(_contains(folded, _folded(form), all if whole else any) for form in accepted)


def _contains(text: str, form: str, enough: Callable[[Iterable[bool]], bool]) -> bool:
    if _UNSPACED.search(form) or _ARABIC.search(form):
        return enough(_root(word) in text for word in _WORD.findall(form))
    words, parts = _WORD.findall(text), _WORD.findall(form)
    stems = [_stem(word) for word in parts if len(word) > _SHORT] or parts
    return enough(any(word.startswith(stem) for word in words) for stem in stems)


def _stem(word: str) -> str:
    """Return the beginning that the forms of a word share, as a rule: endings change, beginnings do not."""
    return word if len(word) <= 4 else word[: max(4, len(word) * 2 // 3)]


def _root(word: str) -> str:
    """Return what an Arabic word keeps when its article and its ending change; other words stay whole."""
    bare = word.removeprefix("ال")
    return bare[:-1] if len(bare) > 3 and bare[-1] in "ةهىي" else bare


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    """Return a text without case, accents, vowel signs and machine words' brackets."""
    plain = _MACHINE.sub(" ", text).casefold()
    return "".join(sign for sign in normalize("NFKD", plain) if not combining(sign) and sign != "\u0640")


def agreed(term: Term, catalog: Mapping[str, str]) -> tuple[str, str]:
    """Return a term's translation and its other names in a catalog (msgstr by context), "" where missing."""
    also = term.also.context if term.also else ""
    return catalog.get(term.term.context, ""), catalog.get(also, "")
