// The clock is drawn here, so that it neither waits for the kernel nor keeps it busy.
const clockFace = (seconds) => {
  const whole = Math.floor(Math.abs(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

export default {
  render({ model, el }) {
    const root = document.createElement("span");
    const face = document.createElement("span");
    const spoken = document.createElement("span");
    const button = document.createElement("button");
    face.setAttribute("role", "timer");
    spoken.className = "spoken";
    spoken.setAttribute("role", "status");
    button.type = "button";
    button.className = "plain";
    root.className = "clock";
    root.append(face, spoken);
    if (model.get("pausable")) root.append(button);
    el.append(root);

    let since = performance.now();
    const left = () => model.get("left") - (model.get("running") ? (performance.now() - since) / 1000 : 0);
    const draw = () => {
      const seconds = left();
      const late = seconds <= model.get("warn");
      face.textContent = seconds > 0 ? `${clockFace(Math.ceil(seconds))} left` : `Time is up, ${clockFace(seconds)} over`;
      root.classList.toggle("late", late);
      const say = seconds <= 0 ? "Time is up. Finish your sentence and go on." : late ? `${model.get("warn")} seconds left` : "";
      if (spoken.textContent !== say) spoken.textContent = say;
      button.textContent = model.get("running") ? "Pause" : "Go on";
    };
    const reset = () => {
      since = performance.now();
      draw();
    };
    button.onclick = () => model.send({ kind: model.get("running") ? "pause" : "resume" });
    model.on("change:stamp", reset);
    draw();
    const timer = setInterval(draw, 250);
    return () => {
      clearInterval(timer);
      model.off("change:stamp", reset);
    };
  },
};
