// The party grows and shrinks by one number; beside it stands what the button will do. Without this script all fields are
// there, and what each size leads to is told in a list.
const button = (label, sign, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
};

const sizeOf = (input) => Number.parseInt((input?.value ?? "").normalize("NFKC"), 10) || 1;

for (const form of document.querySelectorAll("[data-guests]")) {
  const seats = form.querySelector("[data-most]");
  const rows = [...form.querySelectorAll("[data-guest] input")];
  const effects = [...form.querySelectorAll("[data-effect]")];
  const any = form.querySelector("[name=takes_any]");

  // Who is left out stays in the page until it is sent, so that a slip of the finger costs no name.
  const closeRanks = (party) => {
    const gaps = rows.slice(0, party).filter((row) => !row.value.trim()).length;
    if (!gaps || rows.slice(party).every((row) => !row.value.trim())) return;
    const names = rows.map((row) => row.value).filter((name) => name.trim());
    for (const [index, row] of rows.entries()) row.value = names[index] ?? "";
  };

  const show = () => {
    const declined = form.querySelector("[name=answer][value=declined]")?.checked ?? false;
    const party = sizeOf(seats);
    for (const [index, row] of rows.entries()) {
      // A faulty name stays in sight, with what is said about it.
      const beyond = declined || (index >= party - 1 && !row.hasAttribute("aria-invalid"));
      row.closest("[data-guest]").hidden = beyond;
      row.disabled = beyond && !declined;
    }
    for (const part of form.querySelectorAll("[data-going]")) part.hidden = declined;
    const size = declined ? "0" : String(party);
    const found = (name) => effects.find((each) => each.dataset.effect === name);
    const waits = found(size)?.hasAttribute("data-waits") ?? false;
    for (const part of form.querySelectorAll("[data-may-wait]")) part.hidden = !waits;
    const chosen = (waits && any?.checked && found(`${size}-any`)) || found(size);
    for (const each of effects) each.hidden = each !== chosen;
    for (const list of form.querySelectorAll("[data-glance]")) list.hidden = Boolean(chosen);
  };

  for (const place of form.querySelectorAll("[data-stepper]")) {
    const step = (by) => {
      const most = Number.parseInt(seats.dataset.most, 10);
      const party = Math.min(Math.max(sizeOf(seats) + by, 1), Math.max(most, 1));
      if (by < 0) closeRanks(party - 1);
      seats.value = String(party);
      show();
    };
    const line = document.createElement("div");
    line.className = "stepper";
    seats.before(line);
    line.append(button(place.dataset.fewer, "−", () => step(-1)), seats, button(place.dataset.more, "+", () => step(1)));
  }
  form.addEventListener("input", show);
  show();
}

// What was just recorded is told once; a page that is kept or read again later tells how the answer stands then.
if (location.search.startsWith("?recorded=")) history.replaceState(history.state, "", location.pathname);
