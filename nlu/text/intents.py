"""The 42 things a message may want."""

from __future__ import annotations

SERVICE_INTENTS = (
    "ask_eligibility",
    "ask_documents",
    "ask_steps",
    "ask_place",
    "ask_cost",
    "ask_time",
    "ask_definition",
)
NEED_INTENTS = (
    "need_training",
    "need_job",
    "need_business",
    "need_social_help",
    "need_housing",
    "need_health",
    "need_schooling",
    "need_language_course",
    "need_legal_help",
    "need_papers",
    "need_asylum",
    "need_protection",
    "emergency",
    "need_return",
)
DIALOGUE_INTENTS = (
    "inform",
    "affirm",
    "deny",
    "dont_know",
    "greet",
    "goodbye",
    "thank",
    "choose_language",
    "talk_to_human",
    "restart",
    "go_back",
    "correct_answer",
    "ask_why",
    "repeat",
    "ask_identity",
    "ask_privacy",
    "delete_data",
    "make_referral",
    "referral_status",
    "complaint",
    "out_of_scope",
)
INTENTS = SERVICE_INTENTS + NEED_INTENTS + DIALOGUE_INTENTS
