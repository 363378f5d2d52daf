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

// A companion's name, and what the hosts ask of that guest.
const fieldsOf = (row) => [...row.closest("[data-guest]").querySelectorAll("input, select, textarea")];
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const read = (field) => (isBox(field) ? field.checked : field.value);
const write = (field, value) => {
  if (isBox(field)) field.checked = Boolean(value);
  else field.value = value;
};

const sizeOf = (input) => Number.parseInt((input?.value ?? "").normalize("NFKC"), 10) || 1;

for (const form of document.querySelectorAll("[data-guests]")) {
  const seats = form.querySelector("[data-most]");
  const rows = [...form.querySelectorAll("[data-companion]")];
  const effects = [...form.querySelectorAll("[data-effect]")];
  const any = form.querySelector("[name=takes_any]");

  // What a companion says moves with the name. Who is left out stays in the page until it is sent, so that a slip of the
  // finger costs no name.
  const closeRanks = (party) => {
    const gaps = rows.slice(0, party).filter((row) => !row.value.trim()).length;
    if (!gaps || rows.slice(party).every((row) => !row.value.trim())) return;
    const said = rows.map((row) => fieldsOf(row).map(read)).sort((one, two) => !one[0].trim() - !two[0].trim());
    for (const [index, row] of rows.entries()) {
      for (const [at, field] of fieldsOf(row).entries()) write(field, said[index][at] ?? "");
    }
  };

  const show = () => {
    const declined = form.querySelector("[name=answer][value=declined]")?.checked ?? false;
    const party = sizeOf(seats);
    for (const [index, row] of rows.entries()) {
      const guest = row.closest("[data-guest]");
      // What is faulty stays in sight, with what is said about it.
      guest.hidden = declined || (index >= party - 1 && !guest.querySelector("[aria-invalid]"));
      for (const field of fieldsOf(row)) field.disabled = guest.hidden && !declined;
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
