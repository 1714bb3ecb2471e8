/* Forms work without this. With it: rows come and go without a new page, names are found while one
   types, Ctrl+S saves, and nobody leaves with changes that are not saved. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-guard]");
  if (!form) return;
  const badge = form.querySelector(".unsaved");
  let unsaved = false;
  let leaving = false;

  const changed = () => {
    unsaved = true;
    if (badge) badge.hidden = false;
  };
  if ("unsaved" in form.dataset) changed();
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => { if (unsaved && !leaving) event.preventDefault(); });

  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value="save"]'));
    }
  });

  /* The server makes the rows; only the list they stand in is put on the page anew. */
  const answers = (page, id) => page.getElementById(`answer-${id}`)?.closest(".answer");
  const renew = async (button) => {
    const place = button.closest(".fields > .rows, .fields > .links");
    if (!place) return false;
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(location.href, { method: "POST", body });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(place.id);
    if (!fresh) return false;
    const open = [...place.querySelectorAll("li.part > details[open]")].map((one) => one.parentElement.id);
    const [asked, asks] = [answers(document, place.id), answers(page, place.id)];
    place.replaceWith(fresh);
    for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
    if (asked && !asks) asked.remove();
    if (!asked && asks) fresh.after(asks);
    fresh.querySelector("[autofocus]")?.focus();
    changed();
    return true;
  };
  form.addEventListener("click", async (event) => {
    const button = event.target.closest('button[name="do"]');
    if (!button || !/^(add|remove|copy|up|down|find):/.test(button.value)) return;
    event.preventDefault();
    if (!(await renew(button).catch(() => false))) form.requestSubmit(button);
  });

  /* Names, found while one types. */
  const show = (finder, matches) => {
    const list = finder.parentElement.querySelector(".ticks");
    for (const old of list.querySelectorAll("li[data-found]:not(:has(:checked))")) old.remove();
    const there = new Set([...list.querySelectorAll("input")].map((one) => one.value));
    for (const { id, label } of matches.filter((one) => !there.has(one.id))) {
      const [name, type] = [finder.dataset.finds, finder.dataset.kind];
      const line = document.createElement("li");
      const box = Object.assign(document.createElement("input"), { type, name, value: id, id: `${name}-${id}` });
      const text = Object.assign(document.createElement("label"), { htmlFor: box.id, textContent: label });
      line.dataset.found = "";
      line.append(box, " ", text);
      list.append(line);
    }
  };
  let wait = 0;
  form.addEventListener("input", (event) => {
    const finder = event.target.closest(".finder");
    if (!finder) return;
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const url = new URL(form.dataset.lookup, location.href);
      url.searchParams.set("field", finder.dataset.finds);
      url.searchParams.set("q", event.target.value);
      const answer = await fetch(url);
      if (answer.ok) show(finder, (await answer.json()).matches);
    }, 250);
  });

  /* Which section one is in. */
  const links = new Map([...form.querySelectorAll(".sections a")].map((one) => [one.hash.slice(1), one]));
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen.filter((each) => each.isIntersecting)) {
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(one.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -75% 0px" });
  for (const section of form.querySelectorAll(".form-section")) watch.observe(section);
})();
