// A file to save: it travels with the widget, since a message of this size may be held back on its way.
function fileOf(content, type) {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type }));
}

function render({ model, el }) {
  const note = document.createElement("div");
  const told = document.createElement("p");
  const link = document.createElement("a");
  note.className = "note";
  note.setAttribute("role", "status");
  told.textContent = model.get("told");
  link.className = "button primary";
  link.textContent = `Save ${model.get("name")}`;
  link.download = model.get("name");
  link.href = fileOf(model.get("content"), model.get("kind"));
  note.append(told, link);
  el.append(note);
  return () => URL.revokeObjectURL(link.href);
}

export default { render };
