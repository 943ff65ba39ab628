"""promises.yaml as values."""

from __future__ import annotations

from typing import Any

from rules.errors import suggestion
from rules.model import ServiceId
from rules.reading.answers import entries
from rules.reading.grammar import Grammar
from rules.reading.misfits import parsed
from rules.reading.references import Place, References, distinct
from rules.reading.schema import PromiseSpec
from rules.rulebook import Promise

PROMISES = "promises.yaml"


def promises_of(raw: Any, grammar: Grammar, services: frozenset[str], refer: References) -> tuple[Promise, ...]:
    """A book from before the file promises nothing."""
    specs = [parsed(PromiseSpec, each, PROMISES) for each in entries(raw, "promises", PROMISES)] if raw else []
    distinct(((PROMISES, spec.promise) for spec in specs), "promise")
    return tuple(_promise(spec, grammar, services, Place(PROMISES, spec.promise, refer)) for spec in specs)


def _promise(spec: PromiseSpec, grammar: Grammar, services: frozenset[str], place: Place) -> Promise:
    for service in spec.services:
        if service not in services:
            raise place.wrong(f"unknown service {service!r}", remedy=suggestion(service, services), named=service)
    if spec.same_as is not None and spec.same_as not in grammar.rows:
        remedy = suggestion(spec.same_as, grammar.rows)
        raise place.wrong(f"unknown situation {spec.same_as!r}", remedy=remedy, named=spec.same_as)
    if (spec.status, spec.same_as, spec.proposable, spec.warns) == (None, None, None, None):
        raise place.wrong("it promises nothing", remedy="add status, same_as, proposable or warns")
    return Promise(
        id=spec.promise,
        when=place.condition(grammar, spec.when),
        services=tuple(ServiceId(service) for service in spec.services),
        status=spec.status,
        same_as=spec.same_as,
        proposable=spec.proposable,
        warns=place.text(spec.warns) if spec.warns else None,
    )
