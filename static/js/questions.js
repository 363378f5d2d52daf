// A question that waits for a certain answer is hidden until that is given. Without this script it says so itself.
const isGiven = (form, name, chosen) => {
  const inputs = [...form.elements].filter((each) => each.name === name && !each.closest("[data-after][hidden]"));
  const values = inputs.filter((each) => each.type === "radio" || each.type === "checkbox" ? each.checked : true)
    .map((each) => each.value.trim());
  return chosen ? values.includes(chosen) : values.some((value) => value !== "" && value !== "no");
};

for (const form of document.querySelectorAll("[data-guests]")) {
  const waiting = [...form.querySelectorAll("[data-after]")];
  const show = () => {
    // What waits for something that waits itself is settled by the next round.
    for (const _each of waiting) {
      for (const part of waiting) {
        const isFaulty = part.querySelector("[aria-invalid]") !== null;
        part.hidden = !isFaulty && !isGiven(form, part.dataset.after, part.dataset.chosen);
      }
    }
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  if (waiting.length) show();
}
