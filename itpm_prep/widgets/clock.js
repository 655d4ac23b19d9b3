// The clock is drawn here, so that it neither waits for the kernel nor keeps it busy.
const clockFace = (seconds) => {
  const whole = Math.floor(Math.abs(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

function drawClock(spec, send) {
  const el = make("span", "clock");
  const face = make("span");
  const spoken = make("span", "spoken");
  const button = make("button", "plain");
  face.setAttribute("role", "timer");
  spoken.setAttribute("role", "status");
  button.type = "button";
  button.onclick = () => send({ kind: spec.running ? "pause" : "resume" });
  el.append(face, spoken);
  if (spec.pausable) el.append(button);

  let since = null; // a screen that is drawn out of sight is not there yet: its time has not begun
  let timer = null;
  let handedIn = false;
  const handIn = () => {
    if (!spec.cut || handedIn || since === null) return;
    handedIn = true;
    el.closest(".screen").querySelector(".foot button.primary")?.click();
  };
  const left = () => spec.left - (spec.running && since !== null ? (performance.now() - since) / 1000 : 0);
  const draw = () => {
    const seconds = left();
    const late = seconds <= spec.warn;
    face.textContent = seconds > 0 ? `${clockFace(Math.ceil(seconds))} left` : `Time is up, ${clockFace(seconds)} over`;
    el.classList.toggle("late", late);
    const soon = late ? `${spec.warn} seconds left` : "";
    const over = spec.cut ? "Time is up." : "Time is up. Finish your sentence and go on.";
    const say = seconds <= 0 ? over : soon;
    if (spoken.textContent !== say) spoken.textContent = say;
    button.textContent = spec.running ? "Pause" : "Go on";
    if (seconds <= 0) handIn();
  };
  draw();
  return {
    el,
    shown() {
      since = performance.now();
      timer = setInterval(draw, 250);
    },
    update(changes) {
      Object.assign(spec, changes);
      since = performance.now();
      draw();
    },
    close: () => clearInterval(timer),
  };
}
