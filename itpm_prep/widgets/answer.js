// Boxes to write in: live shares, drafts that reach the disk while one types, and the buttons that hand in.
const PAUSE_MS = 300; // a draft leaves this long after the last key
const LONGEST_MS = 900; // ... and at the latest this long after the first one
const PATIENCE_MS = 4000; // no word from the disk for so long is said
const WORDS_PER_MINUTE = 150;

const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
const count = (text) => text.trim().split(/\s+/u).filter(Boolean).length;
const spoken = (words) => {
  const seconds = Math.round((words / WORDS_PER_MINUTE) * 60);
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
};

// What has been typed and not yet been confirmed is kept in the browser too, in case the server is gone.
const shelf = {
  key: (place, box) => `itpm-draft:${place}:${box}`,
  put(place, box, text) {
    try { localStorage.setItem(this.key(place, box), text); } catch { /* private mode: the box still holds it */ }
  },
  get(place, box) {
    try { return localStorage.getItem(this.key(place, box)); } catch { return null; }
  },
  drop(place, box) {
    try { localStorage.removeItem(this.key(place, box)); } catch { /* as above */ }
  },
};

class Drafts {
  constructor(model, status) {
    this.model = model;
    this.status = status;
    this.place = model.get("place");
    this.waiting = new Map(); // box -> text not yet sent
    this.sent = new Map(); // box -> text sent and not yet confirmed
    this.timer = this.deadline = this.patience = null;
  }
  note(box, text) {
    shelf.put(this.place, box, text);
    this.waiting.set(box, text);
    this.status("Saving ...");
    const now = performance.now();
    this.deadline ??= now + LONGEST_MS;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE_MS, this.deadline - now)));
  }
  flush() {
    clearTimeout(this.timer);
    this.deadline = null;
    if (!this.waiting.size) return;
    clearTimeout(this.patience);
    this.patience = setTimeout(
      () => this.status("Not saved: no answer from the app. Your words stay here; copy them before you close the page.", true),
      PATIENCE_MS,
    );
    for (const [box, text] of this.waiting) {
      this.sent.set(box, text);
      this.model.send({ kind: "draft", box, text });
    }
    this.waiting.clear();
  }
  saved(box, text_length) {
    const text = this.sent.get(box);
    if (text === undefined || text.length !== text_length) return; // an older text: a newer one is under way
    this.sent.delete(box);
    if (this.waiting.has(box)) return;
    shelf.drop(this.place, box);
    if (this.sent.size || this.waiting.size) return;
    clearTimeout(this.patience);
    this.status("Saved.");
  }
  refused(words) {
    clearTimeout(this.patience);
    this.status(words, true);
  }
  close() {
    this.flush();
    clearTimeout(this.patience);
  }
}

function textBox(part, onInput) {
  const root = make("div", "part");
  const head = make("header");
  const label = make("label", "", part.name);
  const measure = make("span", "quiet");
  const area = make("textarea");
  area.id = label.htmlFor = `itpm-${part.box}-${Math.random().toString(36).slice(2)}`;
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
  input.id = label.htmlFor = `itpm-${figure.box}-${Math.random().toString(36).slice(2)}`;
  input.value = figure.text;
  input.oninput = () => onInput(figure.box, input.value);
  wrap.append(input, make("span", "quiet", figure.unit));
  root.append(label, wrap);
  return { root, area: input, box: figure.box };
}

export default {
  render({ model, el }) {
    const stateOf = make("span", "");
    const tally = make("span", "");
    const status = (text, bad = false) => {
      stateOf.textContent = text;
      stateOf.className = bad ? "unsaved" : "";
    };
    const drafts = new Drafts(model, status);
    const boxes = [];
    const redraw = () => {
      const total = parts.reduce((sum, part) => sum + part.words(), 0);
      parts.forEach((part) => part.draw(total));
      tally.textContent = total ? `${total} words, about ${spoken(total)} when spoken. ` : "";
    };
    const onInput = (box, text) => {
      drafts.note(box, text);
      redraw();
    };
    if (model.get("figures").length) el.append(make("h2", "", "Your figures"));
    for (const figure of model.get("figures")) boxes.push(figureBox(figure, onInput));
    const parts = model.get("parts").map((part) => textBox(part, onInput));
    boxes.push(...parts);
    for (const { root, area, box } of boxes) {
      const left = shelf.get(drafts.place, box);
      if (left !== null && left !== area.value) {
        area.value = left; // typed while nothing could be saved: bring it home now
        drafts.note(box, left);
      }
      area.addEventListener("blur", () => drafts.flush());
      el.append(root);
    }
    const foot = make("div", "foot");
    const line = make("span", "quiet");
    line.append(tally, stateOf);
    stateOf.setAttribute("role", "status");
    const row = make("span", "row");
    for (const action of model.get("actions")) {
      const button = make("button", action.look, action.label);
      button.type = "button";
      button.onclick = () => {
        drafts.flush();
        const texts = Object.fromEntries(boxes.map(({ area, box }) => [box, area.value]));
        model.send({ kind: "act", action: action.name, texts });
      };
      row.append(button);
    }
    foot.append(line, row);
    el.append(foot);
    redraw();
    const onMessage = (message) => {
      if (message.kind === "saved") drafts.saved(message.box, message.length);
      if (message.kind === "unsaved") drafts.refused(message.words);
    };
    model.on("msg:custom", onMessage);
    const hidden = () => document.visibilityState === "hidden" && drafts.flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      drafts.close();
      document.removeEventListener("visibilitychange", hidden);
      model.off("msg:custom", onMessage);
    };
  },
};
