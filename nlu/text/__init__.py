"""Text understanding shared by both environments: normalising, varieties, names of things, danger, bare answers.

Standard library and rapidfuzz only, valid on Python 3.10: Rasa's environment imports it too.
"""
