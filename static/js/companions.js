// Names that are remembered: one tap writes one into the next free place, and makes the party larger where there is none.
for (const line of document.querySelectorAll("[data-known-companions]")) {
  const form = line.closest("form");
  const places = () => [...form.querySelectorAll("[data-companion]")].filter((each) => !each.disabled);
  const free = () => places().find((each) => !each.value.trim());
  const buttons = [...line.querySelectorAll("button")];

  const show = () => {
    const written = places().map((each) => each.value.trim());
    for (const button of buttons) button.hidden = written.includes(button.value);
    line.hidden = buttons.every((button) => button.hidden);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (!free()) form.querySelector(".stepper .button:last-child")?.click();
      const place = free();
      if (!place) return;
      place.value = button.value;
      place.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  form.addEventListener("input", show);
  show();
}
