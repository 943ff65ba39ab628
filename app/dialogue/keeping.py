"""Keeping the answers: a short code for the verdicts just given. The facts stay where they are."""

from __future__ import annotations

from app.dialogue.going_on import arrive, best_first, continue_with
from app.dialogue.messages import Message, ReceiptCard, Say
from app.dialogue.moves import Kind, Move, Offer, Verb, View
from app.dialogue.safety import is_exploited
from app.dialogue.scene import GO_ON, HUMAN, MORE_NEEDS, Next, Reply, Scene, says
from app.dialogue.turn import CreateReceipt, Step, StepKind
from rules.receipt import BookName, receipt_of

COUNTER_LANGUAGE = "fr"
KEEP = Offer(Move(Verb.KEEP_RECEIPT), Say("choice.keep_receipt"))


def keeping(scene: Scene) -> tuple[Offer, ...]:
    """Not offered to whom a paper could harm: whoever exploits them may find it."""
    return () if is_exploited(scene.facts) else (KEEP,)


def keep(_move: Move, scene: Scene) -> Next:
    """The answers of the service or need talked about, under a new code."""
    decisions = best_first(scene)
    if not decisions:
        return continue_with(scene)
    code, book = scene.ports.new_code(), scene.rulebook
    languages = tuple(dict.fromkeys((scene.language, COUNTER_LANGUAGE)))
    in_order = sorted(decisions, key=lambda decision: list(book.services).index(decision.service))
    full = receipt_of(in_order, BookName(book.version, book.hash), as_of=scene.today, languages=languages)
    return arrive(
        scene.conversation, View(Kind.RECEIPT, code), effects=(CreateReceipt(code, full.short()),), aside=True
    )


def receipt(view: View, _scene: Scene) -> Reply:
    message = Message(says("receipt.ready", "receipt.code_opens"), cards=(ReceiptCard(view.about),))
    return Reply((message,), (GO_ON, MORE_NEEDS, HUMAN), Step(StepKind.ANSWER))
