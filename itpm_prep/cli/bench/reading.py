"""How long it takes to read the answer under way, as happens at every pause of the typing."""

from __future__ import annotations

from time import perf_counter

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.cli.bench.goals import Result
from itpm_prep.practice.remarks import remarks
from itpm_prep.practice.scaffolds import frame_of

WORDS = 1000
TROUBLE = " I think that various teams, um, perhaps worked closely and so on."


def measure_reading(rounds: int) -> list[Result]:
    """Milliseconds to remark on 1,000 words of the bank's strong answers with a good deal to remark on.

    The control counts the words alone.
    """
    bank = load_bank(settings.bank_dir())
    questions = [bank.question(entry.id) for entry in bank.entries]
    texts = [each.text + TROUBLE for question in questions for each in question.benchmarks]
    words = " ".join(texts).split(" ")[:WORDS]
    asked = next(question for question in questions if question.scaffold == "star_l")
    parts = frame_of(asked.scaffold).parts
    share = WORDS // len(parts)
    answer = {part.id: " ".join(words[at * share : (at + 1) * share]) for at, part in enumerate(parts)}
    ours, control = [], []
    for _ in range(rounds):
        start = perf_counter()
        sum(len(text.split()) for text in answer.values())
        middle = perf_counter()
        remarks(asked, answer, transcript=True)
        control.append((middle - start) * 1000)
        ours.append((perf_counter() - middle) * 1000)
    return [Result("signals", ours, control)]
