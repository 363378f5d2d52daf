// Shows as many name fields as the party has guests; without this script all of them are there.
for (const form of document.querySelectorAll("[data-guests]")) {
  const seats = form.querySelector("[name=seats]");
  const rows = [...form.querySelectorAll("[data-guest]")];
  const going = form.querySelectorAll("[name=answer]");
  const show = () => {
    const party = Number.parseInt(seats?.value ?? "", 10) || 1;
    const declined = [...going].some((radio) => radio.checked && radio.value === "declined");
    rows.forEach((row, index) => {
      const typed = row.querySelector("input")?.value;
      row.hidden = declined || (index >= party - 1 && !typed);
    });
    for (const part of form.querySelectorAll("[data-going]")) part.hidden = declined;
  };
  form.addEventListener("input", show);
  show();
}
