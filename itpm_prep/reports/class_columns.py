"""The columns of the frames about learners as a class, about questions, and about what waits for a review."""

from __future__ import annotations

from itpm_prep.reports.column import read

LEARNERS = read("""
learner_id str one learner
name str what the learner chose; two learners may share one
level str target level, empty without a target
specialisation str target specialisation, or empty
last_bundle_at time when the latest bundle was made; missing for one's own record
last_answer_at time when the latest attempt was handed in
answers int answers given; retries and earlier takes left out
questions int different questions answered
skipped int questions skipped
retries int answers written again
reviewed int answers with a reviewer
reviewers int different reviewers
mean_q float mean question score
bias float mean of own - reviewers' score over the paired criterion scores
pairs int n of bias, mae, within_one and kappa
mae float mean of |own - reviewers' score|
within_one float share of pairs at most 1 apart
kappa float quadratic weighted kappa of own and reviewers' scores, from 30 pairs on
calibrated bool whether a gate stands today
gate_at time the latest gate
gate_mae float its mean of |own - key|
leniency float its mean of own - key
state str shown, or why there is no readiness: target, gate or coverage
readiness float R: share of the target level ready; missing unless shown
coverage float share of the target level with two or more questions; missing without a target
ready int competencies ready
label str reviewed or self-rated; empty unless shown
model_bias float own - reviewers' question score as the readiness model sees it
model_bias_sd float its standard deviation
gain float score points gained in 30 days as the model sees it
gain_sd float its standard deviation
sentence str readiness in words, with what it stands on
advice str what would be needed, in words
attention int how many reasons for attention there are, see the frame attention
""")
ATTENTION = read("""
learner_id str who needs attention
name str what the learner chose
rule str id of the rule that fired
reason str why, in words with the numbers
urgency int 3 first, 1 last
""")
ITEMS = read("""
question_id str the question
question_version int the version; another version has other anchors
title str its title, empty when the bank does not hold it
category str category
level str level
specialisation str specialisation
competency str primary competency
learners int different learners it was put to
answers int answers given; retries and earlier takes left out
skipped int how often it was skipped
skip_rate float share of both that was skipped
scored int n of the four columns after it
mean_q float mean question score
sd_q float spread: standard deviation of the question scores
above_3 float ceiling: share of scored answers above 3
below_3 float floor: share of scored answers below 3
self_pairs int n of gap: answers scored by oneself and a reviewer
gap float mean of own - reviewers' question score
reviewer_pairs int n of kappa: criterion scores given by two reviewers
reviewer_mae float mean of |difference| between two reviewers
kappa float quadratic weighted kappa of two reviewers, from 30 pairs on
fault str the gravest: disagree, ceiling, floor, gap, narrow or skips; empty when none
criterion str the criterion whose anchor to mend first; missing when none
anchor int? that anchor, 1 to 5
mend str what is wrong, in words with the numbers; empty when nothing is
""")
ITEM_CRITERIA = read("""
question_id str the question
question_version int the version
criterion str id of the criterion
criterion_name str its name
scored int n: scored answers, retries and earlier takes left out
mean_score float mean score; reviewers go before oneself
sd_score float standard deviation
above_3 float share above 3
below_3 float share below 3
self_pairs int n of gap
gap float mean of own - reviewers' score
reviewer_pairs int n of kappa: scored by two reviewers
reviewer_mae float mean of |difference| between two reviewers
reviewer_anchor int? the anchor that most often one of two reviewers saw reached and the other did not
apart_2 int pairs of reviewers 2 or more apart
kappa float quadratic weighted kappa of two reviewers, from 30 pairs on
fault str disagree, ceiling, floor, gap or narrow; empty when none
anchor int? the anchor to mend, 1 to 5; missing when none
mend str what is wrong, in words with the numbers; empty when nothing is
""")
REVIEW_QUEUE = read("""
learner_id str whose answer waits for a review
attempt_id str the answer
name str what the learner chose
question_id str the question
question_version int its version
title str its title, empty when the bank does not hold it
category str category
level str level
competency str primary competency
kit str id of the kit it answers, or empty
retry bool written again with the debrief in view
submitted_at time when it was handed in
words int words typed
reviewers int reviewers so far, 0 or 1
reviewer str the one who has reviewed it, missing when nobody has
uncertainty float 1: readiness in the competency is as open as can be; 0: it is settled
""")
