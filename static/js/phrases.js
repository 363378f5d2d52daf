// Chinese headings break between words, as an editor would set them: 结好45周年 is not torn into 结 and 好45周年.
// Browsers break Chinese after any character; `word-break: auto-phrase` knows Japanese only.
const WORDS = "Segmenter" in Intl ? new Intl.Segmenter("zh", { granularity: "word" }) : null;

/** The text in pieces that stay whole: no break before a single character, nor between a number and its measure. */
function pieces(text) {
  const whole = [];
  let before = null;
  for (const { segment, isWordLike } of WORDS.segment(text)) {
    const apart = before?.isWordLike && isWordLike && segment.length > 1 && !/^\d+$/.test(before.segment);
    if (apart || !before) whole.push(segment);
    else whole[whole.length - 1] += segment;
    before = { segment, isWordLike };
  }
  return whole;
}

function texts(heading) {
  const walk = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) found.push(walk.currentNode);
  return found.filter((node) => node.parentElement.closest("[lang]")?.lang.startsWith("zh"));
}

for (const heading of WORDS ? document.querySelectorAll("h1, h2, h3") : []) {
  for (const node of texts(heading)) {
    const breaks = pieces(node.data).flatMap((piece) => [document.createElement("wbr"), piece]);
    node.replaceWith(...breaks.slice(1));
    heading.classList.add("phrased");
  }
}
