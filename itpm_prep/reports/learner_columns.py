"""The columns of the frames that tell of a learner's answers, scores and readiness."""

from __future__ import annotations

from itpm_prep.reports.column import read

ATTEMPTS = read("""
learner_id str whose attempt it is; empty for one's own record without a name
attempt_id str one attempt; unique within a learner
interview_id str the interview it was given in
question_id str the question
question_version int which version of the question
title str the question's title, empty when the bank does not hold it
category str one of the five categories
level str level of the question
specialisation str specialisation of the question
competency str primary competency of the question
mode str how the interview was held
outcome str answered or skipped
retry_of str the attempt it repeats with the debrief in view; missing unless a retry
take int which take of the answer; of several the last one counts
counts bool no retry and the last take: what means and counts are made of
preset str a set of one's own that was used, or empty
kit str id of the instructor's kit it answers, or empty
started_at time when the answer was begun
submitted_at time when it was handed in
seconds float seconds on the answer clock
words int words typed
q float question score: mean of the reviewers, else one's own; missing if skipped or unscored
self_q float one's own question score
reviewer_q float mean of the reviewers' question scores
self_rated bool scored by nobody but oneself
raters int how many have scored it, oneself included
reviewers int how many others have scored it
calibrated_at time the gate that stood when a self-rated attempt was rated
figures_right int? figures within tolerance; missing when the question's version is not known
figures_asked int? figures asked for
""")
CRITERION_SCORES = read("""
learner_id category whose attempt it is
attempt_id str the attempt
question_id category the question
criterion category id of the criterion
criterion_name category its name
rater category self, or the name of a reviewer
chosen int anchor picked, 1 to 5
score int what counts after the evidence rule and the cap, 1 to 5
cap int lowest cap of the red flags heard; 5 when there is none
has_evidence bool whether words of the answer were given as proof
rated_at time when it was rated; of several ratings by one rater the latest is kept
""")
TEXTS = read("""
learner_id str whose words they are
attempt_id str the attempt
kind str part, figure, reply, notes or comment (by a reviewer)
label str what was asked for; of a comment, whose it is and on which criterion
text str the words
words int how many
""")
_COUNTED = """
answers int answers given; retries and earlier takes left out
skipped int questions skipped
retries int answers written again
scored int answers with a score
questions int different questions among them
mean_q float mean question score; see too_thin
latest_q float question score of the latest one
latest_at time when that was handed in
too_thin bool fewer than 2 different questions scored: a mean says little
no_trend bool fewer than 4 scored answers: a line says little
"""
CATEGORIES = read(f"""
learner_id str whose answers
category str one of the five categories, all of them for each learner
{_COUNTED.strip()}
""")
COMPETENCIES = read(f"""
learner_id str whose answers
competency str primary competency of the questions, those met so far
{_COUNTED.strip()}
""")
CRITERIA = read("""
learner_id str whose answers
criterion str id of the criterion
criterion_name str its name
scored int answers with a score in it, retries and earlier takes left out
questions int different questions among them
mean_score float mean score; reviewers go before oneself
too_thin bool fewer than 2 different questions
""")
CALIBRATION = read("""
learner_id str whose scores are compared
criterion str id of the criterion
criterion_name str its name
pairs int n: answers scored in it by oneself and by reviewers (their mean)
own float mean of one's own scores in these pairs
reviewers float mean of the reviewers' scores
bias float own - reviewers: above 0 is overrating
mae float mean of |own - reviewers|
within_one float share of pairs at most 1 apart
""")
GATES = read("""
learner_id str who went through the gate
calibration_id str one passage through it
rated_at time when it was finished
marks int n: criterion scores given
mae float mean of |own - key|
leniency float mean of own - key
passed bool whether mae is at most .75
stands bool whether it is the latest one, passed, and at most 30 days old
""")
READINESS = read("""
learner_id str whose readiness
competency str the competency, all sixteen for each learner
share float v: its share of the target level in the bank's plan; missing without a target
answers int answers that count for the target level
questions int different questions among them
reviewed int answers among them with a reviewer
theta float level in it today, mean of the posterior, 1 to 5; missing until the gate or three reviews
sd float its standard deviation
chance float chance that theta is 3.0 or more
ready bool chance of .80 or more, from two different questions
missing str what is missing: gate, questions, answers, reviews or higher scores; empty when ready
missing_questions int how many different questions more it takes
missing_answers int? how many more self-rated answers would do; missing when no number up to 12 would
missing_reviewed int? how many more reviewed answers would do; missing in the same way
sentence str readiness in words, with its chance and what it stands on
advice str what would be needed, in words
""")
SIGNALS = read("""
learner_id str whose attempt it is
attempt_id str the attempt
words int words typed
empty_parts int parts under 8 words
hedges int phrases such as maybe, I think
vague_claims int vague phrases with no figure, name or quotation within 15 words
long_sentences int sentences over 35 words
says_i int times I stands in the part that tells what was done; 0 without such a part
says_we int times we stands there
result_figure bool? whether a figure with a unit stands in the result; missing without such a part
points int? strong points of the question; missing when its version is not known
touched int? how many of them share half their words with the answer: a hint, never a score
""")
