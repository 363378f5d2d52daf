// Helps whoever writes a page: how long each text is, which stands in one language only, what would be lost, Ctrl+S.
const words = document.querySelector("[data-words]");
const form = document.querySelector("[data-page-form] form[method=post][id]");
const sides = [...words.children].map((each) => ({ suffix: each.dataset.suffix, lang: each.dataset.lang, name: each.textContent }));
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const paragraphs = (text) => text.split(/\n\s*\n/).filter((each) => each.trim()).length;

const length = (text, lang) => {
  const signs = (text.match(/\p{Script=Han}/gu) ?? []).length;
  return lang.startsWith("zh") ? fill(words.dataset.characters, { n: signs })
    : fill(words.dataset.count, { n: (text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? []).length });
};
const note = (input) => {
  let found = document.getElementById(`${input.id}_count`);
  if (!found) {
    found = Object.assign(document.createElement("p"), { id: `${input.id}_count`, className: "text-count" });
    input.after(found);
  }
  return found;
};
const pairOf = (input) => {
  const side = sides.find((each) => input.name?.endsWith(each.suffix));
  if (!side || !input.lang || input.type === "hidden") return [];
  const stem = input.name.slice(0, -side.suffix.length);
  const found = sides.map((each) => ({ ...each, input: form.elements[stem + each.suffix] }));
  return found.filter((each) => each.input?.value !== undefined);
};
const show = (input) => {
  const pair = pairOf(input).map((side) => ({ ...side, text: side.input.value.trim() }));
  const written = pair.filter((side) => side.text);
  const most = Math.max(...pair.map((side) => paragraphs(side.text)));
  for (const { input: each, lang, text, name } of pair) {
    const says = [];
    if (each.tagName === "TEXTAREA" && text) says.push(length(text, lang));
    if (text && written.length === 1 && pair.length > 1) says.push(fill(words.dataset.only, { language: name }));
    const other = pair.find((side) => side.input !== each && paragraphs(side.text) === most);
    if (text && other && written.length > 1 && paragraphs(text) < most) {
      says.push(fill(words.dataset.shorter, { n: paragraphs(text), language: other.name, m: most }));
    }
    if (says.length || document.getElementById(`${each.id}_count`)) note(each).textContent = says.join(" · ");
  }
};

const all = () => form.querySelectorAll("textarea[lang], input[type=text][lang]").forEach(show);
form.addEventListener("input", (event) => show(event.target));
form.addEventListener("formset:added", all);
all();

// Where there is no room for a table its rows become cards, in which every cell says what it is.
for (const table of form.querySelectorAll(".inline-group .tabular table")) {
  const heads = [...table.tHead.rows[0].cells].map((each) => each.textContent.trim());
  for (const row of table.querySelectorAll("tr.form-row")) {
    [...row.cells].forEach((cell, place) => { cell.dataset.label = heads[place] ?? ""; });
  }
  table.classList.add("may-be-cards");
}

// What was typed and refused is not saved either.
let isUnsaved = form.querySelector(".errornote") !== null;
const typed = () => { isUnsaved = true; };
form.addEventListener("input", typed);
// The stock scripts announce changes of their own while the page becomes ready; this waits for its turn behind them.
window.django?.jQuery(() => window.django.jQuery(form).on("change", typed));
form.addEventListener("submit", (event) => { if (event.submitter?.formTarget !== "_blank") isUnsaved = false; });
window.addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "s") return;
  const button = form.querySelector("[name=_continue]") ?? form.querySelector("[name=_save]");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});
