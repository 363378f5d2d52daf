// Offers the time zone of the device, where it is another than the one that is chosen. Without it the list is there.
const select = document.querySelector("select[data-zones]");
const place = document.querySelector("[data-zone-of-device]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = select && [...select.options].find((each) => each.value === zone);

if (option && place) {
  const button = place.querySelector("button");
  const show = () => {
    place.hidden = select.value === zone;
  };
  button.textContent = button.dataset.words.replace("[zone]", option.textContent.trim());
  button.addEventListener("click", () => {
    select.value = zone;
    show();
    select.focus();
  });
  select.addEventListener("change", show);
  show();
}
