"""try"""
import pytest
from interview import *
pytestmark = pytest.mark.browser

def test_try(serve, page, tmp_path, monkeypatch):
    bank = small_bank(tmp_path/"bank", "SCN-SOF-001","BEH-GEN-001","TEC-GEN-001")
    monkeypatch.setenv("ITPM_PREP_BANK", str(tmp_path/"bank"))
    server = serve()
    begin(page, server, level="Senior", length=3, mode="Practice")
    for n in range(3):
        q = asked(page, bank)
        print(q.id)
        start_answering(page)
        fill_answer(page, STORY)
        submit(page)
        print(reply_to_probes(page, "No reason"))
        score(page)
        next_question(page)
    print(page.locator(".itpm").inner_text())
