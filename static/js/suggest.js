// Suggests pages under the search box while somebody types: a combobox with a list, left alone by whoever ignores it.
const PAUSE = 200; // milliseconds without a key before anything is asked for

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const words = ({ title, lang }, name) => element("span", { class: name, lang }, title);
const worth = (typed) => typed.length > 1 || /\p{Script=Han}/u.test(typed);

function suggest(box) {
  const input = box.querySelector("input"), known = new Map();
  const list = element("ul", { class: "suggestions", role: "listbox", id: `${input.id}-list`, "aria-label": box.dataset.label, hidden: "" });
  const status = element("span", { class: "visually-hidden", role: "status" });
  let timer, waiting, at = -1;
  box.append(list, status);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false", autocomplete: "off" })) input.setAttribute(key, value);

  const choose = (next) => {
    at = next;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const chosen = list.children[at];
    input.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    clearTimeout(timer);
    waiting?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((page, index) => {
      const names = element("span", { class: "suggestion-names" }, words(page, "suggestion-lead"), ...page.other.map((name) => words(name, "suggestion-other")));
      return element("li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", "data-url": page.url }, names, " ", element("small", {}, page.kind));
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? `${box.dataset.count} ${found.length}` : "";
    choose(-1);
  };
  const ask = async () => {
    const typed = input.value.trim();
    waiting?.abort();
    if (!worth(typed)) return close();
    if (known.has(typed)) return show(known.get(typed));
    waiting = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: waiting.signal });
      if (!answer.ok) return close();
      known.set(typed, (await answer.json()).suggestions);
      if (typed === input.value.trim() && document.activeElement === input) show(known.get(typed));
    } catch { /* Typed on, or offline: the plain form still works. */ }
  };
  const soon = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  };
  input.addEventListener("input", soon);
  input.addEventListener("compositionend", soon);
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.isComposing || (!count && event.key !== "ArrowDown")) return;
    if (event.key === "ArrowDown" && !count) ask();
    else if (event.key === "ArrowDown") choose(at + 1 < count ? at + 1 : -1);
    else if (event.key === "ArrowUp") choose(at < 0 ? count - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) location.assign(list.children[at].dataset.url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.closest("[data-url]") && location.assign(event.target.closest("[data-url]").dataset.url));
}
document.querySelectorAll("[data-suggest]").forEach(suggest);
