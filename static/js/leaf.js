// The arrow keys lead to the pictures before and after.
addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const isTyping = event.target.closest?.("input, textarea, select");
  if (!way || isTyping || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  document.querySelector(`[data-leaf] a[rel=${way}]`)?.click();
});
