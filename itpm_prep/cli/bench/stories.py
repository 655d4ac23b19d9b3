"""How long it takes to assign the stories of a learner to a panel."""

from __future__ import annotations

import random
from time import perf_counter

from itpm_prep import settings
from itpm_prep.bank.compiled import load_bank
from itpm_prep.bank.types import COMPETENCIES, LEVELS
from itpm_prep.cli.bench.goals import Result
from itpm_prep.practice.assignment import assign_stories
from itpm_prep.practice.stories import Story, asked, best_fits, read_words

SEED = 7
STORIES, PANEL, WORDS = 200, 12, 200


def measure_assignment(rounds: int) -> list[Result]:
    """Milliseconds to assign 200 stories of 200 words to 12 questions, the fits of all pairs included.

    The words of stories and questions have been read, as when the story bank is open. The control
    takes the best story for each question, repeats and all.
    """
    bank = load_bank(settings.bank_dir())
    questions = [bank.question(entry.id) for entry in bank.entries]
    chance = random.Random(SEED)  # noqa: S311 -- the same stories each time, and no secret
    vocabulary = " ".join(point for question in questions for point in question.strong_points).split()
    stories = [
        Story(
            id=str(number),
            action=" ".join(chance.choices(vocabulary, k=WORDS)),
            competencies=tuple(chance.sample(COMPETENCIES, 2)),
            level=chance.choice(LEVELS),
        )
        for number in range(STORIES)
    ]
    told, panel = read_words(stories), [asked(one) for one in chance.sample(questions, PANEL)]
    ours, control = [], []
    for _ in range(rounds):
        start = perf_counter()
        for question in panel:
            best_fits(told, question)
        middle = perf_counter()
        assign_stories(told, panel)
        control.append((middle - start) * 1000)
        ours.append((perf_counter() - middle) * 1000)
    return [Result("stories", ours, control)]
