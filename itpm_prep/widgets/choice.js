// A group of radio buttons or check boxes, drawn as segments, cards, tags or flags.
function drawChoice({ legend, look, many, choices, chosen }, send) {
  const el = make("fieldset", "field");
  const group = make("div", look);
  const name = freshId();
  for (const { value, label, note, tone } of choices) {
    const row = make("label");
    const input = make("input");
    const words = make("span", tone ? `tag ${tone}` : "", note ? undefined : label);
    input.type = many ? "checkbox" : "radio";
    input.name = name;
    input.value = value;
    input.checked = chosen.includes(value);
    if (note) words.append(make("b", "", label), make("span", "quiet", note));
    input.onchange = () => {
      const picked = [...group.querySelectorAll("input:checked")].map((one) => one.value);
      send({ kind: "change", chosen: picked });
    };
    row.append(input, words);
    group.append(row);
  }
  el.append(make("legend", "", legend), group);
  return { el };
}
