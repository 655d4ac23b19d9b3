/* Draws plotly figures in the colours of the theme, each with its caption and its table. */
const OPTIONS = { displayModeBar: false, doubleClick: false };

/* plotly.js comes as text of the model and is compiled here, once the page stands: it takes its time,
   and anywidget gives a module two seconds to begin. */
async function compile(source) {
  const text = `const module = { exports: {} };\n${source}\nexport default module.exports;`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return (await import(address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

let compiled; // once for all that a page draws, however often it goes from view to view

function isDark(element) {
  const told = document.body.dataset.jpThemeLight;
  if (told !== undefined) return told === "false";
  const [red, green, blue] = getComputedStyle(element).color.match(/[\d.]+/g).map(Number);
  return red * 0.3 + green * 0.59 + blue * 0.11 > 128; // light ink stands on dark paper
}

function add(parent, tag, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return parent.appendChild(element);
}

function layOut(chart, el) {
  add(el, "h2").textContent = chart.title;
  const figure = add(el, "figure");
  const place = add(figure, "div", { role: "img", "aria-label": `${chart.title}. ${chart.caption}` });
  add(figure, "figcaption").textContent = chart.caption;
  add(el, "div").innerHTML = chart.table; // built by the kernel from escaped text
  return place;
}

async function render({ model, el }) {
  const charts = model.get("charts");
  const places = charts.map((chart) => layOut(chart, el));
  const Plotly = await (compiled ??= compile(model.get("plotly")));
  const draw = () => {
    if (!el.clientWidth) return;
    const theme = isDark(el) ? "dark" : "light";
    charts.forEach((chart, i) => {
      const { data, layout } = JSON.parse(chart[theme]);
      Plotly.react(places[i], data, { ...layout, width: el.clientWidth }, OPTIONS);
    });
  };
  const sized = new ResizeObserver(draw);
  sized.observe(el);
  const themed = new MutationObserver(draw);
  themed.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return () => {
    sized.disconnect();
    themed.disconnect();
    places.forEach((place) => Plotly.purge(place));
  };
}

export default { render };
