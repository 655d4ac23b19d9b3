// One criterion: the answer by sentences, its five anchors, and the words that prove the one picked.
// With ``review`` the answer is another person's, and the buttons stand below, in the form of the comment.
const PROOF_FROM = 3;

// The sentences are one stop of the Tab key; the arrow keys go from one to the next.
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function moveAmong(nodes, from, step) {
  const at = Math.min(Math.max(nodes.indexOf(from) + step, 0), nodes.length - 1);
  for (const node of nodes) node.tabIndex = -1;
  nodes[at].tabIndex = 0;
  nodes[at].focus();
}

function drawSentences({ answer, review }, pick) {
  const el = make("div", "note answer");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", `${review ? "The" : "Your"} answer, sentence by sentence`);
  const nodes = [];
  for (const part of answer) {
    const paragraph = make("p");
    paragraph.dir = "auto";
    for (const text of part.sentences) {
      const node = make("span", "sentence", text);
      node.tabIndex = nodes.length ? -1 : 0;
      node.setAttribute("role", "button");
      node.onclick = () => pick(text);
      node.onkeydown = (event) => {
        const step = STEPS[event.key];
        if (!step && event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        if (step) moveAmong(nodes, node, step);
        else pick(text);
      };
      nodes.push(node);
      paragraph.append(node, " ");
    }
    el.append(make("h2", "", part.name), paragraph);
  }
  return { el, nodes };
}

function drawAnchors({ name, anchors, chosen, review }, choose) {
  const el = make("fieldset", "anchors");
  const group = freshId();
  el.append(make("legend", "", `${name}: which is the highest line that ${review ? "the" : "your"} words prove?`));
  const rows = anchors.map((text, index) => {
    const row = make("label", "anchor");
    const input = make("input");
    input.type = "radio";
    input.name = group;
    input.checked = chosen === index + 1;
    input.onchange = () => choose(index + 1);
    row.append(input, make("b", "", String(index + 1)), make("span", "", text));
    return row;
  });
  el.append(...rows);
  return { el, rows };
}

function proofHint({ chosen, evidence, holds, cap, review }) {
  const whose = review ? "the" : "your";
  if (!chosen) return `Pick the highest line that ${whose} words prove.`;
  if (chosen >= PROOF_FROM && !holds) {
    return evidence
      ? `These words do not stand in ${whose} answer in a row of five or more. Without proof, ${chosen} becomes ${chosen - 1}.`
      : `Pick a sentence above as proof. Without one, ${chosen} becomes ${chosen - 1}.`;
  }
  return cap < chosen ? `The red flag you heard caps this at ${cap}.` : "";
}

function drawEvidence(spec, send) {
  const pick = (changes) => {
    Object.assign(spec, changes);
    draw();
    send({ kind: "change", chosen: spec.chosen, evidence: spec.evidence });
  };
  const answer = drawSentences(spec, (text) => {
    typed.value = "";
    pick({ evidence: spec.evidence === text ? "" : text });
  });
  const scale = drawAnchors(spec, (chosen) => pick({ chosen }));
  const whose = spec.review ? "the" : "your";
  const label = make("label", "typed quiet", `Or type five or more words that stand in ${whose} answer`);
  const typed = make("input");
  typed.type = "text";
  typed.autocomplete = "off";
  typed.oninput = () => pick({ evidence: typed.value });
  label.append(typed);
  const known = new Set(spec.answer.flatMap((part) => part.sentences));
  if (!known.has(spec.evidence)) typed.value = spec.evidence;

  const proof = make("div", "proof");
  const hint = make("span", "quiet");
  hint.setAttribute("role", "status");
  const back = make("button", "", "Back");
  const next = make("button", "primary", spec.last ? "Finish scoring" : "Next criterion");
  back.type = next.type = "button";
  back.onclick = () => send({ kind: "back" });
  next.onclick = () => send({ kind: "next", chosen: spec.chosen, evidence: spec.evidence });
  const buttons = make("span", "row");
  buttons.append(back, next);
  const foot = make("div", spec.review ? "gap" : "foot");
  foot.append(hint);
  if (!spec.review) foot.append(buttons);
  const el = make("div");
  el.append(answer.el, label, scale.el, foot);

  const draw = () => {
    for (const node of answer.nodes) node.setAttribute("aria-pressed", String(node.textContent === spec.evidence));
    proof.remove();
    if (spec.chosen && spec.evidence) {
      proof.textContent = spec.evidence;
      scale.rows[spec.chosen - 1].after(proof);
    }
    hint.textContent = proofHint(spec);
    next.disabled = !spec.chosen;
  };
  draw();
  return {
    el,
    update(changes) {
      Object.assign(spec, changes);
      draw();
    },
  };
}
