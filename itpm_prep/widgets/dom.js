// One element with its class and its text.
const make = (tag, className = "", text = undefined) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

let lastId = 0;
const freshId = () => `itpm-${++lastId}`;

// A label over its control, in the grid of a form.
const field = (label, control) => {
  const root = make("div", "field");
  const name = make("label", "legend", label);
  name.htmlFor = control.id = freshId();
  root.append(name, control);
  return root;
};
