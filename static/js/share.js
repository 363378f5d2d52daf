// Shows the ways to pass a page on that this browser has; link, mail and QR code are there without it.
for (const part of document.querySelectorAll("[data-share]")) {
  const url = part.querySelector(".share-link").textContent;
  const said = part.querySelector("[role=status]");
  const ways = {
    copy: navigator.clipboard && (async () => {
      await navigator.clipboard.writeText(url);
      said.textContent = said.dataset.words;
    }),
    // Whoever closes the sheet of apps has changed their mind: no error.
    share: navigator.share && (() => navigator.share({ title: document.title, url }).catch(() => {})),
    print: window.print && (() => window.print()),
  };
  for (const button of part.querySelectorAll("[data-do]")) {
    const way = ways[button.dataset.do];
    if (!way) continue;
    button.hidden = false;
    button.addEventListener("click", way);
  }
}
