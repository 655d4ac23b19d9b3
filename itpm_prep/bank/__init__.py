"""The question bank: types, reading, checking and the compiled form.

Others need ``load_bank``; it imports no YAML parser while the compiled form is fresh.
"""

from __future__ import annotations

from itpm_prep.bank.compiled import Bank, Entry, load_bank

__all__ = ["Bank", "Entry", "load_bank"]
