// Shows the page in both languages beside its form while somebody writes. Without this script a button opens it in a new tab.
const WAIT = 700;
const OPEN = "live-open";

for (const part of document.querySelectorAll("[data-live]")) {
  const form = document.getElementById(part.dataset.form);
  const room = part.closest("[data-page-form]");
  const said = part.querySelector("[data-said]");
  const faults = part.querySelector("[data-faults]");
  const frames = [...part.querySelectorAll("[data-page]")];
  const drawn = new Map();
  let timer, asking;

  const draw = (frame, html) => {
    if (!html || drawn.get(frame) === html) return;
    const isFirst = !drawn.has(frame);
    drawn.set(frame, html);
    const at = frame.contentDocument?.scrollingElement?.scrollTop;
    frame.addEventListener("load", () => {
      const page = frame.contentDocument;
      // The first time at what the page says, below the head of the site; then where one had got to.
      page.scrollingElement.scrollTo(0, isFirst ? page.getElementById("main")?.offsetTop ?? 0 : at);
    }, { once: true });
    frame.srcdoc = html;
  };
  const tell = (words, list) => {
    said.textContent = words;
    faults.replaceChildren(...list.map((each) => Object.assign(document.createElement("li"), { textContent: each })));
    faults.hidden = !list.length;
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const data = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    tell(said.dataset.waiting, []);
    part.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(part.dataset.live, { method: "POST", body: data, signal, headers: { Accept: "application/json" } });
      const found = await answer.json();
      frames.forEach((frame) => draw(frame, found.pages[frame.dataset.page]));
      tell(found.faults.length ? said.dataset.wrong : said.dataset.fresh, [...found.faults, ...found.warnings]);
    } catch {
      if (signal.aborted) return;
      tell(said.dataset.lost, []);
    }
    part.removeAttribute("aria-busy");
  };
  const soon = () => {
    clearTimeout(timer);
    if (room.classList.contains("with-live")) timer = setTimeout(ask, WAIT);
  };
  const open = (is) => {
    room.classList.toggle("with-live", is);
    part.querySelector("[data-frames]").hidden = part.querySelector("[data-close]").hidden = !is;
    part.querySelectorAll("[data-show]").forEach((button) => { button.hidden = !is; });
    document.querySelectorAll("[data-live-open]").forEach((button) => button.setAttribute("aria-expanded", String(is)));
    localStorage.setItem(OPEN, is ? "yes" : "no");
    if (is) ask();
  };

  form.addEventListener("input", soon);
  form.addEventListener("formset:added", soon);
  form.addEventListener("formset:removed", soon);
  window.django?.jQuery(form).on("change", soon);
  for (const button of part.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      const frame = frames.find((each) => each.dataset.page === button.dataset.show);
      frame.hidden = !frame.hidden;
      button.setAttribute("aria-pressed", String(!frame.hidden));
    });
  }
  document.querySelectorAll("[data-live-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => open(!room.classList.contains("with-live")));
  });
  part.querySelector("[data-close]").addEventListener("click", () => open(false));
  part.addEventListener("keydown", (event) => { if (event.key === "Escape") open(false); });
  if (localStorage.getItem(OPEN) === "yes" && matchMedia("(min-width: 1200px)").matches) open(true);
}
