"""Frames, charts, the printable page and CSV."""
