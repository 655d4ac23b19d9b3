"""One blind review under way: draws its step, keeps every change at once, and submits it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec.structs import replace

from itpm_prep.apps.host import Host
from itpm_prep.bank.compiled import Bank
from itpm_prep.bank.types import Question
from itpm_prep.practice import review as rules
from itpm_prep.practice.earlier import texts_of
from itpm_prep.practice.evidence import by_part, holds, quotable
from itpm_prep.practice.figures import judge_all
from itpm_prep.practice.records import Attempt, Rating, Reply
from itpm_prep.practice.review import KIND, Review
from itpm_prep.practice.scoring import caps_of
from itpm_prep.problems import PersonError, StoreError
from itpm_prep.store.record import Record
from itpm_prep.store.tables import repair
from itpm_prep.widgets import review_screen as screens
from itpm_prep.widgets.scoring_screen import ScoreView

SUBMITTED = "This review was submitted in another tab. Go back to the queue to see it."
NO_ANCHOR = "Pick the highest line that the words prove first; Back leaves this criterion open."

Change = Callable[[Review], Review]


class Answers(Protocol):
    """What a review needs of the cohort."""

    def attempt(self, learner_id: str, attempt_id: str) -> Attempt | None:
        """One answer."""

    def replies(self, learner_id: str, attempt_id: str) -> Sequence[Reply]:
        """The replies to its probes."""

    def ratings(self, learner_id: str, attempt_id: str) -> Sequence[Rating]:
        """Everybody's ratings of it."""


class DeskHost(Host, Protocol):
    """What a review needs of the controller."""

    def add_review(self, learner_id: str, rating: Rating) -> None:
        """Append a review."""


class Desk:
    """The review of one answer; ``on_done`` is called when it has been submitted, here or elsewhere."""

    def __init__(
        self,
        host: DeskHost,
        answers: Answers,
        learner: str,
        review: Review,
        on_leave: Callable[[], None],
        on_done: Callable[[], None],
    ) -> None:
        self.host, self.answers, self.review = host, answers, review
        self._on_leave, self._on_done = on_leave, on_done
        self._waiting: list[Change] = []  # changes that could not be stored yet
        self.given = given(answers, host.bank, learner, review.learner_id, review.attempt_id)
        texts = quotable(self.given.parts, self.given.replies)
        self.texts, self.sentences = list(texts.values()), by_part(texts)

    @property
    def question(self) -> Question:
        """The question that was answered."""
        return self.given.question

    # Drawing ----------------------------------------------------------------------------------

    def draw(self) -> None:
        """The step at hand."""
        self.review = self._stored() or self.review
        step = self.review.step
        if step == 0:
            self._read()
        elif step <= len(self.question.criteria):
            self._criterion(step)
        else:
            self._end(step)

    def _read(self) -> None:
        def hear(heard: Sequence[str]) -> None:
            flags = tuple(int(at) for at in heard)
            self._act(lambda: self.change(lambda review: replace(review, flags=flags)))

        heard = [str(at) for at in self.review.flags]
        leave = self.host.act(self._on_leave)
        screen = screens.read_screen(self.given, heard, hear, leave, self.host.act(lambda: self._turn(1)))
        self.host.page.show(*screen)

    def _criterion(self, step: int) -> None:
        criterion = self.question.criteria[step - 1]
        pick = self.review.pick(criterion.id)
        cap = caps_of(self.question, self.review.flags)[criterion.id]
        total = len(self.question.criteria)

        def give(**changes: object) -> None:
            def change(review: Review) -> Review:
                return rules.give(review, criterion.id, replace(review.pick(criterion.id), **changes))

            self.change(change)

        def go(action: str, texts: dict[str, str]) -> None:
            give(comment=repair(texts["comment"]))
            if action == "next" and not self.review.pick(criterion.id).chosen:
                raise PersonError(NO_ANCHOR)
            self._turn(step - 1 if action == "back" else step + 1)

        screen = screens.criterion_screen(
            self.given,
            ScoreView(criterion, step, total, pick.chosen, pick.evidence, cap),
            self.sentences,
            lambda evidence: holds(evidence, self.texts),
            pick.comment,
            self._place(criterion.id),
            lambda chosen, evidence: self._act(lambda: give(chosen=chosen, evidence=repair(evidence))),
            lambda _, text: give(comment=repair(text)),
            lambda action, texts: self._act(lambda: go(action, texts)),
        )
        self.host.page.show(*screen)

    def _end(self, step: int) -> None:
        lacking = rules.open_criteria(self.review, self.question)
        preview = None if lacking else self._rating()

        def comment(text: str) -> None:
            self.change(lambda review: replace(review, comment=repair(text)))

        def go(action: str, texts: dict[str, str]) -> None:
            comment(texts["comment"])
            if action == "back":
                self._turn(step - 1)
            else:
                self._submit()

        screen = screens.end_screen(
            self.given,
            self.review,
            preview,
            lacking,
            self._place(""),
            lambda _, text: comment(text),
            lambda action, texts: self._act(lambda: go(action, texts)),
        )
        self.host.page.show(*screen)

    def _place(self, criterion: str) -> str:
        """What the browser keeps unsent drafts under: another reviewer's are others."""
        return f"review:{self.review.document_id}:{criterion}"

    # Steps ------------------------------------------------------------------------------------

    def change(self, change: Change) -> None:
        """Store a change on top of what is stored, which another tab may have changed too."""
        self._waiting.append(change)
        stored = self._stored()
        if stored is None and self._submitted():
            raise StoreError(SUBMITTED)
        latest = stored or self.review
        for each in self._waiting:
            latest = each(latest)
        self.host.record.keep_document(KIND, latest.document_id, rules.encode(latest), self.host.now())
        self.review = latest
        self._waiting.clear()
        self.host.page.calm()

    def _turn(self, step: int) -> None:
        self.change(lambda review: replace(review, step=step))
        self.draw()

    def _submit(self) -> None:
        # Closed in two tabs at once, or stopped between the two writes: one review stays one.
        if not self._submitted():
            self.host.add_review(self.review.learner_id, self._rating())
        self.host.record.drop_document(KIND, self.review.document_id)
        self._on_done()

    def _rating(self) -> Rating:
        return rules.close(self.review, self.question, self.texts, self.host.now())

    def _submitted(self) -> Rating | None:
        kept = self.answers.ratings(self.review.learner_id, self.review.attempt_id)
        return rules.submitted(kept, self.review.reviewer)

    def _stored(self) -> Review | None:
        text = self.host.record.documents(KIND).get(self.review.document_id)
        return rules.decode(text) if text else None

    def _act(self, step: Callable[[], None]) -> None:
        self.host.act(step)()


def forget_drafts(record: Record, learner_id: str) -> None:
    """Delete the drafts of reviews of a learner who is forgotten: they quote the answers."""
    for document, text in record.documents(KIND).items():
        draft = rules.decode(text)
        if draft is None or draft.learner_id == learner_id:
            record.drop_document(KIND, document)


def given(answers: Answers, bank: Bank, learner: str, learner_id: str, attempt_id: str) -> screens.Given:
    """An answer with its question, as it is read; ``PersonError`` when either is not there."""
    attempt = answers.attempt(learner_id, attempt_id)
    if attempt is None:
        raise PersonError("This answer is no longer in the cohort.")
    question = bank.question(attempt.question_id) if attempt.question_id in bank else None
    if question is None or not rules.fits(attempt, question):
        raise PersonError(
            f"The bank here does not hold {attempt.question_id} in version {attempt.question_version}, "
            "so its anchors cannot be shown. Update itpm_prep, or add the pack the learner used."
        )
    return screens.Given(
        learner,
        question,
        attempt,
        texts_of(attempt),
        answers.replies(learner_id, attempt_id),
        judge_all(question, attempt.figures),
    )
