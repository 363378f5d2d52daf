// Says a moment in the reader's own zone, where neither the event's clocks nor those of a member show the same.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const hour = (moment, timeZone) => {
  const second = moment.getSeconds() ? "2-digit" : undefined;
  const parts = { timeZone, weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", second };
  const { lang } = document.documentElement;
  return moment.toLocaleString(lang === "en" ? "en-GB" : lang, { ...parts, hour12: lang === "en" });
};
for (const note of document.querySelectorAll("[data-reader-time]")) {
  const time = note.parentElement.querySelector("time[data-zone]");
  const moment = new Date(time?.dateTime ?? "");
  if (Number.isNaN(moment.valueOf())) continue;
  const yours = hour(moment, here);
  const known = [time.dataset.zone, ...(time.dataset.known ?? "").split(" ")].filter(Boolean);
  if (known.some((zone) => hour(moment, zone) === yours)) continue;
  const place = here.split("/").pop().replaceAll("_", " ");
  const words = note.dataset.words;
  note.textContent = words.includes("[time]")
    ? words.replace("[time]", yours).replace("[place]", place)
    : `${words} ${yours} (${place})`;
  note.hidden = false;
}
