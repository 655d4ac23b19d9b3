"""Every constant of the scoring model, with its reason.

They are design choices, to be refitted once there are enough answers scored by both sides. Scores run
from 1 to 5; ages and spans are in days.
"""

from __future__ import annotations

BAR = 3.0
"""The score at which an answer meets the bar: anchor 3 of every criterion is written as such."""

# What is believed before any answer ---------------------------------------------------------------

LEVEL_MEAN, LEVEL_SD = 2.7, 0.60
"""A learner's level: those who begin to practise stand a little under the bar and far apart."""

OFFSET_SD = 0.40
"""How far one competency lies from the learner's level: less than learners lie from each other."""

BIAS_MEAN, BIAS_SD = 0.20, 0.40
"""Own score - reviewer's score. Students overrate by g = 0.206 (León et al. 2023),
and differ in it by about as much as their competencies do."""

GAIN_MEAN, GAIN_SD, GAIN_DAYS = 0.20, 0.40, 30.0
"""Gain in 30 days of practice: about one criterion in five an anchor higher, uncertain by twice that."""

# What an answer tells -----------------------------------------------------------------------------

ANSWER_SD = 0.55
"""Question, day and reviewer together move the score of one answer by this much: in the simulation
sqrt(0.35^2 + 0.30^2) = 0.46 for the first two, the rest for the reviewer's severity and rounding."""

SELF_SD = 0.45
"""How far a self-score strays from the reviewer's beyond its bias: learners track experts at about
r = .44, so theirs is no better a witness than this."""

GATE_SD = 0.25
"""How far the leniency found by a gate lies from the bias on own answers: 24 marks, of other people."""

REPEAT_VARIANCE = 2.0
"""A question answered before tells half as much: part of the answer is remembered."""

ATTEMPTS_OF_A_QUESTION = 2
"""The latest attempts of one question that count, so that one question cannot carry a competency."""

# When something is said ---------------------------------------------------------------------------

READY_CHANCE = 0.80
"""The chance of meeting the bar from which a learner is called ready in a competency: in simulation
2 % of these calls were wrong."""

QUESTIONS_OF_A_COMPETENCY = 2
"""Different questions that must stand behind a competency: one says more about the question."""

REVIEWED_ANSWERS = 3
"""Reviewed answers that open readiness without a gate."""

LEAST_COVERAGE = 0.50
"""The share of the blueprint with questions enough, below which there is no readiness."""

REVIEWED_SHARE = 0.50
"""The share of the blueprint with a reviewer's score from which readiness is called reviewed."""

ANSWERS_FOR_A_TREND = 4
"""Scored answers below which a line through them would be drawn from noise."""

MOST_ADVISED = 12
"""More answers than this are no advice: scores must rise instead."""

# Agreement ----------------------------------------------------------------------------------------

WELL_MATCHED, STRONG = 0.25, 0.75
"""Absolute bias up to which scores are well matched, and above which they differ strongly: a quarter of
an anchor is within rounding, three quarters is nearly another anchor every time."""

PAIRS_FOR_KAPPA = 30
"""Pairs of scores below which kappa swings too far to be shown."""

LOW_KAPPA = 0.60
"""Kappa under which reviewers disagree about a question; its anchors are to be mended."""

REVIEWERS_TALK, REVIEWERS_TALK_Q = 2, 1.0
"""Two reviewers talk when they differ by this much on a criterion, or on the question score."""
