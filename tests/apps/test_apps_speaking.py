"""Remarks and recordings on the answer screen, in a Chromium with a microphone that beeps."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import bench_page as bench
import interview as walk
import pytest
from browser import Server, until
from playwright.sync_api import Browser, Page, expect

from itpm_prep.bank.compiled import load_bank
from itpm_prep.practice.remarks import Remark, remarks
from itpm_prep.settings import bank_dir
from itpm_prep.widgets.blocks import Html
from itpm_prep.widgets.parts import Action, AnswerForm, Box, Reader
from itpm_prep.widgets.speaking import ReadAloud, Recorded, Recorder

pytestmark = pytest.mark.browser

QUESTION = "BEH-GEN-001"
VAGUE = "😀 First we worked closely with all of them and it went on like that until the end of it."


@pytest.fixture(scope="module")
def chromium(speaking_chromium: Browser) -> Browser:
    return speaking_chromium


# The recorder alone -------------------------------------------------------------------------------


def recorder(kept: list[Recorded], seconds: int = 600, most: int = 50_000_000) -> Recorder:
    def keep(recorded: Recorded) -> str:
        kept.append(recorded)
        return "/home/ana/recordings/one.webm"

    return Recorder(QUESTION, "A late delivery", seconds, most, keep)


def open_recorder(page: Page, block: Recorder) -> None:
    form = AnswerForm("i1:0", [Box("part:action", "Action")], [], lambda *_: None, lambda *_: None)
    bench.draw(page, [Html("<h1>A question</h1>"), block, form])
    page.get_by_text("Answer aloud").click()


def record(page: Page, seconds: float = 1.5) -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("Recording.", exact=True)).to_be_visible()
    page.wait_for_timeout(seconds * 1000)


def test_a_recording_is_heard_saved_when_asked_and_deleted(page: Page) -> None:
    kept: list[Recorded] = []
    block = recorder(kept)
    open_recorder(page, block)
    record(page)
    page.get_by_role("button", name="Stop recording").click()
    line = page.locator(".speaking li")
    expect(line).to_contain_text("1. A late delivery: 0:0")
    expect(line).to_contain_text("kB")
    until(lambda: page.evaluate("document.querySelector('audio').readyState"), "the sound can be played")
    assert bench.sent(page, "slice") == [], "nothing leaves the tab before it is asked for"

    page.get_by_role("button", name="Save recording").click()
    until(lambda: bench.sent(page, "slice"), "the recording is sent")
    bench.pass_on(page, block, "slice")
    expect(page.get_by_text("Saved as /home/ana/recordings/one.webm")).to_be_visible()
    assert kept[0].label == QUESTION
    assert kept[0].sound[:4] == b"\x1aE\xdf\xa3", "the head of every WebM file"
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("The saved file stays: /home/ana/recordings/one.webm")).to_be_visible()
    expect(line).to_have_count(0)


def test_a_long_recording_travels_in_slices_and_a_fault_leaves_it_in_the_tab(page: Page) -> None:
    kept: list[Recorded] = []
    block = recorder(kept)
    open_recorder(page, block)
    page.evaluate(
        "() => { const whole = Blob.prototype.slice;"
        "Blob.prototype.slice = function (at) { return whole.call(this, at, at + 4000); }; }"
    )
    record(page, 2.5)
    page.get_by_role("button", name="Stop recording").click()
    page.get_by_role("button", name="Save recording").click()
    seen = 0
    while not kept:
        until(lambda before=seen: len(bench.sent(page, "slice")) > before, "the next slice is sent")
        seen = bench.pass_on(page, block, "slice", seen)
    assert seen > 2
    assert len(kept[0].sound) == bench.sent(page, "slice")[0]["size"]

    record(page, 1.2)
    page.get_by_role("button", name="Stop recording").click()
    page.get_by_role("button", name="Save recording").click()
    until(lambda: len(bench.sent(page, "slice")) > seen, "the second one is sent")
    bench.tell(page, block, refused="the disk is full.")
    expect(
        page.get_by_text("Not saved: the disk is full. The recording is still in this tab.")
    ).to_be_visible()
    expect(page.locator("audio")).to_have_count(2)


@pytest.mark.parametrize("way", ["limit", "lost", "left"])
def test_however_a_recording_ends_what_was_recorded_is_kept(page: Page, way: str) -> None:
    page.add_init_script(
        "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (wish) => (window.heard = await ask(wish));"
    )
    block = recorder([], seconds=2 if way == "limit" else 600)
    open_recorder(page, block)
    record(page, 1.5)
    if way == "lost":  # as when the plug is pulled
        page.evaluate("window.heard.getTracks().forEach((track) => track.stop())")
        expect(
            page.get_by_text("The microphone went away. What was recorded until then is kept.")
        ).to_be_visible()
    elif way == "limit":
        expect(page.get_by_text("was stopped. What was recorded is kept.")).to_be_visible()
    else:  # the answer is handed in meanwhile
        again = recorder([])
        blocks = [Html("<h1>A follow-up</h1>").spec, again.spec]
        page.evaluate(
            "screen => { tell({ foresee: screen }); tell({ reveal: 2 }); }", {"number": 2, "blocks": blocks}
        )
        page.get_by_text("Answer aloud").click()
    expect(page.locator(".speaking li")).to_have_count(1)
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("NotAllowedError", "does not let this page use the microphone"),
        ("NotFoundError", "No microphone was found"),
    ],
)
def test_without_a_microphone_that_is_said_and_writing_goes_on(page: Page, fault: str, words: str) -> None:
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{fault}'); }}"
    )
    open_recorder(page, recorder([]))
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Everything else works without it")).to_be_visible()
    page.get_by_role("textbox", name="Action").fill("I wrote it down.")
    until(lambda: bench.sent(page, "draft"), "the draft is sent")


def test_a_browser_that_lets_no_page_listen_says_so_at_once(page: Page) -> None:
    page.add_init_script(
        "delete window.MediaRecorder; delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
    )
    open_recorder(page, recorder([]))
    expect(page.get_by_text("This browser offers no microphone to this page.")).to_be_visible()
    expect(page.get_by_text("Let the browser write down")).to_have_count(0)


def test_speech_is_written_down_only_when_chosen_into_the_box_one_was_in(page: Page) -> None:
    page.add_init_script(
        "window.ears = []; window.SpeechRecognition = class {"
        "constructor() { ears.push(this); } start() {} stop() {} };"
    )
    open_recorder(page, recorder([]))
    choice = page.get_by_label("Let the browser write down what I say")
    expect(choice).not_to_be_checked()
    expect(page.get_by_text("The sound may then go to the maker of your browser.")).to_be_visible()
    assert page.evaluate("ears.length") == 0
    page.get_by_role("textbox", name="Action").fill("I rang her.")
    choice.check()
    page.evaluate(
        "() => { const heard = Object.assign([{ transcript: 'She agreed' }], { isFinal: true });"
        "ears[0].onresult({ resultIndex: 0, results: [heard] }); }"
    )
    expect(page.get_by_role("textbox", name="Action")).to_have_value("I rang her. She agreed")
    until(lambda: bench.sent(page, "draft")[-1]["text"].endswith("agreed"), "what was said is a draft too")
    page.evaluate("ears[0].onerror({ error: 'network' })")
    expect(choice).not_to_be_checked()
    expect(page.get_by_text("The browser cannot write down what you say (network).")).to_be_visible()


def test_the_question_is_read_by_a_voice_of_this_machine_or_not_at_all(page: Page) -> None:
    page.add_init_script(
        "const own = { localService: true, lang: 'en-GB', name: 'own' };"
        "window.spoken = []; const all = [{ localService: false, lang: 'en-US', name: 'far' }];"
        "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
        "const stub = new EventTarget();"
        "stub.getVoices = () => all; stub.speak = (one) => spoken.push(one);"
        "stub.cancel = () => spoken.at(-1).onend();"
        "Object.defineProperty(window, 'speechSynthesis', { value: stub });"
        "window.arrive = () => { all.push(own); stub.dispatchEvent(new Event('voiceschanged')); };"
    )
    bench.draw(page, [Html("<h1>Tell me.</h1>"), ReadAloud("Read the question aloud", "Tell me.")])
    button = page.get_by_role("button", name="Read the question aloud")
    expect(button).to_be_hidden()
    page.evaluate("arrive()")
    button.click()
    assert page.evaluate("[spoken[0].text, spoken[0].voice.name]") == ["Tell me.", "own"]
    page.get_by_role("button", name="Stop reading").click()
    expect(button).to_be_visible()


# The remarks alone --------------------------------------------------------------------------------


def answer_form(dismissed: set[str]) -> AnswerForm:
    question = load_bank(bank_dir()).question(QUESTION)

    def read(texts: dict[str, str]) -> Sequence[Remark]:
        parts = {box.removeprefix("part:"): text for box, text in texts.items()}
        return remarks(question, parts, dismissed)

    boxes = [Box("part:situation", "Situation"), Box("part:action", "Action")]
    reader = Reader(read, dismissed.add)
    return AnswerForm(
        "i1:0", boxes, [Action("submit", "Submit")], lambda *_: None, lambda *_: None, reader=reader
    )


def test_marks_lie_on_the_words_stay_there_while_one_types_and_keep_the_caret(page: Page) -> None:
    form = answer_form(set())
    bench.draw(page, [Html("<h1>A question</h1>"), form])
    area = page.get_by_role("textbox", name="Action")
    area.fill(VAGUE)
    until(
        lambda: bench.sent(page, "read") and bench.sent(page, "read")[-1]["texts"]["part:action"],
        "it is read",
    )
    seen = bench.pass_on(page, form, "read")
    mark = page.locator(".marks mark.vague_claim")
    expect(mark).to_have_text("worked closely")  # behind a character of two units
    assert page.evaluate(
        "() => { const area = document.querySelectorAll('textarea')[1], layer = area.previousSibling;"
        "return [layer.scrollHeight === area.scrollHeight, layer.clientWidth === area.clientWidth]; }"
    ) == [True, True]

    area.press("Home")
    area.press_sequentially("Then ")
    expect(mark).to_have_text("worked closely")  # before it was read again
    assert area.evaluate("area => area.selectionStart") == 5
    until(lambda: len(bench.sent(page, "read")) > seen, "it is read again")

    page.get_by_role("button", name="worked closely", exact=False).first.click()
    chosen = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert area.evaluate(chosen) == "worked closely"


def test_a_dismissed_remark_goes_at_once_and_the_focus_goes_to_the_next(page: Page) -> None:
    dismissed: set[str] = set()
    form = answer_form(dismissed)
    bench.draw(page, [Html("<h1>A question</h1>"), form])
    page.get_by_role("textbox", name="Action").fill(VAGUE)
    until(
        lambda: bench.sent(page, "read") and bench.sent(page, "read")[-1]["texts"]["part:action"],
        "it is read",
    )
    seen = bench.pass_on(page, form, "read")
    listed = page.locator(".remarks li")
    before = listed.count()
    expect(listed.first).to_contain_text("we worked closely with all of them")
    page.get_by_role("button", name="Dismiss: worked closely").press("Enter")
    expect(listed).to_have_count(before - 1)
    expect(page.locator(".marks mark.vague_claim")).to_have_count(0)
    expect(page.locator(".remarks button:focus")).to_have_count(1)
    bench.pass_on(page, form, "dismiss")
    assert dismissed == {"vague_claim:action:worked:closely"}
    page.get_by_role("textbox", name="Action").press_sequentially(" It was over.")
    until(lambda: len(bench.sent(page, "read")) > seen, "it is read again")
    bench.pass_on(page, form, "read", seen)
    expect(listed).to_have_count(before - 1)


# The whole path -----------------------------------------------------------------------------------


def test_in_practice_remarks_and_recording_go_through_the_kernel_to_the_disk(
    page: Page, serve: object, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.small_bank(tmp_path / "bank", QUESTION)
    monkeypatch.setenv("ITPM_PREP_BASE_BANK", str(tmp_path / "bank"))
    server: Server = serve()  # type: ignore[operator] # the fixture of the real apps
    walk.begin(page, server, mode="Practice", length=1)
    walk.start_answering(page)
    page.get_by_label("Action", exact=True).fill(f"{VAGUE} You know, um, it was late.")
    expect(page.locator(".remarks")).to_contain_text("Vague claim")
    page.get_by_role("button", name="Dismiss: worked closely").click()
    page.get_by_label("I spoke: count fillers").check()
    expect(page.locator(".remarks")).to_contain_text("2 fillers: you know 1, um 1.")
    page.get_by_text("Answer aloud").click()
    record(page)
    page.get_by_role("button", name="Stop recording").click()
    page.get_by_role("button", name="Save recording").click()
    expect(page.get_by_text("Saved as ")).to_be_visible()
    (file,) = (home / "recordings").iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]

    page.reload()
    walk.press(page, "Resume")
    expect(page.locator(".remarks")).to_contain_text("2 fillers")
    expect(page.locator(".remarks")).not_to_contain_text("Vague claim")
