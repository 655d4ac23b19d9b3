// The plain parts of a screen. Each draws its spec and gives { el, update, close }; what is not given is not needed.
const DRAW_CONTROL = {
  // ``value`` is markup whose every foreign word the kernel has escaped.
  html({ value }) {
    const el = make("div");
    el.innerHTML = value;
    return { el, update: (changes) => (el.innerHTML = changes.value) };
  },

  row({ look, children }, send, draw) {
    const el = make("div", look);
    el.append(...children.map(draw));
    return { el, update: (changes) => el.replaceChildren(...changes.children.map(draw)) };
  },

  button({ label, look }, send) {
    const el = make("button", look, label);
    el.type = "button";
    if (look === "current") el.setAttribute("aria-current", "page");
    el.onclick = () => send({ kind: "press" });
    return { el };
  },

  select({ label, options, value }, send) {
    const control = make("select");
    for (const option of options) {
      const node = make("option", "", option.label);
      node.value = option.value;
      node.selected = option.value === value;
      control.append(node);
    }
    control.onchange = () => send({ kind: "change", value: control.value });
    // The same options under other names: what is chosen stays.
    const rename = (named) => named.forEach((option, at) => (control.options[at].textContent = option.label));
    return { el: field(label, control), update: (changes) => rename(changes.options) };
  },

  input({ label, type, value, hint }, send) {
    const control = make("input");
    control.type = type;
    control.value = value;
    if (hint) control.title = hint;
    control.onchange = () => send({ kind: "change", value: control.value });
    return { el: field(label, control) };
  },
};
