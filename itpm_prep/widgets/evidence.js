// One criterion: the answer by sentences, its five anchors, and the words that prove the one picked.
const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};
const PROOF_FROM = 3;

function sentences(model, pick) {
  const box = make("div", "note answer");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Your answer, sentence by sentence");
  const nodes = [];
  for (const part of model.get("answer")) {
    box.append(make("h2", "", part.name));
    const paragraph = make("p");
    paragraph.dir = "auto";
    for (const text of part.sentences) {
      const node = make("span", "sentence", text);
      node.tabIndex = 0;
      node.setAttribute("role", "button");
      node.onclick = () => pick(text);
      node.onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        pick(text);
      };
      nodes.push(node);
      paragraph.append(node, " ");
    }
    box.append(paragraph);
  }
  return { box, nodes };
}

function anchors(model, choose) {
  const group = make("fieldset", "anchors");
  const name = `itpm-${Math.random().toString(36).slice(2)}`;
  group.append(make("legend", "", `${model.get("name")}: which is the highest line that your words prove?`));
  const rows = model.get("anchors").map((text, index) => {
    const row = make("label", "anchor");
    const input = make("input");
    input.type = "radio";
    input.name = name;
    input.checked = model.get("chosen") === index + 1;
    input.onchange = () => choose(index + 1);
    row.append(input, make("b", "", String(index + 1)), make("span", "", text));
    group.append(row);
    return row;
  });
  return { group, rows };
}

export default {
  render({ model, el }) {
    const send = () => {
      draw();
      model.save_changes(); // last: it fails when the kernel has ended
    };
    const pick = (text) => {
      model.set("evidence", model.get("evidence") === text ? "" : text);
      typed.value = "";
      send();
    };
    const choose = (score) => {
      model.set("chosen", score);
      send();
    };
    const answer = sentences(model, pick);
    const scale = anchors(model, choose);
    const label = make("label", "typed quiet", "Or type five or more words that stand in your answer");
    const typed = make("input");
    typed.type = "text";
    typed.autocomplete = "off";
    typed.oninput = () => {
      model.set("evidence", typed.value);
      send();
    };
    label.append(typed);
    const known = new Set(model.get("answer").flatMap((part) => part.sentences));
    if (!known.has(model.get("evidence"))) typed.value = model.get("evidence");
    const proof = make("div", "proof");
    const foot = make("div", "foot");
    const hint = make("span", "quiet");
    hint.setAttribute("role", "status");
    const buttons = make("span", "row");
    const back = make("button", "", "Back");
    const next = make("button", "primary", model.get("last") ? "Finish scoring" : "Next criterion");
    back.type = next.type = "button";
    const leave = (kind) => model.send({ kind, chosen: model.get("chosen"), evidence: model.get("evidence") });
    back.onclick = () => leave("back");
    next.onclick = () => leave("next");
    buttons.append(back, next);
    foot.append(hint, buttons);
    el.append(answer.box, label, scale.group, foot);

    const draw = () => {
      const evidence = model.get("evidence");
      const chosen = model.get("chosen");
      for (const node of answer.nodes) node.setAttribute("aria-pressed", String(node.textContent === evidence));
      proof.remove();
      if (chosen && evidence) {
        proof.textContent = evidence;
        scale.rows[chosen - 1].after(proof);
      }
      hint.textContent = !chosen
        ? "Pick the highest line that your words prove."
        : chosen >= PROOF_FROM && !model.get("holds")
          ? evidence
            ? `These words do not stand in your answer in a row of five or more. Without proof, ${chosen} becomes ${chosen - 1}.`
            : `Pick a sentence above as proof. Without one, ${chosen} becomes ${chosen - 1}.`
          : model.get("cap") < chosen
            ? `The red flag you heard caps this at ${model.get("cap")}.`
            : "";
      next.disabled = !chosen;
    };
    model.on("change:holds", draw);
    draw();
    return () => model.off("change:holds", draw);
  },
};
