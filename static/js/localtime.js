// Says an event's hour in the reader's own zone, where that differs from the event's.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const hour = (moment, timeZone) =>
  moment.toLocaleString(document.documentElement.lang, { timeZone, weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
for (const note of document.querySelectorAll("[data-reader-time]")) {
  const time = note.parentElement.querySelector("time[data-zone]");
  const moment = new Date(time?.dateTime ?? "");
  if (Number.isNaN(moment.valueOf())) continue;
  const yours = hour(moment, here);
  if (yours === hour(moment, time.dataset.zone)) continue;
  note.textContent = `${note.dataset.words} ${yours} (${here.split("/").pop().replaceAll("_", " ")})`;
  note.hidden = false;
}
