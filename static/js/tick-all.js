// One box in the head of a list ticks all on the page; without this script each is ticked by itself.
for (const list of document.querySelectorAll("[data-tick-all]")) {
  const all = list.querySelector("[data-all]");
  const boxes = [...list.querySelectorAll('input[name="chosen"]')];
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  list.addEventListener("change", look);
  look();
}
