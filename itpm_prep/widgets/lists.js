// Lines to open, a page at a time, and a place to hand files over.
function drawListing({ items, page }, send) {
  const el = make("div", "listing");
  const list = make("ul");
  const more = make("button", "plain");
  more.type = "button";
  let shown = [];
  const add = (count) => {
    const from = list.children.length;
    for (const { value, title, note, tone } of shown.slice(from, from + count)) {
      const line = make("button");
      line.type = "button";
      line.append(make("b", tone ? `tag ${tone}` : "", title), make("span", "quiet", note));
      line.onclick = () => send({ kind: "open", value });
      const row = make("li");
      row.append(line);
      list.append(row);
    }
    const left = shown.length - list.children.length;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, page)} more`;
    return list.children[from]?.firstChild;
  };
  const fill = (lines) => {
    shown = lines;
    list.replaceChildren();
    add(page);
  };
  more.onclick = () => add(page)?.focus();
  fill(items);
  el.append(list, more);
  return { el, update: (changes) => fill(changes.items) };
}

const toBase64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? ""); // an empty file has no comma
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

const MESSAGE_BYTES = 6e6;

// The files in the order given, as many together as a message takes.
function parted(files, limit) {
  const parts = [];
  let room = 0;
  for (const file of files) {
    const size = file.size > limit ? 0 : file.size;
    if (!parts.length || size > room) {
      parts.push([]);
      room = MESSAGE_BYTES;
    }
    parts.at(-1).push(file);
    room -= size;
  }
  return parts;
}

function drawFiles({ label, accept, limit, most }, send) {
  const el = make("label", "drop");
  const input = make("input");
  const said = make("span", "quiet");
  input.type = "file";
  input.multiple = true;
  input.accept = accept;
  said.setAttribute("role", "status");
  const hand = async (chosen) => {
    const files = [...chosen].slice(0, most);
    said.textContent = chosen.length > most ? `Only the first ${most} files are taken.` : "";
    try {
      const read = async (file) => ({
        name: file.name,
        content: file.size > limit ? null : await toBase64(file),
      });
      // A message may be of 10 MB at most: many files go in several.
      for (const part of parted(files, limit)) send({ kind: "files", files: await Promise.all(part.map(read)) });
    } catch (error) {
      said.textContent = `Not readable: ${error.message}`; // a folder, or a file that has gone
    }
    input.value = ""; // so that the same file, mended, can be chosen again
  };
  input.onchange = () => input.files.length && hand(input.files);
  el.ondragover = (event) => {
    event.preventDefault();
    el.classList.add("over");
  };
  el.ondragleave = () => el.classList.remove("over");
  el.ondrop = (event) => {
    event.preventDefault();
    el.classList.remove("over");
    if (event.dataTransfer.files.length) hand(event.dataTransfer.files);
  };
  el.append(make("span", "", label), input, said);
  return { el };
}
