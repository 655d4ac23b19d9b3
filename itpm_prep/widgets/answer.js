// Boxes to write in: live shares, drafts that reach the disk while one types, and the buttons that hand in.
const PAUSE_MS = 300; // a draft leaves this long after the last key
const LONGEST_MS = 900; // ... and at the latest this long after the first one
const PATIENCE_MS = 4000; // no word from the disk for so long is said
const AGAIN_MS = 3000; // what could not be saved is tried again after so long
const NO_ANSWER = "Not saved: no answer from the app. Your words stay here; copy them before you close the page.";
const WORDS_PER_MINUTE = 150;

const count = (text) => text.trim().split(/\s+/u).filter(Boolean).length;
const spoken = (words) => {
  const seconds = Math.round((words / WORDS_PER_MINUTE) * 60);
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
};

// What has been typed and not yet been confirmed is kept in the browser too, in case the server is gone.
// An entry holds the text and the prints of those texts that the disk may hold of this box: if it holds
// another one, somebody wrote there meanwhile. Each tab has entries of its own.
const shelf = {
  prefix: (place, box) => `itpm-draft:${place}:${box}@`,
  put(place, box, text, prints) {
    try {
      const tab = sessionStorage.getItem("itpm-tab") ?? "";
      localStorage.setItem(this.prefix(place, box) + tab, JSON.stringify({ text, prints }));
    } catch { /* no storage, or full: the box still holds the words */ }
  },
  entries(place, box) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix(place, box)));
      return keys.map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
    } catch { return []; }
  },
  // Another tab may have written on since its entry was taken.
  drop(place, box, texts) {
    for (const { key, text } of this.entries(place, box)) if (texts.includes(text)) localStorage.removeItem(key);
  },
};

// A short print of a text (FNV-1a and the length).
const print = (text) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length}-${hash >>> 0}`;
};

// The stored text with what the shelf holds of a box; texts written apart from each other both stay.
function together(stored, entries, gap) {
  let whole = stored;
  for (const { text, prints } of entries) {
    if (whole === stored && prints.includes(print(stored))) whole = text;
    else if (!whole.includes(text)) whole += gap + text;
  }
  return whole;
}

class Drafts {
  constructor(place, send, status) {
    this.place = place;
    this.send = send;
    this.status = status;
    this.boxes = new Map(); // box -> { text, prints: what the disk may hold, home: texts from the shelf }
    this.waiting = new Set(); // boxes not yet sent
    this.sent = new Map(); // box -> { text, number } sent and not yet confirmed
    this.number = 0;
    this.timer = this.deadline = this.patience = null;
  }
  open(box, stored, gap) {
    const entries = shelf.entries(this.place, box);
    const whole = together(stored, entries, gap);
    this.boxes.set(box, { text: stored, prints: [print(stored)], home: entries.map(({ text }) => text) });
    if (whole !== stored) this.note(box, whole);
    else shelf.drop(this.place, box, this.boxes.get(box).home);
    return whole;
  }
  note(box, text) {
    const state = this.boxes.get(box);
    state.text = text;
    shelf.put(this.place, box, text, state.prints);
    this.waiting.add(box);
    this.status("Saving ...");
    const now = performance.now();
    this.deadline ??= now + LONGEST_MS;
    this.plan(Math.max(0, Math.min(PAUSE_MS, this.deadline - now)));
  }
  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }
  flush() {
    clearTimeout(this.timer);
    this.deadline = null;
    if (!this.waiting.size) return;
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.status(NO_ANSWER, true), PATIENCE_MS);
    for (const box of this.waiting) {
      const { text, prints } = this.boxes.get(box);
      const number = ++this.number;
      if (!this.send({ kind: "draft", box, text, number })) {
        this.status(NO_ANSWER, true); // the kernel has ended: the box stays among those to be sent
        return;
      }
      this.sent.set(box, { text, number });
      this.waiting.delete(box);
      prints.push(print(text));
    }
  }
  saved(box, number) {
    const sent = this.sent.get(box);
    if (sent?.number !== number) return; // an older text: a newer one is under way
    this.sent.delete(box);
    const state = this.boxes.get(box);
    state.prints = [print(sent.text)];
    if (this.waiting.has(box)) return shelf.put(this.place, box, state.text, state.prints);
    shelf.drop(this.place, box, [sent.text, ...state.home]);
    if (this.sent.size || this.waiting.size) return;
    clearTimeout(this.patience);
    this.status("Saved.");
  }
  refused(box, number, words) {
    if (this.sent.get(box)?.number !== number) return;
    this.sent.delete(box);
    this.waiting.add(box);
    clearTimeout(this.patience);
    this.status(words, true);
    this.plan(AGAIN_MS);
  }
  close() {
    this.flush();
    clearTimeout(this.timer);
    clearTimeout(this.patience);
  }
}

function textBox(part, onInput) {
  const root = make("div", "part");
  const head = make("div", "head");
  const label = make("label", "", part.name);
  const measure = make("span", "quiet");
  const area = make("textarea");
  area.id = label.htmlFor = freshId();
  area.value = part.text;
  area.dir = "auto";
  area.rows = part.rows ?? 3;
  area.spellcheck = true;
  area.oninput = () => onInput(part.box, area.value);
  head.append(label, measure);
  root.append(head);
  if (part.hint) {
    const hint = make("p", "quiet hint", part.hint);
    hint.id = `${area.id}-hint`;
    area.setAttribute("aria-describedby", hint.id);
    root.append(hint);
  }
  root.append(area);
  const bar = make("div", "share");
  const fill = make("b");
  const tick = make("u");
  if (part.share) {
    tick.style.left = `${part.share}%`;
    bar.append(fill, tick);
    bar.setAttribute("aria-hidden", "true");
    root.append(bar);
  }
  const draw = (total) => {
    const words = count(area.value);
    const share = total ? Math.round((100 * words) / total) : 0;
    measure.textContent = part.share ? `${words} words, ${share} % of ${part.share}` : `${words} words`;
    fill.style.width = `${Math.min(share, 100)}%`;
    return words;
  };
  return { root, area, draw, box: part.box, words: () => count(area.value) };
}

function figureBox(figure, onInput) {
  const root = make("div", "figure");
  const label = make("label", "", figure.ask);
  const wrap = make("span");
  const input = make("input");
  input.type = "text";
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.id = label.htmlFor = freshId();
  input.value = figure.text;
  input.oninput = () => onInput(figure.box, input.value);
  wrap.append(input, make("span", "quiet", figure.unit));
  root.append(label, wrap);
  return { root, area: input, box: figure.box };
}

function drawAnswer(spec, send) {
  const el = make("div");
  const stateOf = make("span");
  const tally = make("span");
  stateOf.setAttribute("role", "status");
  const status = (text, bad = false) => {
    stateOf.textContent = text;
    stateOf.className = bad ? "unsaved" : "";
  };
  const drafts = new Drafts(spec.place, send, status);
  const redraw = () => {
    const total = parts.reduce((sum, part) => sum + part.words(), 0);
    parts.forEach((part) => part.draw(total));
    tally.textContent = total && spec.spoken ? `${total} words, about ${spoken(total)} when spoken. ` : "";
  };
  const onInput = (box, text) => {
    drafts.note(box, text);
    redraw();
  };
  if (spec.figures.length) el.append(make("h2", "", "Your figures"));
  const figures = spec.figures.map((figure) => figureBox(figure, onInput));
  const parts = spec.parts.map((part) => textBox(part, onInput));
  const boxes = [...figures, ...parts];
  for (const { root, area, box } of boxes) {
    area.value = drafts.open(box, area.value, area.tagName === "TEXTAREA" ? "\n\n" : " ");
    area.addEventListener("blur", () => drafts.flush());
    el.append(root);
  }
  const line = make("span", "quiet");
  line.append(tally, stateOf);
  const buttons = make("span", "row");
  for (const action of spec.actions) {
    const button = make("button", action.look, action.label);
    button.type = "button";
    button.onclick = () => {
      drafts.flush();
      const texts = Object.fromEntries(boxes.map(({ area, box }) => [box, area.value]));
      if (!send({ kind: "act", action: action.name, texts })) status(NO_ANSWER, true);
    };
    buttons.append(button);
  }
  const foot = make("div", "foot");
  foot.append(line, buttons);
  el.append(foot);
  redraw();

  const hidden = () => document.visibilityState === "hidden" && drafts.flush();
  const leaving = () => drafts.flush();
  document.addEventListener("visibilitychange", hidden);
  addEventListener("itpm-leaving", leaving); // under Voila the last moment in which the kernel can be told
  return {
    el,
    update({ saved, unsaved }) {
      if (saved) drafts.saved(saved.box, saved.number);
      if (unsaved) drafts.refused(unsaved.box, unsaved.number, unsaved.words);
    },
    close() {
      drafts.close();
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("itpm-leaving", leaving);
    },
  };
}
