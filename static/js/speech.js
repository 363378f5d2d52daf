// A paragraph's number copies its address as well as leading there; the other ways to show a speech keep to the paragraph.
for (const speech of document.querySelectorAll("[data-speech]")) {
  const says = speech.querySelector("[data-says]");
  const ways = speech.querySelectorAll(".speech-switch a");
  const keepPlace = () => ways.forEach((way) => { way.hash = location.hash; });
  addEventListener("hashchange", keepPlace);
  keepPlace();
  speech.addEventListener("click", async (event) => {
    const link = event.target.closest(".segment-number");
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return; // Not allowed here: the link itself can still be copied.
    }
    says.textContent = link.dataset.copied = speech.dataset.copied;
    setTimeout(() => { delete link.dataset.copied; says.textContent = ""; }, 2000);
  });
}
