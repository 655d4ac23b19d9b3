// Drafts that reach the disk while one types.
const PAUSE_MS = 300; // a draft leaves this long after the last key
const LONGEST_MS = 900; // ... and at the latest this long after the first one
const PATIENCE_MS = 4000; // no word from the disk for so long is said
const CALM_MS = 400; // the kernel is told so long after the last word was saved
const AGAIN_MS = 3000; // what could not be saved is tried again after so long
const NO_ANSWER = "Not saved: no answer from the app. Your words stay here; copy them before you close the page.";

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
    this.timer = this.deadline = this.patience = this.calm = null;
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
    clearTimeout(this.calm);
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
    this.calm = setTimeout(() => this.send({ kind: "calm" }), CALM_MS);
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
    clearTimeout(this.calm);
  }
}
