-- The control of the cohort's frames: the same frames as an experienced hand would ask DuckDB for them.
-- A part begins with "-- make" (a step) or "-- frame" and the name of the frame that it gives. The one
-- thing left out is the model: SQL selects the answers that count and stops before the linear algebra.

-- make latest
CREATE OR REPLACE TEMP TABLE latest AS
SELECT * FROM ratings
QUALIFY row_number() OVER (PARTITION BY learner_id, attempt_id, rater ORDER BY rated_at DESC) = 1;

-- make answers
CREATE OR REPLACE TEMP TABLE answers AS
WITH rated AS (
  SELECT learner_id, attempt_id,
         avg(q) FILTER (rater = 'self') AS self_q, avg(q) FILTER (rater <> 'self') AS reviewer_q,
         count(*) AS raters, count(*) FILTER (rater <> 'self') AS reviewers,
         max(rated_at) FILTER (rater = 'self') AS self_at
  FROM latest GROUP BY ALL
), joined AS (
  SELECT a.*, coalesce(title, '') AS title,
         retry_of IS NULL AND take = max(take) FILTER (retry_of IS NULL)
           OVER (PARTITION BY a.learner_id, interview_id, a.question_id) AS counts,
         coalesce(reviewer_q, self_q) AS q, self_q, reviewer_q,
         coalesce(raters, 0) AS raters, coalesce(reviewers, 0) AS reviewers,
         coalesce(raters > 0 AND reviewers = 0, false) AS self_rated,
         m.figures_right, m.figures_asked, self_at
  FROM attempts a
  LEFT JOIN rated r USING (learner_id, attempt_id)
  LEFT JOIN measures m USING (learner_id, attempt_id)
  LEFT JOIN questions USING (question_id)
)
SELECT j.*,
       CASE WHEN self_rated AND mae <= 0.75 AND self_at < g.rated_at + INTERVAL 30 DAY THEN g.rated_at END
         AS calibrated_at
FROM joined j ASOF LEFT JOIN gates g ON j.learner_id = g.learner_id AND j.self_at >= g.rated_at;

-- frame attempts
SELECT learner_id, attempt_id, interview_id, question_id, question_version, title, category, level,
       specialisation, competency, mode, outcome, retry_of, take, counts, preset, kit, started_at,
       submitted_at, seconds, words, q, self_q, reviewer_q, self_rated, raters, reviewers, calibrated_at,
       figures_right, figures_asked
FROM answers ORDER BY learner_id, submitted_at;

-- make scored
CREATE OR REPLACE TEMP TABLE scored AS
SELECT s.*, a.question_id, a.question_version, a.counts, a.reviewers > 0 AS reviewed
FROM scores s
JOIN latest r USING (learner_id, attempt_id, rating_id)
JOIN answers a USING (learner_id, attempt_id);

-- frame criterion_scores
SELECT learner_id, attempt_id, question_id, criterion, name AS criterion_name, rater, chosen, score, cap,
       has_evidence, rated_at
FROM scored JOIN criteria USING (criterion);

-- frame competencies
SELECT learner_id, competency,
       count(*) FILTER (counts AND outcome = 'answered') AS answers,
       count(*) FILTER (counts AND outcome = 'skipped') AS skipped,
       count(retry_of) AS retries,
       count(q) FILTER (counts) AS scored,
       count(DISTINCT question_id) FILTER (counts AND q IS NOT NULL) AS questions,
       avg(q) FILTER (counts) AS mean_q,
       arg_max(q, submitted_at) FILTER (counts AND q IS NOT NULL) AS latest_q,
       max(submitted_at) FILTER (counts AND q IS NOT NULL) AS latest_at,
       questions < 2 AS too_thin, scored < 4 AS no_trend
FROM answers GROUP BY ALL ORDER BY ALL;

-- frame categories
WITH found AS (
  SELECT learner_id, category,
         count(*) FILTER (counts AND outcome = 'answered') AS answers,
         count(*) FILTER (counts AND outcome = 'skipped') AS skipped,
         count(retry_of) AS retries,
         count(q) FILTER (counts) AS scored,
         count(DISTINCT question_id) FILTER (counts AND q IS NOT NULL) AS questions,
         avg(q) FILTER (counts) AS mean_q,
         arg_max(q, submitted_at) FILTER (counts AND q IS NOT NULL) AS latest_q,
         max(submitted_at) FILTER (counts AND q IS NOT NULL) AS latest_at
  FROM answers GROUP BY ALL
)
SELECT learner_id, category, coalesce(answers, 0) AS answers, coalesce(skipped, 0) AS skipped,
       coalesce(retries, 0) AS retries, coalesce(scored, 0) AS scored, coalesce(questions, 0) AS questions,
       mean_q, latest_q, latest_at, coalesce(questions, 0) < 2 AS too_thin,
       coalesce(scored, 0) < 4 AS no_trend
FROM learners CROSS JOIN (SELECT DISTINCT category FROM attempts) LEFT JOIN found USING (learner_id, category)
ORDER BY learner_id, category;

-- make means
CREATE OR REPLACE TEMP TABLE means AS
SELECT learner_id, attempt_id, question_id, question_version, criterion, avg(score) AS score
FROM scored WHERE counts AND (rater <> 'self' OR NOT reviewed) GROUP BY ALL;

-- frame criteria
SELECT learner_id, criterion, name AS criterion_name, count(*) AS scored,
       count(DISTINCT question_id) AS questions, avg(score) AS mean_score, questions < 2 AS too_thin
FROM means JOIN criteria USING (criterion) GROUP BY ALL ORDER BY learner_id, criterion;

-- make pairs
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT learner_id, attempt_id, question_id, question_version, criterion,
       avg(score) FILTER (rater = 'self') AS own, avg(score) FILTER (rater <> 'self') AS other
FROM scored WHERE reviewed GROUP BY ALL HAVING own IS NOT NULL AND other IS NOT NULL;

-- frame calibration
SELECT learner_id, criterion, name AS criterion_name, count(*) AS pairs, avg(own) AS own,
       avg(other) AS reviewers, avg(own - other) AS bias, avg(abs(own - other)) AS mae,
       avg((abs(own - other) <= 1)::INT) AS within_one
FROM pairs JOIN criteria USING (criterion) GROUP BY ALL ORDER BY learner_id, criterion;

-- frame gates
SELECT *, mae <= 0.75 AS passed,
       passed AND rated_at = max(rated_at) OVER (PARTITION BY learner_id)
         AND $now < rated_at + INTERVAL 30 DAY AS stands
FROM gates ORDER BY learner_id, rated_at;

-- frame readiness
WITH tried AS (
  SELECT a.*,
         row_number() OVER (PARTITION BY a.learner_id, question_id ORDER BY submitted_at, attempt_id) > 1
           AS repeat
  FROM answers a WHERE counts AND outcome = 'answered'
), counted AS (
  SELECT t.learner_id, attempt_id, question_id, competency, self_q, reviewer_q, repeat,
         epoch($now - submitted_at) / 86400 AS age_days
  FROM tried t JOIN learners l ON l.learner_id = t.learner_id
  WHERE q IS NOT NULL AND level_rank(t.level) >= level_rank(l.level)
  QUALIFY row_number() OVER (PARTITION BY t.learner_id, question_id ORDER BY submitted_at DESC) <= 2
)
SELECT learner_id, competency, count(*) AS answers, count(DISTINCT question_id) AS questions,
       count(reviewer_q) AS reviewed, avg(self_q) AS theta, avg(age_days) AS sd,
       avg(repeat::INT) AS chance, count(DISTINCT question_id) >= 2 AS ready
FROM counted GROUP BY ALL ORDER BY ALL;

-- frame signals
SELECT m.* EXCLUDE (figures_right, figures_asked)
FROM measures m JOIN attempts USING (learner_id, attempt_id) ORDER BY learner_id, submitted_at;

-- make roster
CREATE OR REPLACE TEMP TABLE roster AS
WITH given AS (
  SELECT learner_id, max(submitted_at) AS last_answer_at,
         count(*) FILTER (counts AND outcome = 'answered') AS answers,
         count(DISTINCT question_id) FILTER (counts AND outcome = 'answered') AS questions,
         count(*) FILTER (counts AND outcome = 'skipped') AS skipped,
         count(retry_of) AS retries,
         count(*) FILTER (counts AND outcome = 'answered' AND reviewers > 0) AS reviewed,
         avg(q) FILTER (counts) AS mean_q
  FROM answers GROUP BY ALL
), others AS (
  SELECT learner_id, count(DISTINCT rater) AS reviewers FROM latest WHERE rater <> 'self' GROUP BY ALL
), agreed AS (
  SELECT learner_id, count(*) AS pairs, avg(own - other) AS bias, avg(abs(own - other)) AS mae,
         avg((abs(own - other) <= 1)::INT) AS within_one,
         CASE WHEN count(*) >= 30 THEN 1 - sum((own - other) ** 2)
           / (sum(own ** 2) + sum(other ** 2) - 2 * sum(own) * sum(other) / count(*)) END AS kappa
  FROM pairs GROUP BY ALL
), gate AS (
  SELECT learner_id, max(rated_at) AS gate_at, arg_max(mae, rated_at) AS gate_mae,
         arg_max(leniency, rated_at) AS leniency
  FROM gates GROUP BY ALL
)
SELECT l.*, g.* EXCLUDE (learner_id), coalesce(o.reviewers, 0) AS reviewers,
       coalesce(pairs, 0) AS pairs, ag.* EXCLUDE (learner_id, pairs),
       gate.* EXCLUDE (learner_id),
       coalesce(gate_mae <= 0.75 AND $now < gate_at + INTERVAL 30 DAY, false) AS calibrated
FROM learners l
LEFT JOIN given g USING (learner_id) LEFT JOIN others o USING (learner_id)
LEFT JOIN agreed ag USING (learner_id) LEFT JOIN gate USING (learner_id);

-- make reasons
CREATE OR REPLACE TEMP TABLE reasons AS
WITH placed AS (
  SELECT learner_id, q, row_number() OVER (PARTITION BY learner_id ORDER BY submitted_at DESC) AS place
  FROM answers WHERE counts AND q IS NOT NULL
), four AS (
  SELECT learner_id, CASE WHEN count(*) >= 4 THEN avg(q) FILTER (place <= 4) END AS lately,
         CASE WHEN count(*) >= 8 THEN avg(q) FILTER (place BETWEEN 5 AND 8) END AS before
  FROM placed WHERE place <= 8 GROUP BY ALL
), facts AS (
  SELECT *, date_diff('day', last_answer_at, $now) AS days FROM roster LEFT JOIN four USING (learner_id)
)
SELECT learner_id, name, days, unnest(list_filter([
  CASE WHEN days IS NULL OR days >= 14 THEN {'rule': 'silent', 'urgency': 3,
    'reason': format('No answer for {} days.', days)} END,
  CASE WHEN lately < 2.5 THEN {'rule': 'low', 'urgency': 3,
    'reason': format('The last 4 scored answers have a mean of {:.1f}.', lately)} END,
  CASE WHEN before - lately >= 0.75 THEN {'rule': 'falling', 'urgency': 2,
    'reason': format('The mean of 4 scored answers fell from {:.1f} to {:.1f}.', before, lately)} END,
  CASE WHEN bias > 0.75 AND pairs >= 12 THEN {'rule': 'overrates', 'urgency': 2,
    'reason': format('Own scores {:.1f} above the reviewers'' (n = {}).', bias, pairs)} END,
  CASE WHEN bias < -0.75 AND pairs >= 12 THEN {'rule': 'underrates', 'urgency': 2,
    'reason': format('Own scores {:.1f} below the reviewers'' (n = {}).', -bias, pairs)} END,
  CASE WHEN skipped >= 0.25 * (skipped + answers) AND skipped + answers >= 8 THEN {'rule': 'skips',
    'urgency': 2, 'reason': format('Skipped {} of {} questions.', skipped, skipped + answers)} END,
  CASE WHEN answers >= 8 AND reviewed = 0 AND NOT calibrated THEN {'rule': 'unchecked', 'urgency': 1,
    'reason': format('{} answers, none of them reviewed, and no gate that stands.', answers)} END
], lambda one: one IS NOT NULL), recursive := true)
FROM facts;

-- frame attention
SELECT learner_id, name, rule, reason, urgency FROM reasons ORDER BY urgency DESC, days DESC;

-- frame learners
SELECT r.*, coalesce(n, 0) AS attention
FROM roster r LEFT JOIN (SELECT learner_id, count(*) AS n FROM reasons GROUP BY ALL) USING (learner_id)
ORDER BY name, learner_id;

-- make reviewers
CREATE OR REPLACE TEMP TABLE both_reviewers AS
WITH twice AS (SELECT * FROM scored WHERE rater <> 'self' AND reviewed)
SELECT a.question_id, a.question_version, a.criterion, a.score AS own, b.score AS other
FROM twice a JOIN twice b USING (learner_id, attempt_id, criterion) WHERE a.rater < b.rater;

-- frame item_criteria
WITH spread AS (
  SELECT question_id, question_version, criterion, count(*) AS scored, avg(score) AS mean_score,
         stddev_samp(score) AS sd_score, avg((score > 3)::INT) AS above_3, avg((score < 3)::INT) AS below_3,
         mode(round(score)) AS given
  FROM means GROUP BY ALL
), gaps AS (
  SELECT question_id, question_version, criterion, count(*) AS self_pairs, avg(own - other) AS gap,
         sum((least(own, other) < 2 AND greatest(own, other) >= 2)::INT) AS own_2,
         sum((least(own, other) < 3 AND greatest(own, other) >= 3)::INT) AS own_3,
         sum((least(own, other) < 4 AND greatest(own, other) >= 4)::INT) AS own_4,
         sum((least(own, other) < 5 AND greatest(own, other) >= 5)::INT) AS own_5
  FROM pairs GROUP BY ALL
), agreed AS (
  SELECT question_id, question_version, criterion, count(*) AS reviewer_pairs,
         avg(abs(own - other)) AS reviewer_mae, count(*) FILTER (abs(own - other) >= 2) AS apart_2,
         sum((least(own, other) < 2 AND greatest(own, other) >= 2)::INT) AS at_2,
         sum((least(own, other) < 3 AND greatest(own, other) >= 3)::INT) AS at_3,
         sum((least(own, other) < 4 AND greatest(own, other) >= 4)::INT) AS at_4,
         sum((least(own, other) < 5 AND greatest(own, other) >= 5)::INT) AS at_5,
         CASE WHEN count(*) >= 30 THEN 1 - sum((own - other) ** 2)
           / (sum(own ** 2) + sum(other ** 2) - 2 * sum(own) * sum(other) / count(*)) END AS kappa
  FROM both_reviewers GROUP BY ALL
)
SELECT question_id, question_version, criterion, name AS criterion_name, coalesce(scored, 0) AS scored,
       mean_score, sd_score, above_3, below_3, coalesce(self_pairs, 0) AS self_pairs, gap,
       coalesce(reviewer_pairs, 0) AS reviewer_pairs, reviewer_mae, coalesce(apart_2, 0) AS apart_2, kappa,
       CASE WHEN greatest(at_2, at_3, at_4, at_5) > 0
            THEN 1 + list_position([at_2, at_3, at_4, at_5], greatest(at_2, at_3, at_4, at_5)) END
         AS reviewer_anchor,
       CASE WHEN kappa < 0.6 THEN 'disagree' WHEN scored >= 10 AND above_3 = 0 THEN 'ceiling'
            WHEN scored >= 10 AND below_3 = 0 THEN 'floor'
            WHEN self_pairs >= 10 AND abs(gap) > 0.75 THEN 'gap'
            WHEN scored >= 10 AND sd_score < 0.4 THEN 'narrow' ELSE '' END AS fault,
       CASE fault WHEN 'disagree' THEN reviewer_anchor WHEN 'ceiling' THEN 4 WHEN 'floor' THEN 3
            WHEN 'gap' THEN 1 + list_position([own_2, own_3, own_4, own_5], greatest(own_2, own_3, own_4, own_5))
            WHEN 'narrow' THEN given END AS anchor
FROM spread
FULL JOIN gaps USING (question_id, question_version, criterion)
FULL JOIN agreed USING (question_id, question_version, criterion)
JOIN criteria USING (criterion)
ORDER BY question_id, question_version, criterion;

-- frame items
WITH agreed AS (
  SELECT question_id, question_version, count(*) AS reviewer_pairs, avg(abs(own - other)) AS reviewer_mae,
         CASE WHEN count(*) >= 30 THEN 1 - sum((own - other) ** 2)
           / (sum(own ** 2) + sum(other ** 2) - 2 * sum(own) * sum(other) / count(*)) END AS kappa
  FROM both_reviewers GROUP BY ALL
)
SELECT question_id, question_version, title, category, level, specialisation, competency,
       count(DISTINCT learner_id) FILTER (counts) AS learners,
       count(*) FILTER (counts AND outcome = 'answered') AS answers,
       count(*) FILTER (counts AND outcome = 'skipped') AS skipped,
       avg((outcome = 'skipped')::INT) FILTER (counts) AS skip_rate,
       count(q) FILTER (counts) AS scored, avg(q) FILTER (counts) AS mean_q,
       stddev_samp(q) FILTER (counts) AS sd_q,
       avg((q > 3)::INT) FILTER (counts) AS above_3, avg((q < 3)::INT) FILTER (counts) AS below_3,
       count(self_q - reviewer_q) AS self_pairs, avg(self_q - reviewer_q) AS gap,
       coalesce(any_value(reviewer_pairs), 0) AS reviewer_pairs, any_value(reviewer_mae) AS reviewer_mae,
       any_value(kappa) AS kappa
FROM answers LEFT JOIN agreed USING (question_id, question_version)
GROUP BY question_id, question_version, title, category, level, specialisation, competency
ORDER BY question_id, question_version;

-- frame review_queue
SELECT a.learner_id, a.attempt_id, l.name, question_id, question_version, title, category, a.level,
       competency, kit, retry_of IS NOT NULL AS retry, submitted_at, words, reviewers, r.rater AS reviewer
FROM answers a JOIN learners l USING (learner_id)
LEFT JOIN latest r ON r.learner_id = a.learner_id AND r.attempt_id = a.attempt_id AND r.rater <> 'self'
  AND a.reviewers = 1
WHERE (counts OR retry_of IS NOT NULL) AND outcome = 'answered' AND reviewers < 2
ORDER BY reviewers, submitted_at DESC;
