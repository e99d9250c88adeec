"use strict";
(() => {
  // A click keeps the card of a figure open, so that its text can be selected; Escape or another click closes it.
  let kept = null;
  const close = () => { if (kept) { kept.classList.remove("kept"); kept = null; } };
  document.addEventListener("click", (event) => {
    if (event.target.closest(".card")) return;
    const figure = event.target.closest(".text .figure, .text .left, .text .aside");
    const card = figure && figure.nextElementSibling;
    const same = card && card === kept;
    close();
    if (!card) return;
    event.preventDefault();
    if (same) { figure.blur(); } else { kept = card; card.classList.add("kept"); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    if (document.activeElement) document.activeElement.blur();
  });

  // A card stands beneath its figure, as far to the left as it must to stay inside the text.
  const place = (event) => {
    const figure = event.target.closest && event.target.closest(".text .figure, .text .left, .text .aside");
    if (!figure) return;
    const card = figure.nextElementSibling;
    if (getComputedStyle(card).position !== "absolute" || !card.offsetParent) return;
    const room = card.offsetParent.clientWidth - card.offsetWidth;
    card.style.left = Math.max(0, Math.min(figure.offsetLeft, room)) + "px";
  };
  document.addEventListener("mouseover", place);
  document.addEventListener("focusin", place);

  // One field above the first table narrows all rows to those that hold every word typed.
  const rows = [...document.querySelectorAll("table.rows tbody tr:not(.operation)")];
  if (rows.length < 8) return;
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.className = "filter";
  input.type = "search";
  const header = document.querySelector("header");
  input.placeholder = `${header.dataset.filter}: heroin CN-YN …`;
  input.setAttribute("aria-label", header.dataset.filter);
  label.append(input);
  header.append(label);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    rows.forEach((row, at) => { row.hidden = !words.every((word) => texts[at].includes(word)); });
    document.querySelectorAll("table.rows tbody").forEach((group) => {
      group.hidden = !group.querySelector("tr:not(.operation):not([hidden])");
    });
  });
})();
