// Gives the lists that open on typing the name of their field; without it they are announced as nameless.
const labelOf = (select) => document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent.trim().replace(/[:：]$/, "");
const byDescription = (select) => select.closest("td, div")?.getAttribute("data-label") || select.getAttribute("aria-label") || select.title || "";

const name = (box) => {
  const select = box.previousElementSibling;
  if (!(select instanceof HTMLSelectElement)) return;
  const words = labelOf(select) || byDescription(select) || headOf(select);
  if (!words) return;
  const shown = box.querySelector(".select2-selection__rendered");
  const opener = box.querySelector(".select2-selection");
  opener?.setAttribute("aria-label", words);
  opener?.removeAttribute("aria-labelledby");
  // What is chosen is read with the box itself; it is no field of its own.
  for (const what of ["role", "aria-readonly"]) shown?.removeAttribute(what);
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
};
const headOf = (select) => {
  const cell = select.closest("td");
  const head = cell?.closest("table")?.tHead?.rows[0];
  if (!head) return "";
  // Heads may reach over several columns: the hidden first ones have none.
  const cells = [...cell.parentElement.cells];
  const [at, shift] = [cells.indexOf(cell), cells.length - head.cells.length];
  return head.cells[Math.max(0, at - Math.max(0, shift))]?.textContent.trim() ?? "";
};
const nameAll = (root) => root.querySelectorAll?.(".select2-container").forEach(name);

nameAll(document);
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    if (node.matches(".select2-container")) name(node);
    else nameAll(node);
    // The field in which one types, in a list that hangs from the body while it is open.
    const field = node.matches(".select2-container--open, .select2-dropdown") ? node.querySelector(".select2-search__field") : null;
    if (field) field.setAttribute("aria-label", document.querySelector(".select2-selection[aria-expanded='true']")?.getAttribute("aria-label") ?? "");
  }
}).observe(document.body, { childList: true, subtree: true });
