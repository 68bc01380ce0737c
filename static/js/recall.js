// Control R in the field: looks for an earlier line of this terminal, as readline does. While that goes on the field
// holds what is looked for, and the line that was found stands above it, where a screen reader hears of it.

import { element } from "./text.js";
import { t } from "./words.js";

// Keys that end the search, take the line, and then do to it what they always do.
const EDITS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Tab"];

export class Recall {
  // `history()` are the earlier lines, the newest last; `changed(place)` is called when the search begins or ends, with
  // the place in them of the line that was taken.
  constructor(field, list, history, changed) {
    this.field = field;
    this.list = list;
    this.history = history;
    this.changed = changed;
    this.on = false;
    // What was looked for last.
    this.last = "";
    field.addEventListener("input", () => this.look());
  }

  // What stands in the prompt's place, in bash's words.
  get prompt() {
    return this.failed ? "(failed reverse-i-search)" : "(reverse-i-search)";
  }

  // The line that was found; before any was, the one that was being written.
  get line() {
    return this.lines[this.at];
  }

  start() {
    const { value, selectionStart, selectionEnd } = this.field;
    this.kept = { value, selectionStart, selectionEnd };
    this.lines = [...this.history(), value];
    this.at = this.lines.length - 1;
    this.from = value.length;
    this.failed = false;
    this.on = true;
    this.field.value = "";
    this.show();
    this.changed();
  }

  // Control R again: the next older one; with nothing typed, what was looked for last.
  older() {
    if (this.field.value !== "") this.find(this.from - 1);
    else if (this.last !== "") {
      this.field.value = this.last;
      this.find(this.from);
    }
  }

  // Something else is looked for, from where one is.
  look() {
    if (this.on) this.find(this.from);
  }

  // Looks backwards: in the line that was found up to `from`, then in older ones that are not the same again.
  find(from) {
    const wanted = this.field.value;
    const { line } = this;
    this.failed = wanted !== "";
    for (let at = this.at; at >= 0 && this.failed; at -= 1) {
      const here = at === this.at;
      if (!here && this.lines[at] === line) continue;
      const found = here && from < 0 ? -1 : this.lines[at].lastIndexOf(wanted, here ? from : Infinity);
      if (found >= 0) Object.assign(this, { at, from: found, failed: false });
    }
    this.show();
    this.changed();
  }

  show() {
    const wanted = this.field.value;
    const { line, from } = this;
    const said = this.failed ? t("recall-none") : wanted === "" ? t("recall-help") : "";
    const shown = [];
    if (said) shown.push(element("span", "recall-said", said));
    if (wanted !== "" && line !== "") {
      const marked = [line.slice(0, from), element("mark", "", wanted), line.slice(from + wanted.length)];
      const button = element("button", "recalled", ...(this.failed ? [line] : marked));
      button.type = "button";
      button.title = t("recall-take");
      button.addEventListener("click", () => {
        this.take();
        this.field.focus();
      });
      shown.push(button);
    }
    this.list.replaceChildren(...shown);
  }

  // Does what a key does to the search; true where that is all it does.
  key(event) {
    const control = event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    const lower = event.key.toLowerCase();
    if (control && lower === "r") this.older();
    else if (control && lower === "g") this.abort();
    else if (event.key === "Escape") this.take();
    else {
      if (EDITS.includes(event.key) || (control && lower === "d")) this.take();
      return control && lower === "d";
    }
    return true;
  }

  // The line stands in the field to be changed, the cursor where it was found.
  take() {
    const { line, from, at } = this;
    const cursor = at === this.lines.length - 1 && this.field.value === "" ? this.kept.selectionStart : from;
    this.end(line, cursor, cursor, at);
  }

  // Everything is as it was before.
  abort() {
    const { value, selectionStart, selectionEnd } = this.kept;
    this.end(value, selectionStart, selectionEnd, this.lines.length - 1);
  }

  end(value, start, end, place) {
    if (this.field.value !== "") this.last = this.field.value;
    this.on = false;
    this.list.replaceChildren();
    this.field.value = value;
    this.field.setSelectionRange(start, end);
    this.changed(place);
  }
}
