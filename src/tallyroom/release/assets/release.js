"use strict";
// Comfort alone: the page works without it. Escape closes a trace; closing goes back to the number that opened it.
let opener = "";
addEventListener("click", event => {
  const link = event.target.closest("a[href^='#t']");
  if (link) opener = link.id || "";
  const close = event.target.closest("a.close");
  if (close && opener) close.setAttribute("href", "#" + opener);
});
addEventListener("keydown", event => {
  const open = document.querySelector(".trace:target");
  if (event.key !== "Escape" || !open) return;
  const close = open.querySelector("a.close");
  close.click();
  document.querySelector(close.getAttribute("href"))?.focus();
});
addEventListener("hashchange", () => document.querySelector(".trace:target")?.focus());
