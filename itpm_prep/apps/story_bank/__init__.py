"""The story bank: write stories once, see what they fit, and drill to recall them."""

from itpm_prep.apps.story_bank.controller import story_bank

__all__ = ["story_bank"]
