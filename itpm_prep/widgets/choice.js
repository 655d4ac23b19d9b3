// A group of radio buttons or check boxes, drawn as segments, cards, tags or flags.
export default {
  render({ model, el }) {
    const many = model.get("many");
    const field = document.createElement("fieldset");
    const legend = document.createElement("legend");
    const group = document.createElement("div");
    const name = `itpm-${Math.random().toString(36).slice(2)}`;
    field.className = model.get("legend") ? "field" : "field bare";
    legend.textContent = model.get("legend");
    group.className = model.get("look");
    for (const { value, label, note, tone } of model.get("choices")) {
      const row = document.createElement("label");
      const input = document.createElement("input");
      const words = document.createElement("span");
      input.type = many ? "checkbox" : "radio";
      input.name = name;
      input.value = value;
      input.checked = model.get("chosen").includes(value);
      if (tone) words.className = `tag ${tone}`;
      if (note) {
        const title = document.createElement("b");
        const rest = document.createElement("span");
        title.textContent = label;
        rest.textContent = note;
        rest.className = "quiet";
        words.append(title, rest);
      } else {
        words.textContent = label;
      }
      input.onchange = () => {
        // A message, since a synced value would wait its turn and could miss the button pressed after it.
        const chosen = [...group.querySelectorAll("input:checked")].map((one) => one.value);
        model.send({ kind: "chosen", chosen });
      };
      row.append(input, words);
      group.append(row);
    }
    field.append(legend, group);
    el.append(field);
  },
};
