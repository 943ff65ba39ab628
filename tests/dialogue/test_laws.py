"""Laws of the conversation, whatever is said and tapped in whatever order."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.dialogue.conversation import Conversation
from app.dialogue.intents import HARMS, NEEDS, PLAIN, TOPICS
from app.dialogue.messages import Card, NumbersCard, Say, StepsCard
from app.dialogue.turn import Turn
from app.i18n.texts import read_sentences
from tests.builders.conversations import a_conversation, a_talk, answered, cards, says, the_rulebook
from tests.fakes.parser import understood
from tests.fakes.places import some_places

INTENTS = (*PLAIN, *NEEDS, *HARMS, *(f"ask_{topic}" for topic in TOPICS), "ask_eligibility")
SENTENCES = read_sentences()
ENTITIES = (
    ("age", 24),
    ("age", 15),
    ("age", 400),
    ("situation", "paper_card"),
    ("situation", "card_work"),
    ("situation", "irregular"),
    ("situation", "unaccompanied_minor"),
    ("nationality", "SN"),
    ("education", "bac"),
    ("city", "city_casablanca"),
    ("service", "ofppt_training"),
    ("service", "legal_aid"),
    ("service", "residence_papers"),
)
RAW_TEXTS = (
    "",
    "1",
    "٣",
    "99",
    "oui",
    "la",
    "24 ans",
    "je ne sais pas",
    "option 2",
    "my boss lock me in house and dont pay me",
    "card",
    "Casa",
    "my boss took my passport",
    "j'ai peur de retourner dans mon pays",
    "au secours ambulance",
    "<script>alert(1)</script>",
    "'; DROP TABLE conversations; --",
    "{service} {0} %s",
    "\ud800\u202e\u200bx",
    "x" * 100_000,
)
ACTIONS = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 12)),
    st.tuples(st.just("type"), st.sampled_from(RAW_TEXTS)),
    st.tuples(
        st.just("mean"),
        st.sampled_from(sorted(set(INTENTS))),
        st.lists(st.sampled_from(ENTITIES), max_size=3),
        st.sampled_from((0.95, 0.95, 0.3)),
    ),
)


def test_there_are_42_intents():
    assert len(set(INTENTS)) == 42


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from((None, "ar", "fr", "en")), st.lists(ACTIONS, max_size=14))
def test_any_conversation_goes_on(language, actions):
    talk = a_talk(language=language, places=some_places("ofppt_training", "legal_aid"))
    for number, action in enumerate(actions):
        turn = act(talk, action, number)
        check(turn)
        if turn.step.kind == "ask" and turn.step.fact is not None:
            known = talk.facts.get(turn.step.fact)
            assert known is None or str(known).startswith("paper_"), f"{turn.step.fact} is known to be {known}"


def act(talk, action, number) -> Turn:
    match action:
        case ("tap", which):
            choices = list(talk.conversation.choices)
            return talk.press(choices[which % len(choices)] if choices else "nothing")
        case ("type", text):
            return talk.say(text)
        case (_, intent, entities, confidence):
            text = f"message {number} of many words"
            return talk.say(text, understood(intent, *entities, confidence=confidence, ranking=(("need_job", 0.25),)))


def check(turn: Turn) -> None:
    """Something is said, everything said has words with all their values, and there is a way on."""
    assert turn.messages
    assert all(message.paragraphs or message.cards for message in turn.messages)
    *before, last = turn.messages
    assert last.choices
    assert not any(message.choices for message in before)
    ids = [choice.id for choice in last.choices]
    assert len(ids) == len(set(ids))
    assert len(ids) <= 15
    for message in turn.messages:
        for say in (*message.paragraphs, *(choice.label for choice in message.choices)):
            check_words(say)
        for card in message.cards:
            for say in says_on(card):
                check_words(say)


def says_on(card: Card) -> tuple[Say, ...]:
    match card:
        case StepsCard():
            return (card.title, *card.steps)
        case NumbersCard():
            return tuple(say for number in card.numbers for say in (number.say, number.note) if say)
        case _:
            return ()


def check_words(say: Say) -> None:
    sentence = SENTENCES[say.id]
    wanted = set(re.findall(r"\{(\w+)\}", sentence.say))
    given_values = set(say.values) | ({"count"} if say.count is not None else set())
    assert wanted <= given_values, f"{say.id} lacks {wanted - given_values}"
    for value in say.values.values():
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Say):
                check_words(inner)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTIONS, max_size=8))
def test_a_conversation_written_down_and_read_again_is_the_same(actions):
    talk = a_talk(language="en")
    for number, action in enumerate(actions):
        act(talk, action, number)
    kept = talk.conversation.to_dict()
    assert Conversation.from_dict(kept) == talk.conversation
    assert Conversation.from_dict(kept).to_dict() == kept


def test_a_conversation_of_another_schema_is_refused():
    kept = {**a_conversation().to_dict(), "schema": 0}
    with pytest.raises(ValueError, match="schema"):
        Conversation.from_dict(kept)


def test_declining_every_question_of_every_need_ends_in_a_useful_answer():
    for need in NEEDS:
        if need in HARMS:
            continue
        talk = a_talk()
        talk.choose(f"need.{need}") if f"need.{need}" in offers_of(talk) else talk.say(need, understood(need))
        turn = answered(talk)
        check(turn)
        asked = [each.step.fact for each in talk.turns if each.step.fact]
        assert len(asked) == len(set(asked)), f"{need}: asked twice"
        assert turn.step.kind == "answer", need
        assert cards(turn) or turn.messages[0].citations, need
        assert not any(status == "undetermined" for _, status in turn.step.decisions), need


def offers_of(talk) -> set[str]:
    return {key.partition(".")[2] for key in talk.conversation.choices}


def test_declining_every_question_of_every_service_ends_in_its_decision():
    for service in the_rulebook().services:
        talk = a_talk()
        turn = talk.say(service, understood("ask_eligibility", ("service", service)))
        if turn.step.kind == "protect":
            talk.choose("go_on")
            talk.choose(f"subject.{service}")
        turn = answered(talk)
        assert turn.step.service == service
        assert [decided for decided, _ in turn.step.decisions] == [service]


def test_every_choice_leads_somewhere_useful():
    talk = a_talk(situation="card_work", age=24, places=some_places("ofppt_training"))
    talk.say("OFPPT", understood("ask_eligibility", ("service", "ofppt_training")))
    answered(talk)
    start = talk.conversation
    for choice in start.choices:
        talk.conversation = start
        turn = talk.press(choice)
        check(turn)
        assert "choice.stale" not in says(turn)
