// Remarks on the words while one writes: marks behind the learner's own text, and a list with their reasons.
const READ_PAUSE_MS = 500; // the kernel reads the answer this long after the last key
const NEAR_WORDS = 10; // so many on either side of what is marked
const READ_PATIENCE_MS = 5000; // without an answer for so long it is asked again

// The kernel counts code points; a JavaScript string counts units, two for some of them.
const unitsOf = (text) => {
  if (!/[\ud800-\udfff]/.test(text)) return (point) => point;
  const units = [];
  let unit = 0;
  for (const point of text) {
    units.push(unit);
    unit += point.length;
  }
  return (at) => units[at] ?? unit;
};

// A layer behind the text box with the same words, invisible but for the marks.
class Marks {
  constructor(area) {
    this.area = area;
    this.text = area.value;
    this.spans = [];
    this.layer = make("div", "marks");
    this.layer.setAttribute("aria-hidden", "true");
    this.layer.dir = "auto";
    this.root = make("div", "paper");
    this.root.append(this.layer, area);
    area.addEventListener("scroll", () => this.follow());
    this.watch = new ResizeObserver(() => this.follow());
    this.watch.observe(area);
    this.draw();
  }
  follow() {
    const { style } = this.layer;
    style.left = `${this.area.clientLeft}px`;
    style.width = `${this.area.clientWidth}px`; // without the scroll bar, as the words run
    style.height = `${this.area.clientHeight}px`;
    this.layer.scrollTop = this.area.scrollTop;
  }
  // Marks before the change stay, those behind it move along, one that was changed goes.
  typed() {
    const [before, after] = [this.text, this.area.value];
    const least = Math.min(before.length, after.length);
    let head = 0;
    while (head < least && before[head] === after[head]) head++;
    let tail = 0;
    while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    const moved = after.length - before.length;
    this.spans = this.spans.flatMap((span) => {
      if (span.end <= head) return [span];
      if (span.start < before.length - tail) return [];
      return [{ ...span, start: span.start + moved, end: span.end + moved }];
    });
    this.text = after;
    this.draw();
  }
  mark(text, spans) {
    this.text = text; // what was read; the person may have typed on
    this.spans = spans;
    this.typed();
  }
  draw() {
    const { text, spans } = this;
    const ends = spans.flatMap(({ start, end }) => [start, end]);
    const cuts = [...new Set([0, ...ends, text.length])].sort((a, b) => a - b);
    const pieces = cuts.slice(1).map((to, at) => {
      const from = cuts[at];
      const kinds = spans.filter(({ start, end }) => start <= from && to <= end).map(({ kind }) => kind);
      const piece = text.slice(from, to);
      return kinds.length ? make("mark", kinds.join(" "), piece) : piece;
    });
    this.layer.replaceChildren(...pieces, "\u200b"); // an empty last line is as high as in the text box
    this.follow();
  }
  close() {
    this.watch.disconnect();
  }
}

// A sentence round the words that are marked; of a long one only what stands near them.
const excerpt = (sentence, piece) => {
  const near = (text, from, to) => text.split(/(?<=\s)/u).slice(from, to).join("");
  if (piece === sentence) {
    const first = near(sentence, 0, 2 * NEAR_WORDS);
    return [first === sentence ? sentence : `${first}...`];
  }
  const at = Math.max(sentence.indexOf(piece), 0);
  const [before, after] = [sentence.slice(0, at), sentence.slice(at + piece.length)];
  const [head, tail] = [near(before, -NEAR_WORDS), near(after, 0, NEAR_WORDS)];
  return [head === before ? head : `... ${head}`, make("b", "", piece), tail === after ? tail : `${tail}...`];
};

// The list: kind by kind with the reason once, each remark with its sentence and a button to dismiss it.
class RemarkList {
  constructor(onShow, onDismiss) {
    this.onShow = onShow;
    this.onDismiss = onDismiss;
    this.el = make("section", "remarks");
    this.head = make("h2", "", "Remarks");
    this.said = make("p", "quiet");
    this.list = make("div");
    this.head.id = freshId();
    this.head.tabIndex = -1;
    this.el.setAttribute("aria-labelledby", this.head.id);
    this.el.append(this.head, this.said, this.list);
    this.drawn = null;
    this.fill([], false);
  }
  fill(remarks, written) {
    const state = JSON.stringify([remarks, written]);
    if (state === this.drawn) return; // the focus and the place on the page stay
    this.drawn = state;
    const none = written ? "Nothing to remark so far." : "What a listener may stumble over is listed here while you write.";
    const noun = remarks.length === 1 ? "remark" : "remarks";
    const some = `${remarks.length} ${noun}. None of them is a score: dismiss what does not help.`;
    this.said.textContent = remarks.length ? some : none;
    const held = this.list.querySelector(":focus")?.dataset.key; // the focus stays with its remark
    this.list.replaceChildren(...byKind(remarks).map((group) => this.group(group)));
    if (held) (this.button(held) ?? this.head).focus();
  }
  button(key) {
    return [...this.list.querySelectorAll("button")].find((each) => each.dataset.key === key);
  }
  group(remarks) {
    const [{ kind, name, why }] = remarks;
    const root = make("div", "kind");
    const title = make("p");
    title.append(make("mark", kind, name), " ", make("span", "quiet", why));
    const list = make("ul");
    remarks.forEach((remark, at) => list.append(this.line(remark, remark.words !== remarks[at - 1]?.words)));
    root.append(title, list);
    return root;
  }
  line(remark, withWords) {
    const { key, part_name: part, sentence, piece, words } = remark;
    const row = make("li");
    const place = make("button", "place");
    if (sentence) place.append(...excerpt(sentence, piece));
    else place.append(words);
    place.type = "button";
    place.title = "Show it in the text";
    place.dataset.key = `place ${key} ${remark.start}`;
    place.onclick = () => this.onShow(remark);
    const text = make("div");
    text.append(make("span", "quiet", part), place);
    if (withWords && sentence) text.append(make("span", "quiet", words));
    const dismiss = make("button", "plain", "Dismiss");
    dismiss.type = "button";
    dismiss.dataset.key = key;
    dismiss.setAttribute("aria-label", `Dismiss: ${piece || words}`);
    dismiss.onclick = () => this.dismiss(key);
    row.append(text, dismiss);
    return row;
  }
  dismiss(key) {
    const all = [...this.list.querySelectorAll("button.plain")];
    const at = all.findIndex((each) => each.dataset.key === key);
    const next = [...all.slice(at), ...all.slice(0, at).reverse()].find((each) => each.dataset.key !== key);
    const after = next?.dataset.key;
    this.onDismiss(key);
    (this.button(after) ?? this.head).focus();
  }
}

const byKind = (remarks) => {
  const groups = new Map();
  for (const remark of remarks) groups.set(remark.kind, [...(groups.get(remark.kind) ?? []), remark]);
  return [...groups.values()];
};

// Has the kernel read the answer when the typing pauses; the typing itself never waits for it.
class Reading {
  constructor(boxes, send) {
    this.send = send;
    this.boxes = new Map(boxes.map(({ box, area, marks }) => [box, { area, marks }]));
    this.remarks = [];
    this.asked = null; // the texts being read
    this.number = 0; // ... and the number of that reading
    this.panel = new RemarkList((remark) => this.show(remark), (key) => this.dismiss(key));
    this.timer = null;
    this.soon();
  }
  typed(box) {
    this.boxes.get(box)?.marks.typed();
    this.soon();
  }
  soon(delay = READ_PAUSE_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), delay);
  }
  ask() {
    if (this.asked && performance.now() - this.since < READ_PATIENCE_MS) return this.soon(); // one at a time
    this.asked = Object.fromEntries([...this.boxes].map(([box, { area }]) => [box, area.value]));
    this.since = performance.now();
    if (!this.send({ kind: "read", texts: this.asked, number: ++this.number })) this.asked = null;
  }
  told(remarks, number) {
    if (!this.asked || number !== this.number) return; // a later reading is under way
    const units = new Map(Object.entries(this.asked).map(([box, text]) => [box, unitsOf(text)]));
    this.remarks = remarks.flatMap((remark) => {
      const box = `part:${remark.part}`;
      if (!units.has(box)) return [];
      const [start, end] = [remark.start, remark.end].map(units.get(box));
      return [{ ...remark, box, start, end, piece: this.asked[box].slice(start, end) }];
    });
    for (const [box, { marks }] of this.boxes) marks.mark(this.asked[box], this.spansOf(box));
    this.asked = null;
    this.draw();
  }
  spansOf(box) {
    return this.remarks.filter((remark) => remark.box === box && remark.end > remark.start);
  }
  draw() {
    this.panel.fill(this.remarks, [...this.boxes.values()].some(({ area }) => area.value.trim()));
  }
  show({ key, box, start, end }) {
    const { area, marks } = this.boxes.get(box);
    area.focus();
    // The text may have changed since it was read: the mark has moved with it.
    const [span] = marks.spans
      .filter((each) => each.key === key)
      .sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start));
    if (span && end > start) area.setSelectionRange(span.start, span.end);
  }
  dismiss(key) {
    this.remarks = this.remarks.filter((remark) => remark.key !== key);
    for (const { marks } of this.boxes.values()) {
      marks.spans = marks.spans.filter((span) => span.key !== key);
      marks.draw();
    }
    this.draw();
    this.send({ kind: "dismiss", key });
  }
  close() {
    clearTimeout(this.timer);
    for (const { marks } of this.boxes.values()) marks.close();
  }
}
