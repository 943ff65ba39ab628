"""The condition of a rule in plain words: the question that is asked, and the answer of which the rule is true."""

from __future__ import annotations

from collections.abc import Iterator

from app.channels.shapes import Json, Voice
from app.dialogue.messages import Country, Latin, Say, Value
from rules.conditions import ALWAYS, AllOf, AnyOf, Condition, InRow, Not, Test, Unanswered, Unless
from rules.facts import SITUATION, FactId, FactValue
from rules.rulebook import FactDefinition, Rulebook

NATIONALITY = FactId("nationality")
FEW = 8
"""So many papers are named; where fewer are left out, those are named instead."""
DRAWN = 6
"""More papers than these are only counted beside another question in a picture."""
BULLET = "• "


def paper_name(situation: str, voice: Voice) -> str:
    """Short, as the head of a row; the longer name of the rule book where none is written."""
    short = f"about.rules.paper.{situation}"
    return voice.say(short if voice.translator.has(short) else f"situation.{situation}")


def clause(condition: Condition, rulebook: Rulebook, voice: Voice) -> Json:
    """`kind`: answer (question, answer), papers (text, papers), group (text, parts) or always (text)."""
    match condition:
        case Test(fact, _, operand) if fact == SITUATION:
            return _papers(operand if isinstance(operand, frozenset) else frozenset({operand}), rulebook, voice)
        case Test():
            return _answer(condition, rulebook, voice)
        case InRow(rows):
            return _papers(rows, rulebook, voice)
        case AllOf(parts) | AnyOf(parts):
            said = [part for part in parts if part != ALWAYS]
            name = "all" if isinstance(condition, AllOf) else "any"
            return clause(said[0], rulebook, voice) if len(said) == 1 else _group(name, said, rulebook, voice)
        case Not(part) | Unless(part) | Unanswered(part):
            return _group(type(condition).__name__.lower(), [part], rulebook, voice)
    raise TypeError(condition)


def _group(name: str, parts: list[Condition], rulebook: Rulebook, voice: Voice) -> Json:
    if not parts:
        return {"kind": "always", "text": voice.say(f"about.rules.when.{name}.none")}
    told = [clause(part, rulebook, voice) for part in parts]
    if name == "unless" and told[0]["kind"] == "papers":
        others = frozenset(rulebook.rows) - frozenset(told[0]["ids"])
        return _papers(others, rulebook, voice)
    return {"kind": "group", "text": voice.say(f"about.rules.when.{name}"), "parts": told}


def _papers(rows: frozenset[FactValue] | frozenset[str], rulebook: Rulebook, voice: Voice) -> Json:
    """Whichever is shorter: these papers, or all but those."""
    ids = [row for row in rulebook.situations if row in rows]
    left_out = [row for row in rulebook.rows if row not in rows]
    if not left_out:
        name, named = "every", []
    elif len(left_out) < FEW < len(ids):
        name, named = "every_but", left_out
    else:
        name, named = "papers", ids
    papers = [paper_name(row, voice) for row in named]
    return {
        "kind": "papers",
        "text": voice.say(f"about.rules.when.{name}"),
        "papers": papers,
        "ids": ids,
        "counted": voice.say(Say("about.rules.when.counted", count=len(ids))),
    }


def _answer(test: Test, rulebook: Rulebook, voice: Voice) -> Json:
    definition = rulebook.facts[test.fact]
    operand = test.operand
    values = sorted(operand, key=str) if isinstance(operand, frozenset) else [operand]
    told: Value = tuple(_label(definition, value) for value in values)
    if isinstance(operand, int) and not isinstance(operand, bool):
        told = operand
    name = "is" if test.operator in {"equals", "one_of"} and len(values) == 1 else test.operator
    return {
        "kind": "answer",
        "fact": test.fact,
        "question": voice.say(definition.question.say),
        "answer": voice.say(f"about.rules.answer.{name}", answer=told),
    }


def _label(definition: FactDefinition, value: FactValue) -> Say:
    """As it stands on the button that gives this answer."""
    if isinstance(value, bool):
        return Say("ask.yes" if value else "ask.no")
    for wording in (definition.question, *definition.variants.values()):
        for option in wording.options:
            if option.value == value:
                return Say(option.say)
    named = Country(str(value)) if definition.fact == NATIONALITY else Latin(str(value))
    return Say("about.rules.answer.is", {"answer": named})


def told_besides(written: str, rulebook: Rulebook, voice: Voice) -> str:
    """`age=31` as the question and its answer; anything else is no answer at all."""
    fact, separator, value = written.partition("=")
    definition = rulebook.facts.get(FactId(fact))
    if not separator or definition is None:
        return voice.say("diff.nothing_else")
    truth = {"true": True, "false": False}.get(value, value)
    return f"{voice.say(definition.question.say)} {voice.say(_label(definition, truth))}"


def is_about_answers_given(condition: Condition) -> bool:
    """Something has to be told for it: it is more than said as long as a question is open."""
    match condition:
        case AllOf(parts):
            return any(is_about_answers_given(part) for part in parts)
        case Unanswered():
            return False
    return True


def paragraphs(told: Json) -> Iterator[tuple[str, bool]]:
    """The clause line by line, for a picture; the answers are to stand out."""
    match told["kind"]:
        case "answer":
            yield told["question"], False
            yield told["answer"], True
        case "papers" if len(told["papers"]) > DRAWN:
            yield told["counted"], True
        case "papers":
            yield told["text"], False
            yield from ((f"{BULLET}{paper}", False) for paper in told["papers"])
        case "group":
            yield told["text"], False
            for part in told["parts"]:
                yield from paragraphs(part)
        case _:
            yield told["text"], True
