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

  let since = performance.now();
  const left = () => spec.left - (spec.running ? (performance.now() - since) / 1000 : 0);
  const draw = () => {
    const seconds = left();
    const late = seconds <= spec.warn;
    face.textContent = seconds > 0 ? `${clockFace(Math.ceil(seconds))} left` : `Time is up, ${clockFace(seconds)} over`;
    el.classList.toggle("late", late);
    const soon = late ? `${spec.warn} seconds left` : "";
    const say = seconds <= 0 ? "Time is up. Finish your sentence and go on." : soon;
    if (spoken.textContent !== say) spoken.textContent = say;
    button.textContent = spec.running ? "Pause" : "Go on";
  };
  draw();
  const timer = setInterval(draw, 250);
  return {
    el,
    update(changes) {
      Object.assign(spec, changes);
      since = performance.now();
      draw();
    },
    close: () => clearInterval(timer),
  };
}
