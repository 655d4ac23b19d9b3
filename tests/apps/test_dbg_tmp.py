import time
from desk import *
from interview import *
def test_dbg(serve, page, tmp_path, monkeypatch):
    use_bank(tmp_path/"bank", monkeypatch); server=serve()
    answering(page, server)
    page.get_by_label("Situation").fill("word "*40000)
    t=time.time(); submit(page); print("submit",time.time()-t)
    t=time.time(); pass_probes(page); print("probes",time.time()-t)
    t=time.time(); leave_flags(page); print("flags",time.time()-t)
    t=time.time(); page.locator(".anchor input").nth(1).check(); print("check",time.time()-t)
    page.get_by_role("button", name="Next criterion").click(); print("clicked",time.time()-t)
    for _ in range(6):
        time.sleep(2); print(page.locator(".itpm").inner_text()[:120].replace("\n","|"), page.get_by_role("button", name="Next criterion").is_enabled()); 
    page.screenshot(path="/tmp/s.png")
    print(server.log.read_text()[-500:])
