"""The question bank: browse, read, coverage, check a file, try a question."""

from itpm_prep.apps.question_bank.controller import question_bank

__all__ = ["question_bank"]
