// Opening a line of a terminal: what it means, why it is so, its parts, the rules, what is possible next.

import { element, show } from "./text.js";
import { t } from "./words.js";

// Pieces are shown as far as they say something: a message of a megabyte is one line for some programs.
const PIECES = 400;

export class Opener {
  constructor(rows) {
    this.rows = rows;
    this.newest = null;
    rows.addEventListener("click", (event) => this.clicked(event));
  }

  // The button that opens a row: its time, and a question mark that the style sheet puts there. `line` are the ids of
  // what describes the button to those who do not see what it stands beside.
  button(time, line) {
    const button = element("button", "why", element("time", "", time));
    button.type = "button";
    button.title = t("why");
    button.setAttribute("aria-describedby", line);
    button.setAttribute("aria-expanded", "false");
    this.reach(button);
    return button;
  }

  // Tab stops at one line alone, the newest or where one was last; the arrow keys go to the others.
  reach(button) {
    if (this.stop) this.stop.tabIndex = -1;
    this.stop = button;
    button.tabIndex = 0;
  }

  // Lines were taken away: Tab must still find one.
  trimmed() {
    if (this.stop?.isConnected) return;
    this.stop = undefined;
    const last = this.buttons().at(-1);
    if (last) this.reach(last);
  }

  buttons() {
    return [...this.rows.querySelectorAll(":scope > .row > .why")];
  }

  walk(event) {
    const { key, target } = event;
    if (key === "Escape" && target.closest(".explain, .why")) {
      const row = target.closest(".row");
      const open = row.querySelector(":scope > .explain");
      if (!open) return;
      event.preventDefault();
      this.close(row);
      row.querySelector(":scope > .why").focus();
      return;
    }
    const own = target.matches(".why") ? target : target.matches(".log") ? null : undefined;
    if (own === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const all = this.buttons();
    const at = own ? all.indexOf(own) : all.length;
    const next = { ArrowUp: all[at - 1], ArrowDown: own && all[at + 1], Home: own && all[0], End: own && all.at(-1) }[key];
    if (!next) return;
    event.preventDefault();
    this.reach(next);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  clicked(event) {
    const row = event.target.closest(".row");
    if (!row || !event.target.closest(".why, .row > .who") || !row.dataset.at) return;
    const button = row.querySelector(":scope > .why");
    this.reach(button);
    button.focus({ preventScroll: true });
    if (row.querySelector(":scope > .explain")) this.close(row);
    else this.open(row);
  }

  close(row) {
    row.querySelector(":scope > .explain")?.remove();
    row.querySelector(":scope > .why").setAttribute("aria-expanded", "false");
  }

  async open(row) {
    const box = element("div", "explain", element("p", "", t("opening")));
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", t("explained"));
    // Also where the line itself is not read out.
    box.setAttribute("aria-live", "polite");
    row.append(box);
    row.querySelector(":scope > .why").setAttribute("aria-expanded", "true");
    const { token } = document.getElementById("lab").dataset;
    try {
      const answer = await fetch(`/attempts/${token}/lines/${row.dataset.n}?line=${row.dataset.at}`);
      if (answer.ok) box.replaceChildren(...explained(await answer.json()));
      else box.replaceChildren(element("p", "", t(answer.status === 404 ? "nothing-behind" : "not-opened")));
    } catch {
      box.replaceChildren(element("p", "", t("not-opened")));
    }
    box.scrollIntoView({ block: "nearest" });
  }
}

// The pieces of what is behind a line, as elements.
export function explained({ what, parts, rules, next }) {
  const made = what.map((text) => element("p", "", show(text)));
  if (parts.length > 0) made.push(heading("parts"), list("parts", parts.slice(0, PIECES)));
  if (next.length > 0) made.push(heading("next"), list("next", next));
  if (rules.length > 0) {
    made.push(heading("rules"));
    const items = rules.map(({ text, title, url }) => {
      const link = element("a", "", text);
      link.href = url;
      link.target = "_blank";
      link.rel = "noreferrer";
      const about = element("span", "", title);
      // The index of RFCs is in English.
      about.lang = "en";
      return element("li", "", link, ...(title ? [" – ", about] : []));
    });
    made.push(element("ul", "rules", ...items));
  }
  return made;
}

function heading(key) {
  return element("p", "heading", t(key));
}

function list(name, parts) {
  const items = parts.map(({ piece, meaning, depth }) => {
    const code = element("code", "piece", show(piece));
    if (piece.length === 0) code.append(element("span", "code-point", t("empty-piece")));
    const item = element("li", "", code, " ", element("span", "meaning", show(meaning)));
    item.dataset.depth = Math.min(depth, 4);
    return item;
  });
  return element("ul", name, ...items);
}
