// Looking something up in the reference: parts to choose, a search over the page's own text, and links that open what they
// lead to. Used by the page of its own and by the lab's tab.

const PAUSE = 250;

export class Lookup {
  constructor(root) {
    this.root = root;
    this.groups = [...root.querySelectorAll(".ref-group")];
    this.links = [...root.querySelectorAll(".ref-groups a")];
    this.entries = [...root.querySelectorAll(".ref-entry")];
    this.field = root.querySelector("#ref-query");
    this.count = root.querySelector(".ref-count");
    this.texts = null;
    this.timer = null;
    root.querySelector(".ref-search").hidden = false;
    root.querySelector(".ref-search").addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(null, 1);
    });
    this.field.addEventListener("input", () => this.search());
    root.addEventListener("keydown", (event) => this.key(event));
    for (const link of this.links) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.clear();
        this.choose(link.dataset.group);
      });
    }
    this.choose(this.groups[0].dataset.group);
  }

  // One part in view; the one that the links and a cleared search come back to.
  choose(name) {
    this.now = name;
    this.draw();
  }

  searching() {
    return this.field.value.trim() !== "";
  }

  clear() {
    if (!this.field.value) return;
    this.field.value = "";
    this.search();
  }

  search() {
    const words = plain(this.field.value).split(/\s+/).filter(Boolean);
    this.texts ??= this.entries.map((entry) => plain(`${entry.textContent} ${entry.dataset.asked ?? ""}`));
    let found = 0;
    this.entries.forEach((entry, at) => {
      const fits = words.every((word) => this.texts[at].includes(word));
      entry.hidden = !fits;
      if (fits) found += 1;
    });
    for (const chapter of this.root.querySelectorAll(".ref-chapter")) {
      chapter.hidden = !chapter.querySelector(".ref-entry:not([hidden])");
    }
    this.draw();
    // Said when the typing pauses, so that a screen reader is not interrupted by every letter.
    clearTimeout(this.timer);
    const { none, one, many } = this.root.dataset;
    const text = words.length === 0 ? "" : found === 0 ? none : found === 1 ? one : many.replace("{x}", found);
    this.timer = setTimeout(() => {
      this.count.textContent = text;
    }, PAUSE);
  }

  draw() {
    const all = this.searching();
    for (const group of this.groups) {
      group.hidden = all ? !group.querySelector(".ref-entry:not([hidden])") : group.dataset.group !== this.now;
      group.classList.toggle("ref-found", all);
    }
    for (const link of this.links) {
      if (!all && link.dataset.group === this.now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && this.searching()) {
      event.preventDefault();
      this.clear();
      this.field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const from = event.target === this.field ? null : event.target.closest(".ref-entry");
      if (event.target !== this.field && !from) return;
      event.preventDefault();
      this.step(from, event.key === "ArrowDown" ? 1 : -1);
    }
  }

  // To the next or the last entry in view; before the first comes the field.
  step(from, by) {
    const seen = this.entries.filter((entry) => !entry.hidden && !entry.closest("[hidden]"));
    const at = from ? seen.indexOf(from) + by : 0;
    if (at < 0) this.field.focus();
    else focus(seen[Math.min(at, seen.length - 1)]);
  }

  // Opens the entry that an address ends in; false where there is none.
  show(hash) {
    const id = decodeURIComponent(hash.replace(/^#/, ""));
    const target = id && document.getElementById(id);
    if (!target || !this.root.contains(target)) return false;
    this.clear();
    this.choose(target.closest(".ref-group").dataset.group);
    const entry = target.closest(".ref-entry");
    if (entry?.matches("details")) entry.open = true;
    this.root.querySelector(".ref-here")?.classList.remove("ref-here");
    if (entry) target.classList.add("ref-here");
    focus(target.matches(".ref-group") ? target.querySelector("h2") : target);
    target.scrollIntoView({ block: "start" });
    return true;
  }
}

function focus(target) {
  (target?.querySelector("summary") ?? target)?.focus();
}

// Without case and accents, so that "uebung" finds nothing but "ubung" finds "Übung".
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
