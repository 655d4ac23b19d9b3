"""The question bank: types, reading, checking and the compiled form."""
