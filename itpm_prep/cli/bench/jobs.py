"""How long it takes to read a job description as long as one may be."""

from __future__ import annotations

from itpm_prep.cli.bench.goals import Result
from itpm_prep.cli.bench.loading import inside_ms

CHARACTERS = 50_000
TEXT = """
from time import perf_counter
from itpm_prep.practice import job_words as words
phrases = [phrase for listed in words.COMPETENCY_PHRASES.values() for phrase in listed]
text = ". ".join(phrases * 20)[:50_000]
"""
READ = (
    TEXT
    + """
from itpm_prep.practice.job_description import read_job
start = perf_counter()
found = read_job(text)
print((perf_counter() - start) * 1000, len(text) if found else 0)
"""
)
SPLIT = (
    TEXT
    + """
start = perf_counter()
words = text.split()
print((perf_counter() - start) * 1000, len(text) if words else 0)
"""
)


def measure_job(rounds: int) -> list[Result]:
    """Milliseconds of the first reading in a fresh process; the control only splits the same text."""
    ours = [inside_ms(READ, CHARACTERS, {}) for _ in range(rounds)]
    return [Result("job-50000", ours, [inside_ms(SPLIT, CHARACTERS, {}) for _ in range(rounds)])]
