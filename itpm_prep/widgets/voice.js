// The browser's own voice and ear. Only voices on this machine read aloud; listening may leave it, and is off until chosen.
function drawVoice({ label, text }) {
  const el = make("p", "voice");
  const button = make("button", "", label);
  const voices = window.speechSynthesis;
  const own = () => voices.getVoices().filter((voice) => voice.localService && voice.lang.startsWith("en"));
  const look = () => (el.hidden = !voices || !own().length);
  const rest = () => (button.textContent = label);
  let reading = null;
  button.type = "button";
  button.onclick = () => {
    if (reading) return voices.cancel();
    reading = new SpeechSynthesisUtterance(text);
    reading.voice = own().find((voice) => voice.lang.startsWith("en-GB")) ?? own()[0];
    reading.onend = reading.onerror = () => {
      reading = null;
      rest();
    };
    button.textContent = "Stop reading";
    voices.speak(reading);
  };
  el.append(button);
  look();
  voices?.addEventListener?.("voiceschanged", look);
  return {
    el,
    close() {
      voices?.removeEventListener?.("voiceschanged", look);
      if (reading) voices.cancel();
    },
  };
}

// Speech recognition writes into the box that had the focus last; returns what ends it.
function drawDictation(el, said) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return () => {};
  const pick = make("label", "pick");
  const box = make("input");
  const words = make("span", "", "Let the browser write down what I say");
  words.append(make("span", "quiet", "The sound may then go to the maker of your browser."));
  box.type = "checkbox";
  pick.append(box, words);
  el.append(pick);

  let target = null;
  let ear = null;
  const areas = () => [...(el.closest(".screen")?.querySelectorAll("textarea") ?? [])];
  const write = (text) => {
    const area = areas().includes(target) ? target : areas()[0];
    if (!area) return;
    area.value += `${area.value && !/\s$/.test(area.value) ? " " : ""}${text.trim()}`;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const note = ({ target: node }) => node.tagName === "TEXTAREA" && (target = node);
  const stop = () => {
    const before = ear;
    ear = null;
    before?.stop();
  };
  const listen = () => {
    ear = new Recognition();
    ear.continuous = true;
    ear.lang = document.documentElement.lang || "en";
    ear.onresult = ({ results, resultIndex }) => {
      for (let at = resultIndex; at < results.length; at++) if (results[at].isFinal) write(results[at][0].transcript);
    };
    ear.onerror = ({ error }) => {
      if (error === "no-speech") return;
      box.checked = false;
      stop();
      said.textContent = `The browser cannot write down what you say (${error}). ${IN_WRITING}`;
    };
    ear.onend = () => ear?.start(); // browsers end after a silence
    ear.start();
    said.textContent = "Listening. What you say is written into the box you were in last.";
  };
  box.onchange = () => {
    said.textContent = "";
    (box.checked ? listen : stop)();
  };
  document.addEventListener("focusin", note);
  return () => {
    stop();
    document.removeEventListener("focusin", note);
  };
}
