"""Runs under Rasa's Python (test_components.py starts it): drives the components and prints what they did as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from nlu.models import before_rasa  # noqa: E402  the path comes first

before_rasa()

from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.exceptions import RasaException  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from nlu.components.classifier import CascadeClassifier  # noqa: E402
from nlu.components.extractor import GazetteerExtractor  # noqa: E402
from nlu.components.tokenizer import FoldingTokenizer  # noqa: E402

CONTEXT = ExecutionContext(GraphSchema({}))


def main() -> None:
    asked: dict[str, Any] = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        answer = {
            "tokens": [_tokens(text) for text in asked["texts"]],
            "entities": [_entities(text, storage) for text in asked["texts"]],
            **_classified(asked["examples"], asked["texts"], storage),
        }
    sys.stdout.write(json.dumps(answer))


def _tokens(text: str) -> list[list[Any]]:
    message = Message.build(text)
    tokenizer = FoldingTokenizer.create(FoldingTokenizer.get_default_config(), None, None, CONTEXT)
    tokenizer.process([message])
    return [[token.text, token.start, token.end] for token in message.get("text_tokens")]


def _entities(text: str, storage: LocalModelStorage) -> list[dict[str, Any]]:
    message = Message.build(text)
    extractor = GazetteerExtractor.create({}, storage, Resource("extractor"), CONTEXT)
    extractor.process([message])
    return message.get("entities")


def _classified(examples: list[list[str]], texts: list[str], storage: LocalModelStorage) -> dict[str, Any]:
    resource = Resource("classifier")
    fresh = CascadeClassifier.create({"ranking_length": 2, "sure": 1.0}, storage, resource, CONTEXT)
    refused = _refusal(lambda: fresh.process([Message.build("?")]))
    missing = _refusal(lambda: CascadeClassifier.load({"ranking_length": 2, "sure": 1.0}, storage, resource, CONTEXT))
    fresh.train(TrainingData([Message.build(text, intent) for text, intent in examples]))
    loaded = CascadeClassifier.load({"ranking_length": 2, "sure": 1.0}, storage, resource, CONTEXT)
    with storage.write_to(resource) as folder:
        files = sorted(path.name for path in folder.iterdir())
        (folder / "words.json").write_text("{}", encoding="utf-8")
    broken = _refusal(lambda: CascadeClassifier.load({"ranking_length": 2, "sure": 1.0}, storage, resource, CONTEXT))
    return {
        "trained": [_ranking(fresh, text) for text in texts],
        "loaded": [_ranking(loaded, text) for text in texts],
        "files": files,
        "refusals": {"untrained": refused, "missing": missing, "broken": broken},
    }


def _ranking(classifier: CascadeClassifier, text: str) -> list[list[Any]]:
    message = Message.build(text)
    classifier.process([message])
    ranking = [[entry["name"], entry["confidence"]] for entry in message.get("intent_ranking")]
    best = message.get("intent")
    return [[best["name"], best["confidence"]], *ranking]


def _refusal(act: Any) -> str:
    try:
        act()
    except (RasaException, ValueError) as error:
        return type(error).__name__
    return "accepted"


if __name__ == "__main__":
    main()
