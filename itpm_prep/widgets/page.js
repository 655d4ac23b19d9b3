// The frame of every app: style sheet, the tab's identity, a heartbeat, and the focus on a new screen.
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

function focusScreen(el, number) {
  const root = el.closest(".itpm");
  let tries = 120;
  const look = () => {
    const head = root?.querySelector(`.screen-${number} :is(h1, .stem)`);
    if (!head) return tries-- > 0 && requestAnimationFrame(look);
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    root.scrollIntoView({ block: "start" });
  };
  look();
}

export default {
  render({ model, el }) {
    let touched = performance.now();
    const touch = () => (touched = performance.now());
    const tell = (message) => {
      try {
        model.send(message);
      } catch { /* the kernel has ended: the banner says so */ }
    };
    const beat = () => performance.now() - touched < REST_MS && tell({ kind: "beat" });
    const leave = () => tell({ kind: "leave" });
    const onScreen = () => focusScreen(el, model.get("screen"));
    model.on("change:screen", onScreen);
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
    };
  },
};
