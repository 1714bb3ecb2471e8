/* The back office works without this file. It only keeps what a reader has unfolded. */
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
