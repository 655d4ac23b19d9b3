// Boxes to write in: live shares, drafts, remarks on the words, and the buttons that hand in.
const WORDS_PER_MINUTE = 150;

const count = (text) => text.trim().split(/\s+/u).filter(Boolean).length;
const spoken = (words) => {
  const seconds = Math.round((words / WORDS_PER_MINUTE) * 60);
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
};

function textBox(part, onInput, reads) {
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
  const marks = reads ? new Marks(area) : null;
  root.append(marks ? marks.root : area);
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
  return { root, area, draw, marks, share: part.share, box: part.box, words: () => count(area.value) };
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
    const told = parts.filter((part) => part.share); // a title or a note beside them is not told
    const total = (told.length ? told : parts).reduce((sum, part) => sum + part.words(), 0);
    parts.forEach((part) => part.draw(total));
    tally.textContent = total && spec.spoken ? `${total} words, about ${spoken(total)} when spoken. ` : "";
  };
  const onInput = (box, text) => {
    drafts.note(box, text);
    redraw();
    reading?.typed(box);
  };
  if (spec.figures.length) el.append(make("h2", "", "Your figures"));
  const figures = spec.figures.map((figure) => figureBox(figure, onInput));
  const parts = spec.parts.map((part) => textBox(part, onInput, spec.reads));
  const boxes = [...figures, ...parts];
  for (const { root, area } of boxes) {
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
  const reading = spec.reads ? new Reading(parts, send) : null;
  if (reading) el.append(reading.panel.el);

  const hidden = () => document.visibilityState === "hidden" && drafts.flush();
  const leaving = () => drafts.flush();
  document.addEventListener("visibilitychange", hidden);
  addEventListener("itpm-leaving", leaving); // under Voila the last moment in which the kernel can be told
  return {
    el,
    shown() {
      for (const { area, box } of boxes) {
        const whole = drafts.open(box, area.value, area.tagName === "TEXTAREA" ? "\n\n" : " ");
        if (whole === area.value) continue;
        area.value = whole;
        reading?.typed(box);
      }
      redraw();
    },
    update({ saved, unsaved, remarks, reread, fill }) {
      if (saved) drafts.saved(saved.box, saved.number);
      if (unsaved) drafts.refused(unsaved.box, unsaved.number, unsaved.words);
      if (remarks) reading?.told(remarks.found, remarks.number);
      if (reread) reading?.soon(0);
      for (const { area, box } of fill ? boxes : []) {
        if (!fill[box] || area.value.trim()) continue; // what a person wrote stays
        area.value = fill[box];
        onInput(box, area.value);
      }
    },
    close() {
      drafts.close();
      reading?.close();
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("itpm-leaving", leaving);
    },
  };
}
