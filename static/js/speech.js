// Remembers in which language somebody reads the speeches, on this machine only; on a phone one language is enough.
const key = "speech-language";
for (const speech of document.querySelectorAll("[data-speech]")) {
  const radios = [...speech.querySelectorAll("input[type=radio]")];
  const choose = (value) => {
    const radio = radios.find((candidate) => candidate.value === value);
    if (radio) radio.checked = true;
  };
  try {
    choose(localStorage.getItem(key) ?? (matchMedia("(max-width: 40rem)").matches ? document.documentElement.lang : "both"));
    speech.addEventListener("change", (event) => localStorage.setItem(key, event.target.value));
  } catch {
    // Storage may be switched off; then the choice lasts as long as the page.
  }
}
