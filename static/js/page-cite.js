// Puts the mark of a source at the cursor in the text, in every language. Without this script the mark is typed.
const words = document.querySelector("[data-words]");
const form = document.querySelector("[data-page-form] form[method=post][id]");
const said = document.querySelector("[data-page-said]");
const suffixes = [...words.children].map((each) => each.dataset.suffix);
const names = Object.fromEntries([...words.children].map((each) => [each.dataset.suffix, each.textContent]));
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const isText = (input) => input.matches?.("textarea[lang]") && suffixes.some((each) => /(^body|-text)$/.test(input.name.replace(each, "")));
const touched = new Set();
let [last, before, writing] = [null, null, false];

form.addEventListener("focusin", ({ target }) => { if (isText(target) && !writing) { last = target; touched.add(target); } });

const pair = () => {
  const stem = last?.isConnected ? suffixes.map((each) => last.name.endsWith(each) && last.name.slice(0, -each.length)).find(Boolean) : "body";
  return suffixes.map((suffix) => [suffix, form.elements[stem + suffix]]).filter(([, input]) => input?.value !== undefined);
};
// Where no cursor was set yet, the mark ends the paragraph of the same number: in Chinese before the full stop.
const endOf = (text, number) => {
  const ends = [...text.matchAll(/\n\s*\n|\s*$/g)].map((each) => each.index);
  const end = ends[Math.min(number, ends.length - 1)];
  return /[。！？]/.test(text[end - 1]) ? end - 1 : end;
};
const insert = (input, at, mark) => {
  input.focus({ preventScroll: true });
  input.setSelectionRange(at, at);
  // The only way to write that the browser's own undo knows.
  if (!document.execCommand("insertText", false, mark)) input.setRangeText(mark, at, at, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
// A cursor that typing left at the end, or that was set for another statement, says nothing of this one.
const ownOf = (lead) => {
  const cursors = new Set(before?.lead === lead && before.at === lead.selectionEnd ? [...touched, ...before.own] : touched);
  return (input) => input === last || (cursors.has(input) && input.selectionEnd < input.value.trimEnd().length);
};
const cite = (mark) => {
  const texts = pair().filter(([, input]) => input.value.trim());
  const [, lead] = texts.find(([, input]) => input === last) ?? texts[0] ?? [];
  if (!lead) return;
  const own = texts.map(([, input]) => input).filter(ownOf(lead));
  const number = lead === last ? lead.value.slice(0, lead.selectionEnd).split(/\n\s*\n/).length - 1 : Infinity;
  const places = [];
  writing = true;
  for (const [suffix, input] of texts) {
    const at = own.includes(input) ? input.selectionEnd : endOf(input.value, number);
    if (!input.value.startsWith(mark, at) && !input.value.slice(0, at).endsWith(mark)) insert(input, at, mark);
    places.push(names[suffix]);
  }
  lead.focus({ preventScroll: true });
  [writing, before] = [false, { lead, own, at: lead.selectionEnd }];
  touched.clear();
  said.textContent = fill(words.dataset.cited, { mark, places: places.join(", ") });
};

const use = (row) => {
  const cell = row.querySelector("[data-cite]");
  const mark = cell?.dataset.cite;
  if (!cell) return;
  cell.querySelector("[data-mark]").textContent = mark || "–";
  cell.querySelector("button").hidden = !mark;
  const places = suffixes.filter((each) => [...form.querySelectorAll(`textarea[name$="${each}"]`)].some((input) => isText(input) && input.value.includes(mark)));
  cell.querySelector("[data-uses]").textContent = !mark ? "" : places.length
    ? fill(words.dataset.used, { places: places.map((each) => names[each]).join(", ") }) : words.dataset.unused;
};
const rows = () => [...form.querySelectorAll("#citations tr.form-row")];
const chosen = async (select) => {
  const row = select.closest("#citations tr.form-row");
  if (!row || !select.name.endsWith("-source")) return;
  const answer = select.value ? await fetch(words.dataset.markUrl.replace("/0/", `/${select.value}/`), { headers: { Accept: "application/json" } }) : null;
  row.querySelector("[data-cite]").dataset.cite = answer?.ok ? (await answer.json()).mark : "";
  use(row);
};

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cite] button");
  if (button) cite(button.closest("[data-cite]").dataset.cite);
});
form.addEventListener("input", () => rows().forEach(use));
window.django?.jQuery(form).on("change", "select", (event) => chosen(event.target));
rows().forEach(use);
