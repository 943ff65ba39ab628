"""What a person has told us. Absent is unknown; None is declined; neither is ever a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NewType

FactId = NewType("FactId", str)
type FactValue = str | int | bool

SITUATION = FactId("situation")


@dataclass(frozen=True)
class Facts(Mapping[FactId, FactValue | None]):
    """An immutable set of answers. Build it with `rules.load`'s fact definitions to have it validated."""

    values_by_fact: Mapping[FactId, FactValue | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values_by_fact", MappingProxyType(dict(self.values_by_fact)))

    def __getitem__(self, fact: FactId) -> FactValue | None:
        return self.values_by_fact[fact]

    def __iter__(self) -> Iterator[FactId]:
        return iter(self.values_by_fact)

    def __len__(self) -> int:
        return len(self.values_by_fact)

    def __hash__(self) -> int:
        return hash(frozenset(self.values_by_fact.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and dict(self) == dict(other)

    def is_unknown(self, fact: FactId) -> bool:
        """Never answered: may still be asked."""
        return fact not in self.values_by_fact

    def is_declined(self, fact: FactId) -> bool:
        """The person does not know or would rather not say: never asked again."""
        return fact in self.values_by_fact and self.values_by_fact[fact] is None

    def learning(self, **answers: Any) -> Facts:
        """The same facts with these answers added or corrected (None declines)."""
        return Facts({**self.values_by_fact, **{FactId(k): v for k, v in answers.items()}})

    def forgetting(self, *facts: FactId) -> Facts:
        """The same facts with these unknown again."""
        return Facts({k: v for k, v in self.values_by_fact.items() if k not in facts})

    def about(self, *facts: FactId) -> Facts:
        """Only these facts, where answered."""
        return Facts({k: self.values_by_fact[k] for k in facts if k in self.values_by_fact})
