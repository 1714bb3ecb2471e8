/* The back office works without this file. It closes what a reader has unfolded, and
   "/" leads to the search. */
"use strict";

const menu = document.querySelector("details.narrow");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

const find = document.querySelector("[data-key='/']");
if (find) {
  const writes = (it) => it.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(it.tagName);
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && plain && !event.defaultPrevented && !writes(event.target)) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  });
}
