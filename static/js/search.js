// What stands in a terminal as plain text: kept line by line, searched, copied.

import { plain } from "./text.js";
import { t } from "./words.js";

// How much text of a terminal is kept, in UTF-16 units. The transcript has all.
const KEPT = 4 * 1024 * 1024;

const at = (id) => document.getElementById(id);

// The text of one terminal with its prompts and what was typed at them.
export class LogText {
  constructor() {
    this.text = "";
  }

  printed({ text }) {
    this.add(plain(text));
  }

  typed({ text }) {
    this.add(`${plain(text)}\n`);
  }

  pressed({ key }) {
    if (key === "^D") this.add("^D\n");
  }

  cleared() {
    this.text = "";
  }

  add(text) {
    this.text += text;
    if (this.text.length <= KEPT) return;
    const cut = this.text.indexOf("\n", this.text.length - KEPT / 2);
    this.text = this.text.slice(cut + 1);
  }

  // Without the prompt that waits at the end.
  lines() {
    return this.text.slice(0, this.text.lastIndexOf("\n") + 1);
  }
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without permission, and where the page did not come over a safe connection.
  }
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}

// The text of a row as it stands there, without what was opened under it.
function textOf(row) {
  const line = row.querySelector(".said-line") ?? row;
  const told = [...line.childNodes].filter((node) => !node.matches?.("button, .explain, details, [hidden]"));
  return told.map((node) => node.textContent).join("");
}

// The bar with which a terminal's log is searched.
export class Search {
  // `terminal()` is the one in front, `leave()` leads back to where one types.
  constructor(terminal, leave) {
    this.terminal = terminal;
    this.leave = leave;
    this.field = at("search-text");
    this.open = false;
    this.hits = [];
    this.place = -1;
    at("search-open").addEventListener("click", () => this.show(!this.open));
    at("search-close").addEventListener("click", () => this.show(false));
    at("search-next").addEventListener("click", () => this.step(1));
    at("search-back").addEventListener("click", () => this.step(-1));
    this.field.addEventListener("input", () => this.look(true));
    at("search").addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    at("search").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.show(false);
      else if (event.key === "Enter" && event.shiftKey && event.target === this.field) this.step(-1);
      else return;
      event.preventDefault();
    });
    // The browser's own search (Control F) stays the browser's.
    document.addEventListener("keydown", (event) => {
      const ours = (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey && event.key.toLowerCase() === "f";
      if (!ours) return;
      event.preventDefault();
      this.show(true);
    });
  }

  show(open) {
    this.open = open;
    at("search").hidden = !open;
    at("search-open").setAttribute("aria-expanded", String(open));
    if (open) {
      this.field.focus();
      this.field.select();
      this.look(true);
    } else {
      this.unmark();
      this.leave();
    }
  }

  unmark() {
    for (const row of this.hits) delete row.dataset.hit;
    this.hits = [];
  }

  // Finds all hits anew. The one in view is the last where the search is new, else the one it was.
  look(fresh = false) {
    if (!this.open) return;
    const now = this.hits[this.place];
    this.unmark();
    const wanted = this.field.value.toLowerCase();
    const terminal = this.terminal();
    this.gone = 0;
    if (wanted !== "") {
      this.hits = [...terminal.rows.children].filter((row) => textOf(row).toLowerCase().includes(wanted));
      const all = terminal.text.lines().split("\n").filter((line) => line.toLowerCase().includes(wanted)).length;
      this.gone = Math.max(all - this.hits.length, 0);
    }
    for (const row of this.hits) row.dataset.hit = "";
    const kept = this.hits.indexOf(now);
    this.place = fresh || kept < 0 ? this.hits.length - 1 : kept;
    this.told(fresh);
  }

  step(step) {
    if (this.hits.length === 0) return;
    this.place = (this.place + step + this.hits.length) % this.hits.length;
    this.told(true);
  }

  told(moves) {
    const row = this.hits[this.place];
    for (const hit of this.hits) hit.dataset.hit = hit === row ? "now" : "";
    if (row && moves) row.scrollIntoView({ block: "center" });
    const count = row ? t("search-count", `${this.place + 1} / ${this.hits.length}`) : t("search-none");
    const gone = this.gone > 0 ? ` ${t("search-gone", this.gone)}` : "";
    at("search-count").textContent = this.field.value === "" ? "" : count + gone;
    at("search-line").textContent = row && moves ? textOf(row) : "";
  }
}
