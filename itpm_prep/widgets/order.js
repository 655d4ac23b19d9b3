// Lines that a person puts in order: each can go up, down, or out. The focus stays with the line moved.
function drawOrder({ label, items }, send) {
  const el = make("div", "order");
  const list = make("ol");
  const said = make("p", "spoken");
  let lines = [...items];
  list.setAttribute("aria-label", label);
  list.tabIndex = -1; // where the focus goes when the last line is out
  said.setAttribute("role", "status");
  const tell = (words) => {
    said.textContent = words;
    send({ kind: "order", values: lines.map(({ value }) => value) });
  };
  const focus = (at, name) => {
    const row = list.children[Math.min(at, lines.length - 1)];
    const wanted = row?.querySelector(`[data-does="${name}"]:enabled`) ?? row?.querySelector("button:enabled");
    (wanted ?? list).focus();
  };
  const move = (at, by, name) => {
    [lines[at], lines[at + by]] = [lines[at + by], lines[at]];
    draw();
    focus(at + by, name);
    tell(`${lines[at + by].title} is now ${at + by + 1} of ${lines.length}.`);
  };
  const remove = (at) => {
    const [gone] = lines.splice(at, 1);
    draw();
    focus(at, "Remove");
    tell(`${gone.title} is taken out.`);
  };
  const button = (name, title, act, off = false) => {
    const one = make("button", "plain", name);
    one.type = "button";
    one.dataset.does = name;
    one.disabled = off;
    one.setAttribute("aria-label", `${name}: ${title}`);
    one.onclick = act;
    return one;
  };
  const row = ({ title, note }, at) => {
    const line = make("li");
    const words = make("span");
    const does = make("span", "row");
    words.append(make("b", "", title), make("span", "quiet", note));
    does.append(
      button("Up", title, () => move(at, -1, "Up"), at === 0),
      button("Down", title, () => move(at, 1, "Down"), at === lines.length - 1),
      button("Remove", title, () => remove(at)),
    );
    line.append(words, does);
    return line;
  };
  const draw = () => list.replaceChildren(...lines.map(row));
  draw();
  el.append(list, said);
  return {
    el,
    update: (changes) => {
      lines = [...changes.items];
      draw();
    },
  };
}
