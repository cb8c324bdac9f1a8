"use strict";
// What the page does beyond being read: filters, a moment of each tape, commands to copy. All is there without it.
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  // Long tables and lists: their rows stand once in the page, as text, and so many of them are made as they are looked at.
  const texts = new Map();
  const signs = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
  const plain = (row) =>
    row.replace(/<[^>]*>/g, " ").replace(/&(?:amp|lt|gt|quot|#39);/g, (sign) => signs[sign]).toLowerCase();
  for (const source of all("noscript.paged")) {
    const text = source.textContent;
    const lines = text.split("\n");
    const isRow = (line) => line.startsWith("<tr") || line.startsWith("<li");
    const rows = lines.filter(isRow);
    const holder = make("div", { innerHTML: lines.filter((line) => !isRow(line)).join("\n") });
    const body = holder.querySelector("tbody, ol");
    const size = Number(source.dataset.size ?? 50);
    let plains = null;
    let fitting = rows;
    let from = 0;
    const bar = make("div", { className: "pager" });
    const label = make("label", { textContent: "Find " });
    const field = make("input", { type: "search", autocomplete: "off" });
    const back = make("button", { type: "button", textContent: "Back" });
    const next = make("button", { type: "button", textContent: "Next" });
    const place = make("span");
    place.setAttribute("role", "status");
    label.append(field);
    bar.append(label, back, next, place);
    const show = () => {
      body.innerHTML = fitting.slice(from, from + size).join("");
      const last = Math.min(from + size, fitting.length);
      place.textContent = fitting.length ? `${from + 1} to ${last} of ${fitting.length}` : "none";
      back.disabled = from === 0;
      next.disabled = last >= fitting.length;
    };
    const move = (by) => { from = Math.max(0, from + by); show(); };
    back.addEventListener("click", () => move(-size));
    next.addEventListener("click", () => move(size));
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      if (wanted) plains ??= rows.map(plain);
      fitting = wanted ? rows.filter((_, number) => plains[number].includes(wanted)) : rows;
      from = 0;
      show();
    });
    texts.set(holder, () => (plains ??= rows.map(plain)).join("\n"));
    bar.hidden = rows.length <= size;
    source.replaceWith(bar, holder);
    show();
  }

  // All text of a part, also of rows that are not made.
  const textOf = (part) => [part.textContent.toLowerCase()]
    .concat(Array.from(texts).filter(([holder]) => part.contains(holder)).map(([, text]) => text())).join("\n");

  // Filters: a scenario is shown where its outcome, its tag and its text fit.
  for (const form of all("form.filters")) {
    form.hidden = false;
    const scenarios = all("article.scenario").map((article) => ({
      article,
      tile: document.querySelector(`.strip [data-of="${article.id}"]`),
      tags: article.dataset.tags.split(" "),
      text: null,
    }));
    const found = form.querySelector(".found");
    const apply = () => {
      const { text, tag, outcome } = Object.fromEntries(new FormData(form));
      const wanted = text.trim().toLowerCase();
      let shown = 0;
      for (const scenario of scenarios) {
        if (wanted && scenario.text === null) scenario.text = textOf(scenario.article);
        const fits = (!outcome || scenario.article.dataset.outcome === outcome)
          && (!tag || scenario.tags.includes(tag)) && (!wanted || scenario.text.includes(wanted));
        scenario.article.hidden = !fits;
        if (scenario.tile) scenario.tile.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      found.textContent = shown === scenarios.length ? `all ${shown} scenarios` : `${shown} of ${scenarios.length} scenarios`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  // A link to a part that a filter hides shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest("[hidden]")) return;
    for (const form of all("form.filters")) {
      form.reset();
      form.dispatchEvent(new Event("input"));
    }
    target.scrollIntoView();
  });

  // The moment of a tape: a slider and the pointer move a line, and what the line meets is said.
  for (const tape of all("svg.tape")) {
    const spans = all("[data-from]", tape).map((shape) => ({
      from: Number(shape.dataset.from),
      to: Number(shape.dataset.to),
      says: shape.querySelector("title")?.textContent ?? "",
    })).filter((span) => span.says);
    if (!spans.length) continue;
    const end = Number(tape.dataset.end);
    const name = tape.closest("article").querySelector("h3").id;
    const control = make("div", { className: "moment-control" });
    const label = make("label", { textContent: "Moment " });
    const slider = make("input", { type: "range", min: 0, max: 1000, value: 0 });
    slider.setAttribute("aria-describedby", name);
    const output = make("output");
    label.append(slider);
    control.append(label, output);
    tape.after(control);
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
    line.setAttribute("class", "cursor");
    line.setAttribute("y1", "12");
    line.setAttribute("y2", String(tape.height.baseVal.value - 4));
    const show = () => {
      const seconds = (slider.value / 1000) * end;
      const reach = end / 400;
      const met = spans.filter((span) => span.from - reach <= seconds && seconds <= span.to + reach);
      const words = `${seconds.toFixed(end < 10 ? 2 : 1)} s. ` + (met.map((span) => span.says).join(" · ") || "nothing");
      line.setAttribute("x1", `${slider.value / 10}%`);
      line.setAttribute("x2", `${slider.value / 10}%`);
      tape.append(line);
      output.textContent = words;
      slider.setAttribute("aria-valuetext", words);
    };
    slider.addEventListener("input", show);
    slider.addEventListener("focus", show);
    tape.addEventListener("pointermove", (event) => {
      const box = tape.getBoundingClientRect();
      slider.value = Math.round(((event.clientX - box.left) / box.width) * 1000);
      show();
    });
    output.textContent = "Point at the tape, or move the slider: what happens at that moment is said here.";
  }

  // Commands to copy, where the browser lets a page do that.
  if (navigator.clipboard) {
    for (const command of all(".command")) {
      const button = make("button", { type: "button", textContent: "Copy" });
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(command.querySelector("code").textContent);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Could not copy";
        }
        setTimeout(() => { button.textContent = "Copy"; }, 2000);
      });
      command.append(button);
    }
  }

  // On paper everything is open.
  addEventListener("beforeprint", () => all("details").forEach((part) => { part.open = true; }));
})();
