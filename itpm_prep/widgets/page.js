// The frame of every app: draws the screen that the kernel describes, names the tab, keeps a heartbeat.
const DRAW = {
  ...DRAW_CONTROL,
  answer: drawAnswer,
  choice: drawChoice,
  clock: drawClock,
  evidence: drawEvidence,
  files: drawFiles,
  listing: drawListing,
  order: drawOrder,
  recorder: drawRecorder,
  table: drawTable,
  voice: drawVoice,
};
const BEAT_MS = 5000;
// Under Voila the kernel is out of reach by the time of pagehide; our template says so before.
const LEAVING = ["itpm-leaving", "pagehide"];
const REST_MS = 20 * 60 * 1000; // a page that nobody touches falls silent, so that its kernel can be culled

function tabId() {
  // A reload keeps its identity; a duplicated tab arrives by another navigation and gets its own.
  const fresh = Math.random().toString(36).slice(2) + Date.now().toString(36);
  try {
    const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    const id = (reloaded && sessionStorage.getItem("itpm-tab")) || fresh;
    sessionStorage.setItem("itpm-tab", id);
    return id;
  } catch {
    return fresh; // storage is forbidden here: every load is a tab of its own
  }
}

// One screen: drawn whole, its parts updated by their ids.
class Screen {
  constructor({ number, blocks }, tell) {
    this.number = number;
    this.tell = tell;
    this.parts = new Map();
    this.inSight = false;
    this.el = make("div", `screen screen-${number}`);
    this.el.append(...blocks.map((spec) => this.draw(spec)));
  }
  draw(spec) {
    const send = (message) => this.tell({ ...message, block: spec.id });
    const part = DRAW[spec.kind](spec, send, (child) => this.draw(child));
    this.parts.set(spec.id, part);
    if (this.inSight) part.shown?.();
    return part.el;
  }
  update({ block, changes }) {
    this.parts.get(block)?.update(changes);
  }
  // From here on a person sees it: clocks run, and what is typed is kept.
  shown() {
    this.inSight = true;
    for (const part of this.parts.values()) part.shown?.();
  }
  // Reading starts at the heading of the new screen.
  focus() {
    const head = this.el.querySelector("h1, .stem");
    if (!head?.isConnected) return;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    this.el.closest(".itpm").scrollIntoView({ block: "start" });
  }
  close() {
    for (const part of this.parts.values()) part.close?.();
  }
}

// The screen shown, and perhaps the next one, drawn out of sight before it is wanted.
class Stage {
  constructor(el, tell) {
    this.el = el;
    this.tell = tell;
    this.shown = this.next = null;
  }
  foresee(description) {
    this.next?.close();
    this.next = new Screen(description, this.tell);
  }
  show(description) {
    if (this.shown?.number === description.number) return; // revealed already
    if (this.next?.number !== description.number) this.foresee(description);
    this.reveal();
  }
  reveal() {
    const before = this.shown;
    const screen = (this.shown = this.next);
    this.next = null;
    this.el.replaceChildren(screen.el);
    screen.shown();
    before?.close();
    if (before) requestAnimationFrame(() => screen.focus());
  }
  hear(told) {
    if (told.foresee) this.foresee(told.foresee);
    else if (told.reveal) this.next?.number === told.reveal && this.reveal();
    else this.shown.update(told);
  }
}

function drawMessage(el, { words, tone }) {
  el.className = words ? `note ${tone}` : "";
  el.replaceChildren();
  if (!words) return;
  el.setAttribute("role", tone === "alert" ? "alert" : "status");
  el.append(make("p", "", words));
}

export default {
  render({ model, el }) {
    let touched = performance.now();
    const touch = () => (touched = performance.now());
    const tell = (message) => {
      try {
        model.send(message);
        return true;
      } catch {
        return false; // the kernel has ended: the banner says so
      }
    };
    const message = make("div");
    const place = make("div");
    const stage = new Stage(place, tell);
    el.append(message, place);
    const onScreen = () => stage.show(model.get("screen"));
    const onMessage = () => drawMessage(message, model.get("message"));
    const onTold = (told) => stage.hear(told);
    const beat = () => performance.now() - touched < REST_MS && tell({ kind: "beat" });
    const leave = () => tell({ kind: "leave" });
    onScreen();
    onMessage();
    model.on("change:screen", onScreen);
    model.on("change:message", onMessage);
    model.on("msg:custom", onTold);
    for (const kind of LEAVING) addEventListener(kind, leave);
    addEventListener("pointerdown", touch);
    addEventListener("keydown", touch);
    hearLate(model);
    tell({ kind: "tab", tab: tabId() });
    const timer = setInterval(beat, BEAT_MS);
    return () => {
      clearInterval(timer);
      for (const kind of LEAVING) removeEventListener(kind, leave);
      removeEventListener("pointerdown", touch);
      removeEventListener("keydown", touch);
      model.off("change:screen", onScreen);
      model.off("change:message", onMessage);
      model.off("msg:custom", onTold);
    };
  },
};
