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
    (fresh.matches("[autofocus]") ? fresh : fresh.querySelector("[autofocus]"))?.focus();
    changed();
    return true;
  };
  form.addEventListener("click", async (event) => {
    const button = event.target.closest('button[name="do"]');
    if (!button || !/^(add|remove|copy|up|down|find):/.test(button.value)) return;
    event.preventDefault();
    if (!(await renew(button).catch(() => false))) form.requestSubmit(button);
  });

  /* Names, found while one types: a combobox in front of the boxes, which stay the form. */
  let wait = 0;
  const listOf = (box) => document.getElementById(box.getAttribute("aria-controls"));
  const close = (box) => {
    clearTimeout(wait);
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    listOf(box).hidden = true;
  };
  const pick = (box, option) => {
    const finder = box.closest(".finder");
    const { finds: name, kind: type } = finder.dataset;
    const list = finder.parentElement.querySelector(".ticks");
    let tick = [...list.querySelectorAll("input")].find((one) => one.value === option.dataset.id);
    if (!tick) {
      const line = document.createElement("li");
      tick = Object.assign(document.createElement("input"), { type, name, value: option.dataset.id, id: `${name}-${option.dataset.id}` });
      line.append(tick, " ", Object.assign(document.createElement("label"), { htmlFor: tick.id, textContent: option.textContent }));
      list.append(line);
    }
    tick.checked = true;
    finder.querySelector("[role=status]").textContent = `${finder.dataset.chosen} ${option.textContent}`;
    box.value = "";
    close(box);
    changed();
  };
  const mark = (box, option) => {
    for (const one of listOf(box).children) one.setAttribute("aria-selected", String(one === option));
    if (option) box.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  };
  const open = (box, matches) => {
    const { finds: name, none } = box.closest(".finder").dataset;
    const list = listOf(box);
    list.replaceChildren(...matches.map(({ id, label }) => {
      const option = Object.assign(document.createElement("li"), { id: `option-${name}-${id}`, textContent: label });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.id = id;
      return option;
    }));
    if (!matches.length && box.value.trim()) box.closest(".finder").querySelector("[role=status]").textContent = none;
    list.hidden = !matches.length;
    box.setAttribute("aria-expanded", String(Boolean(matches.length)));
    box.removeAttribute("aria-activedescendant");
  };
  const look = async (box) => {
    const [finder, words] = [box.closest(".finder"), box.value];
    const url = new URL(form.dataset.lookup, location.href);
    url.searchParams.set("field", finder.dataset.finds);
    url.searchParams.set("q", words);
    const answer = await fetch(url);
    const isLate = box.value !== words || document.activeElement !== box;
    if (answer.ok && !isLate && !words.includes(";")) open(box, (await answer.json()).matches);
  };
  const dress = (box) => {
    if (!box || box.getAttribute("role")) return;
    const list = Object.assign(document.createElement("ul"), { id: `${box.id}-options`, hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.closest(".finder").dataset.names);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) box.setAttribute(name, value);
    box.after(list);
  };
  const boxOf = (event) => event.target.closest?.(".combo > input");
  const findAll = (box) => box.closest(".finder").querySelector('button[value^="find:"]').click();
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  for (const box of form.querySelectorAll(".combo > input")) dress(box);
  form.addEventListener("focusin", (event) => dress(boxOf(event)));
  form.addEventListener("input", (event) => {
    const box = boxOf(event);
    if (!box) return;
    clearTimeout(wait);
    wait = setTimeout(look, 200, box);
  });
  form.addEventListener("keydown", (event) => {
    const box = boxOf(event);
    if (!box || event.isComposing) return;
    const options = [...listOf(box).children];
    const at = options.findIndex((one) => one.id === box.getAttribute("aria-activedescendant"));
    const isOpen = !listOf(box).hidden;
    if (event.key === "Escape" && isOpen) close(box);
    else if (event.key in moves && !isOpen) look(box);
    else if (event.key in moves) mark(box, options.at((at + moves[event.key] + (at < 0 && moves[event.key] < 0 ? 1 : 0)) % options.length));
    else if (event.key === "Enter" && isOpen && at >= 0) pick(box, options[at]);
    else if (event.key === "Enter" && box.value.trim()) findAll(box);
    else return;
    event.preventDefault();
  });
  form.addEventListener("mousedown", (event) => { if (event.target.closest("[role=option]")) event.preventDefault(); });
  form.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick(option.closest(".combo").querySelector("input"), option);
    else if (boxOf(event) && listOf(boxOf(event)).hidden) look(boxOf(event));
  });
  form.addEventListener("focusout", (event) => { const box = boxOf(event); if (box?.getAttribute("role")) close(box); });
  form.addEventListener("paste", (event) => {
    const box = boxOf(event);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!box || !/[\n;]/.test(text.trim())) return;
    event.preventDefault();
    box.value = text.split(/[\r\n;]+/).map((one) => one.trim()).filter(Boolean).join("; ");
    findAll(box);
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
