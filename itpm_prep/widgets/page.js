// The frame of every app: draws the screen that the kernel describes, names the tab, keeps a heartbeat.
const DRAW = {
  ...DRAW_CONTROL,
  answer: drawAnswer,
  choice: drawChoice,
  clock: drawClock,
  evidence: drawEvidence,
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

// The screen: one element, redrawn whole; its parts are updated by their ids.
class Screen {
  constructor(el, tell) {
    this.el = el;
    this.tell = tell;
    this.parts = new Map();
  }
  show({ number, blocks }, moved) {
    for (const part of this.parts.values()) part.close?.();
    this.parts.clear();
    this.el.className = `screen screen-${number}`;
    this.el.replaceChildren(...blocks.map((spec) => this.draw(spec)));
    if (moved) this.focus();
  }
  draw(spec) {
    const send = (message) => this.tell({ ...message, block: spec.id });
    const part = DRAW[spec.kind](spec, send, (child) => this.draw(child));
    this.parts.set(spec.id, part);
    return part.el;
  }
  update({ block, changes }) {
    this.parts.get(block)?.update(changes);
  }
  // Reading starts at the heading of the new screen.
  focus() {
    const head = this.el.querySelector("h1, .stem");
    if (!head) return;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    this.el.closest(".itpm").scrollIntoView({ block: "start" });
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
    const screen = new Screen(make("div"), tell);
    el.append(message, screen.el);
    const onScreen = () => screen.show(model.get("screen"), true);
    const onMessage = () => drawMessage(message, model.get("message"));
    const onUpdate = (told) => screen.update(told);
    const beat = () => performance.now() - touched < REST_MS && tell({ kind: "beat" });
    const leave = () => tell({ kind: "leave" });
    screen.show(model.get("screen"), false);
    onMessage();
    model.on("change:screen", onScreen);
    model.on("change:message", onMessage);
    model.on("msg:custom", onUpdate);
    for (const kind of LEAVING) addEventListener(kind, leave);
    addEventListener("pointerdown", touch);
    addEventListener("keydown", touch);
    tell({ kind: "tab", tab: tabId() });
    const timer = setInterval(beat, BEAT_MS);
    return () => {
      clearInterval(timer);
      for (const kind of LEAVING) removeEventListener(kind, leave);
      removeEventListener("pointerdown", touch);
      removeEventListener("keydown", touch);
      model.off("change:screen", onScreen);
      model.off("change:message", onMessage);
      model.off("msg:custom", onUpdate);
    };
  },
};
