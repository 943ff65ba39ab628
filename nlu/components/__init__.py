"""Our parts of Rasa's pipeline: tokens, intents and names, all read by nlu.text."""
