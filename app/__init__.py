"""Boussole: the shell around the rules: conversations, channels, referrals, storage."""
