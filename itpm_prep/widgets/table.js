// A table to sort, filter and page: its rows arrive once, and everything after that happens here.
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/; // first characters after which a spreadsheet computes
const TELL_MS = 300;
const SHORT = 20; // characters that stay in one line

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const valueOf = (cell) => (Array.isArray(cell) ? cell[0] : cell);

function shownOf(cell, column) {
  if (Array.isArray(cell)) return cell[1];
  if (cell === null) return "–";
  return typeof cell === "number" ? cell.toFixed(column.digits) : cell;
}

// Rows without a value stand last, whichever way the table is sorted.
function compare(one, other, down) {
  if (one === null || other === null) return (one === null) - (other === null);
  const order = typeof one === "number" ? one - other : collator.compare(one, other);
  return down ? -order : order;
}

function quoted(cell) {
  const text = cell === null ? "" : String(cell);
  const safe = typeof cell === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function saveText(name, text) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// The rows that fit what was typed and chosen, in the order asked for.
class Rows {
  constructor(spec) {
    this.columns = spec.columns;
    this.drawn = spec.columns.filter((column) => !column.hidden);
    this.state = spec.state;
    this.fill(spec.rows);
  }
  fill(rows) {
    this.all = rows.map(([key, ...cells]) => {
      const shown = cells.map((cell, at) => shownOf(cell, this.columns[at]));
      return { key, cells, shown, text: shown.join(" ").toLowerCase() };
    });
  }
  at(key) {
    return this.columns.findIndex((column) => column.key === key);
  }
  found() {
    const { words, chosen, sort, down } = this.state;
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const picked = Object.entries(chosen).filter(([key, value]) => value && this.at(key) >= 0);
    const fits = ({ text, shown }) =>
      wanted.every((word) => text.includes(word)) &&
      picked.every(([key, value]) => shown[this.at(key)] === value);
    const rows = this.all.filter(fits);
    const at = this.at(sort);
    const by = (row) => valueOf(row.cells[at]);
    return at < 0 ? rows : rows.sort((one, other) => compare(by(one), by(other), down));
  }
  csv() {
    const head = this.columns.map((column) => column.label);
    // A number is saved whole; what is shown in other words than it sorts by is saved as shown.
    const plain = (row) => row.cells.map((cell, at) => (Array.isArray(cell) ? row.shown[at] : cell));
    return [head, ...this.found().map(plain)].map((line) => line.map(quoted).join(",")).join("\r\n");
  }
}

function drawControls(rows, caption, file, changed, tell) {
  const el = make("div", "filters");
  const { state } = rows;
  const input = make("input");
  input.type = "search";
  input.value = state.words;
  input.oninput = () => changed({ words: input.value });
  input.onchange = tell;
  el.append(field("Filter", input));
  const selects = rows.columns.filter((column) => column.choose).map((column) => {
    const select = make("select");
    select.onchange = () => changed({ chosen: { ...state.chosen, [column.key]: select.value } });
    el.append(field(column.label, select));
    return { column, select };
  });
  const fill = () => {
    for (const { column, select } of selects) {
      const values = new Set(rows.all.map((row) => row.shown[rows.at(column.key)]));
      const options = ["", ...[...values].sort(collator.compare)];
      select.replaceChildren(...options.map((value) => new Option(value || "All", value)));
      select.value = options.includes(state.chosen[column.key]) ? state.chosen[column.key] : "";
      state.chosen[column.key] = select.value;
    }
  };
  fill();
  const save = make("button", "plain", "Save as CSV");
  save.type = "button";
  save.onclick = () => saveText(`${file}.csv`, rows.csv());
  save.setAttribute("aria-label", `Save as CSV: ${caption}`);
  return { el, save, fill };
}

function drawHead(rows, changed) {
  const el = make("thead");
  const line = make("tr");
  const heads = rows.drawn.map((column) => {
    const head = make("th", column.number ? "number" : "");
    const button = make("button", "plain", column.label);
    head.scope = "col";
    button.type = "button";
    if (column.hint) button.title = column.hint;
    button.onclick = () => {
      const same = rows.state.sort === column.key;
      changed({ sort: column.key, down: same ? !rows.state.down : column.number });
    };
    head.append(button);
    line.append(head);
    return head;
  });
  el.append(line);
  const mark = () =>
    heads.forEach((head, at) => {
      const { sort, down } = rows.state;
      if (rows.drawn[at].key !== sort) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  return { el, mark };
}

function drawCell(row, column, at, open) {
  // ``at`` counts the cells of the row; the first one heads it.
  const cell = make(at ? "td" : "th", column.number ? "number" : column.wide ? "words" : "");
  if (!at) cell.scope = "row";
  // A reason in the place of a number may be broken into lines, and so may what is long.
  if (valueOf(row.cells[at]) !== null && row.shown[at].length <= SHORT) cell.classList.add("brief");
  if (!at && open) {
    const button = make("button", "link", row.shown[at]);
    button.type = "button";
    button.onclick = () => open(row.key);
    cell.append(button);
  } else cell.textContent = row.shown[at];
  const value = valueOf(row.cells[at]);
  if (column.heat && value !== null) {
    const [low, high] = column.heat;
    const full = Math.min(1, Math.max(0, (value - low) / (high - low)));
    cell.style.setProperty("--full", `${Math.round(full * 100)}%`);
  }
  return cell;
}

function drawPager(changed) {
  const el = make("div", "pager row apart");
  const said = make("span", "quiet");
  said.setAttribute("role", "status");
  const step = (label, by) => {
    const button = make("button", "", label);
    button.type = "button";
    button.onclick = () => changed({ at: by() });
    return button;
  };
  let from = 0;
  let size = 1;
  const back = step("Previous", () => Math.max(0, from - size));
  const on = step("Next", () => from + size);
  const buttons = make("span", "row");
  buttons.append(back, on);
  el.append(said, buttons);
  const show = (at, page, count, total) => {
    [from, size] = [at, page];
    const range = count ? `${at + 1} to ${Math.min(at + page, count)} of ${count}` : "Nothing fits";
    said.textContent = count < total ? `${range}, filtered from ${total}` : range;
    const active = el.ownerDocument.activeElement;
    [back.disabled, on.disabled] = [at === 0, at + page >= count];
    buttons.hidden = count <= page;
    if (active === on && on.disabled) back.focus(); // a button that is out of use loses the focus
    if (active === back && back.disabled) on.focus();
  };
  return { el, show };
}

// The rows of the page shown, and what has to follow when they are others.
class Sheet {
  constructor(spec, send) {
    this.rows = new Rows({ ...spec, state: { ...spec.state, chosen: { ...spec.state.chosen } } });
    this.page = spec.page;
    this.quiet = spec.quiet;
    this.send = send;
    this.body = make("tbody");
    const changed = (change) => this.change(change);
    this.controls = drawControls(this.rows, spec.caption, spec.file, changed, () => this.tell());
    this.head = drawHead(this.rows, changed);
    this.pager = drawPager(changed);
    this.open = spec.opens ? (key) => this.openLine(key) : undefined;
  }
  // Typing is told when it pauses or the box is left, everything else at once.
  change(change) {
    Object.assign(this.rows.state, { at: 0 }, change);
    this.show();
    clearTimeout(this.timer);
    if ("words" in change) this.timer = setTimeout(() => this.tell(), TELL_MS);
    else this.tell();
  }
  tell() {
    clearTimeout(this.timer);
    this.send({ kind: "view", state: this.rows.state });
  }
  openLine(key) {
    this.tell();
    this.send({ kind: "open", key });
  }
  line(row) {
    const { rows } = this;
    const tr = make("tr");
    tr.append(...rows.drawn.map((column) => drawCell(row, column, rows.at(column.key), this.open)));
    return tr;
  }
  show() {
    const found = this.rows.found();
    const { state } = this.rows;
    if (state.at >= found.length) state.at = 0;
    this.body.replaceChildren(...found.slice(state.at, state.at + this.page).map((row) => this.line(row)));
    this.head.mark();
    this.pager.show(state.at, this.page, found.length, this.rows.all.length);
  }
  // A filter that holds is in sight, however few rows there are.
  settle() {
    const { words, chosen } = this.rows.state;
    const filtered = words !== "" || Object.values(chosen).some(Boolean);
    const few = this.rows.all.length <= Math.min(this.quiet, this.page);
    this.controls.el.hidden = this.pager.el.hidden = few && !filtered;
  }
  fill(lines) {
    this.rows.fill(lines);
    this.controls.fill();
    this.settle();
    this.show();
  }
  close() {
    clearTimeout(this.timer);
  }
}

function drawTable(spec, send) {
  const sheet = new Sheet(spec, send);
  const el = make("div", "sheet");
  const table = make("table", spec.columns.some((column) => column.heat) ? "heat" : "");
  const box = make("div", "scroll");
  const foot = make("div", "row apart");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", spec.caption);
  table.append(make("caption", "", spec.caption), sheet.head.el, sheet.body);
  box.append(table);
  foot.append(make("span"), sheet.controls.save);
  el.append(sheet.controls.el, sheet.pager.el, box, foot);
  sheet.settle();
  sheet.show();
  const update = ({ rows }) => rows && sheet.fill(rows);
  return { el, update, close: () => sheet.close() };
}
