"""The answers to one kit as a file for the instructor who made it."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from itpm_prep.apps.host import Host
from itpm_prep.practice.blackout import words_of
from itpm_prep.practice.kit_files import file_name
from itpm_prep.practice.kits import Known
from itpm_prep.problems import PersonError
from itpm_prep.store.bundles import export_bundle
from itpm_prep.store.learner import name_learner, read_learner
from itpm_prep.store.local import LocalRecord
from itpm_prep.widgets import markup
from itpm_prep.widgets.blocks import Block
from itpm_prep.widgets.kit_screen import HandInForm

BLACKED_OUT = "blackout:hand_in"  # the preference that keeps the words, here and in Progress
BUNDLE = "application/x-ndjson"


def handing_in(host: Host, one: Known) -> tuple[Block, ...]:
    """The form once something is answered; nothing for a record that is kept elsewhere and needs no file."""
    record, met = host.record, one.standing.answered + one.standing.skipped
    if not met or not isinstance(record, LocalRecord):
        return ()
    words = record.preference(BLACKED_OUT) or ""
    form = HandInForm(
        read_learner(record).name,
        words,
        lambda name, typed: make_file(host, record, one, name, typed),
        whole=one.standing.finished_at is not None,
    )
    return form.blocks(host.act)


def make_file(host: Host, record: LocalRecord, one: Known, name: str, typed: str) -> tuple[str, str, str]:
    """What to say of the file, its name and its address.

    Raises ``PersonError`` saying what is in the way, such as a word still readable.
    """
    try:
        words = words_of(typed)
    except ValueError as fault:
        raise PersonError(str(fault)) from fault
    learner = name_learner(record, name)
    record.prefer(BLACKED_OUT, typed)
    chosen = [each.id for each in record.attempts() if each.kit == one.kit.id]
    file = BytesIO()
    counts = export_bundle(record, file, learner=learner, attempt_ids=chosen, blackout=words, bank=host.bank)
    standing = one.standing
    told = f"The file holds your answers to {standing.answered} of {standing.questions} questions"
    told += f" and {markup.plural(counts['rating'], 'score sheet')}" if counts["rating"] else ""
    told += ", under no name" if not learner.name else ""
    told += f". Blacked out: {', '.join(words)}" if words else ""
    stem = file_name(one.kit).removeprefix("kit-").removesuffix(".json")
    called = f"answers-{stem}-{host.now().astimezone():%Y-%m-%d-%H%M}.jsonl"
    address = f"data:{BUNDLE};base64,{b64encode(file.getvalue()).decode('ascii')}"
    return f"{told}. Save it, then hand it in.", called, address
