// The stock fields with a search name themselves by what is chosen, and so have no name while nothing is.
// Each gets that of its field, before what is chosen.
const nameOf = (select) =>
  select.getAttribute("aria-label") || [...(select.labels ?? [])].map((label) => label.textContent.trim().replace(/[:：]$/, "")).join(" ");

const nameAll = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    const name = nameOf(select);
    if (!box || !name || box.id) continue;
    box.id = `${select.id}-chosen`;
    box.setAttribute("aria-label", name);
    const shown = box.querySelector(".select2-selection__rendered");
    if (shown?.id) {
      box.setAttribute("aria-labelledby", `${box.id} ${shown.id}`);
      shown.removeAttribute("role");
      shown.removeAttribute("aria-readonly");
    }
    // Where several are chosen, their list holds a button as well, and so is none.
    box.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  }
};

// The stock scripts make them when they please: once the page is ready, and for each row that is added later.
const isOne = (node) => node.classList?.contains("select2");
new MutationObserver((changes) => {
  if (changes.some((change) => [...change.addedNodes].some(isOne))) nameAll();
}).observe(document.body, { childList: true, subtree: true });
nameAll();
