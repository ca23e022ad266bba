// What a page gains where scripts run: claims and their words light up together, files can be dropped, keys in the
// review queue, the map. Every page reads without it.
"use strict";

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

/* -- claims and words, both ways -- */
function light(element, on) {
  const numbers = (element.dataset.c || "").split(" ");
  each("[data-c]", (other) => {
    if (other.dataset.c.split(" ").some((n) => numbers.includes(n))) other.classList.toggle("lit", on);
  });
}
for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(begin, (event) => { const it = event.target.closest("[data-c]"); if (it) light(it, true); });
  document.addEventListener(end, (event) => { const it = event.target.closest("[data-c]"); if (it) light(it, false); });
}

/* -- read now: drop a file; say that it is being read -- */
each("[data-reader]", (form) => {
  const area = form.querySelector("textarea"), file = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("dropping"); });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("dropping");
    if (event.dataTransfer.files.length) { file.files = event.dataTransfer.files; form.requestSubmit(); }
    else area.value = event.dataTransfer.getData("text");
  });
  form.addEventListener("submit", () => {
    form.classList.add("busy");
    const button = form.querySelector("button");
    button.textContent = "Reading …";
    button.disabled = true;
  });
});

/* -- selects that show at once -- */
each("select[data-submit]", (select) => select.addEventListener("change", () => select.form.requestSubmit()));

/* -- as of: a slider over the moments that a select lists, the newest on the right -- */
each("[data-moments]", (form) => {
  const select = form.querySelector("select"), last = select.options.length - 1;
  if (last < 1) return;
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: last, value: last - select.selectedIndex, className: "slide" });
  slider.setAttribute("aria-label", "Moment");
  const tell = () => slider.setAttribute("aria-valuetext", select.options[select.selectedIndex].text.trim());
  slider.addEventListener("input", () => { select.selectedIndex = last - slider.value; tell(); });
  slider.addEventListener("change", () => form.requestSubmit());
  tell();
  select.before(slider);
});

/* -- review: single keys, while the panel has the focus and nobody types (WCAG 2.1.4) -- */
const panel = document.querySelector("[data-review]");
if (panel) {
  panel.focus({ preventScroll: true });
  const evidence = document.querySelector(".review mark.ev"), text = evidence && evidence.closest(".report");
  if (evidence && text.scrollHeight > text.clientHeight) text.scrollTop = evidence.offsetTop - text.offsetTop - text.clientHeight / 3;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    const here = event.target === document.body || event.target.closest("[data-review], .undo, #main");
    if (typing || !here || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!action) return;
    event.preventDefault();
    if (action.tagName === "SUMMARY") { action.parentElement.open = true; action.parentElement.querySelector("input:not([type=hidden])").select(); }
    else action.click();
  });
}
