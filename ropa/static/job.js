/* The page of a long export asks by itself how far it is; without this file the browser loads it
   again. What is read aloud is a new state, not every percent. */
"use strict";

const PARTS = ["#job-state", ".how-far", ".job > .row", ".facts-list"];

const put = (fresh) => {
  const job = document.getElementById("job");
  const told = fresh.getElementById("job");
  if (told.dataset.state === job.dataset.state && told.dataset.every === job.dataset.every) {
    for (const id of ["job-done", "job-percent"]) {
      document.getElementById(id).replaceWith(fresh.getElementById(id));
    }
    return;
  }
  const within = job.contains(document.activeElement);
  for (const part of PARTS) {
    const now = fresh.querySelector(part);
    const before = document.querySelector(part);
    if (now && before) before.replaceWith(now);
    else before?.remove();
  }
  job.querySelector("[role=status]").innerHTML = told.querySelector("[role=status]").innerHTML;
  job.dataset.state = told.dataset.state;
  job.dataset.every = told.dataset.every;
  if (within) document.getElementById("job-state").focus();
};

const ask = async () => {
  const answer = await fetch(location.pathname);
  if (answer.redirected) location.reload(); // signed out meanwhile
  else if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
};

const again = () => {
  const seconds = Number(document.getElementById("job").dataset.every);
  if (seconds) setTimeout(() => ask().catch(() => {}).finally(again), seconds * 1000);
};

again();
