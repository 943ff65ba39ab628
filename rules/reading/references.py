"""Looking up what rules refer to: sentences, citations, organisations. A dead reference stops the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.conditions import ALWAYS, AllOf, Condition, Unanswered
from rules.errors import RulebookError, suggestion
from rules.model import Citation, Confirmer, TextId
from rules.reading.grammar import BadCondition, Grammar
from rules.reading.schema import LineSpec, Sentence, SentenceRef
from rules.rulebook import Organisation
from rules.told import Line


@dataclass(frozen=True)
class References:
    texts: Mapping[TextId, str]
    citations: Mapping[str, Citation]
    organisations: Mapping[str, Organisation]


@dataclass(frozen=True)
class Place:
    """Where in the book we are: what an error names."""

    file: str
    rule: str
    refer: References

    def wrong(self, reason: str, *, remedy: str, named: object = "") -> RulebookError:
        return RulebookError(self.file, self.rule, reason, remedy=remedy, named=str(named))

    def text(self, ref: SentenceRef) -> TextId:
        text = TextId(ref.id if isinstance(ref, Sentence) else ref)
        if text not in self.refer.texts:
            remedy = suggestion(text, self.refer.texts, "write it under sentences:, as id and say")
            raise self.wrong(f"missing text {text}", remedy=remedy, named=text)
        return text

    def cite(self, facts: Iterable[str]) -> tuple[Citation, ...]:
        return tuple(self._citation(fact) for fact in facts)

    def _citation(self, fact: str) -> Citation:
        if fact not in self.refer.citations:
            remedy = "add it to sources.yaml, or cite one that stands there"
            raise self.wrong(f"unknown citation {fact}", remedy=remedy, named=fact)
        return self.refer.citations[fact]

    def confirmer(self, organisation: str) -> Confirmer:
        return Confirmer(organisation, self.organisation(organisation).confirm)

    def organisation(self, organisation: str) -> Organisation:
        if organisation not in self.refer.organisations:
            remedy = suggestion(organisation, self.refer.organisations, "add it to organisations.yaml")
            raise self.wrong(f"unknown organisation {organisation}", remedy=remedy, named=organisation)
        return self.refer.organisations[organisation]

    def condition(self, grammar: Grammar, written: object) -> Condition:
        try:
            return grammar.read(written)
        except BadCondition as error:
            raise self.wrong(str(error), remedy=error.remedy, named=error.named) from error

    def lines(self, grammar: Grammar, specs: Iterable[str | LineSpec]) -> tuple[Line, ...]:
        return tuple(self._line(grammar, spec) for spec in specs)

    def _line(self, grammar: Grammar, spec: str | LineSpec) -> Line:
        if isinstance(spec, str):
            return Line(self.text(spec))
        ref = spec.text or spec.id
        if ref is None or (spec.text is None) != (spec.say is not None):
            remedy = "write text: with the id of a sentence, or id: and say:"
            raise self.wrong("a line is the id of a sentence, or an id with what to say", remedy=remedy)
        self.cite(spec.cite)
        when = ALWAYS if spec.when is None else self.condition(grammar, spec.when)
        if spec.while_open is not None:
            when = AllOf((when, Unanswered(self.condition(grammar, spec.while_open))))
        return Line(self.text(ref), when, spec.while_open is not None or spec.answerable)


def distinct(places: Iterable[tuple[str, str]], what: str) -> None:
    """Raises where two entries, each given with its file, share an id."""
    seen: set[str] = set()
    for file, name in places:
        if name in seen:
            raise RulebookError(file, name, f"duplicate {what}", remedy="remove one, or give it another id", named=name)
        seen.add(name)
