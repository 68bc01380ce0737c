// The Tab key in the field: asks the server how the line could go on, as bash does. One possibility completes, several
// complete what they have in common, and a second Tab lists them. Where there is nothing to complete, Tab moves the focus.

import { element, plain, show } from "./text.js";
import { t } from "./words.js";

// How long an answer is waited for before the question is put anew.
const PATIENCE = 1500;
// What stands so in a line without being quoted; anything else can be typed, not tapped.
const PLAIN = /^[\w.@:+=<>[\]/-]*$/;

export class Completion {
  // `ask(text, hear)` gives false where there is nobody to ask; `change(text)` puts a text into the field.
  constructor(field, list, ask, change) {
    this.field = field;
    this.list = list;
    this.ask = ask;
    this.change = change;
    // The exam's Tab moves the focus, as everywhere.
    this.off = false;
    field.addEventListener("input", () => this.forget());
    field.addEventListener("blur", () => (this.spent = undefined));
  }

  // Tab was pressed; false where it is not for us.
  tab() {
    const { value, selectionStart, selectionEnd } = this.field;
    const before = value.slice(0, selectionStart);
    if (this.off || selectionStart !== selectionEnd || before.trim() === "" || before === this.spent) return false;
    if (this.asked?.before === before && performance.now() < this.asked.at + PATIENCE) {
      // Twice, faster than the answer: the list is wanted.
      this.asked.twice = true;
      return true;
    }
    this.asked = { before, at: performance.now() };
    return this.ask(before, (answer) => this.hear(before, answer));
  }

  hear(before, { text, candidates, more, off }) {
    this.off = Boolean(off);
    const { value, selectionStart } = this.field;
    // Who has typed on meanwhile does not want it any more.
    if (value.slice(0, selectionStart) !== before) return;
    const armed = this.armed === before || this.asked?.twice;
    this.forget();
    if (text !== before) this.put(text, value.slice(selectionStart));
    if (candidates.length === 0) {
      this.spent = before;
      this.say(t(off ? "complete-off" : "complete-none"));
    } else if (candidates.length === 1) {
      if (text === before) this.spent = before;
    } else if (armed) {
      this.spent = text;
      this.offer(candidates, more, text);
    } else {
      this.armed = text;
      this.say(t("complete-many", candidates.length + more));
    }
  }

  put(text, after) {
    this.change(text + after);
    this.field.setSelectionRange(text.length, text.length);
  }

  say(text) {
    this.list.replaceChildren(text);
  }

  offer(candidates, more, text) {
    const items = candidates.map((pieces) => {
      const word = plain(pieces);
      const item = element("li", "");
      if (!PLAIN.test(word)) {
        item.append(show(pieces));
        return item;
      }
      const button = element("button", "", word);
      button.type = "button";
      button.addEventListener("click", () => this.take(text, word));
      item.append(button);
      return item;
    });
    if (more > 0) items.push(element("li", "", t("complete-more", more)));
    this.list.replaceChildren(element("ul", "", ...items));
  }

  // A candidate was tapped: what of it is missing goes into the field, and what follows it.
  take(text, word) {
    const { value, selectionStart } = this.field;
    if (value.slice(0, selectionStart) !== text) return;
    const lower = text.toLowerCase();
    let typed = Math.min(word.length, text.length);
    while (typed > 0 && !lower.endsWith(word.slice(0, typed).toLowerCase())) typed -= 1;
    this.forget();
    this.put(text + word.slice(typed), value.slice(selectionStart));
    this.field.focus();
    this.tab();
  }

  // Something else was typed, or the line was sent.
  forget() {
    this.armed = undefined;
    this.spent = undefined;
    this.asked = undefined;
    if (this.list.hasChildNodes()) this.list.replaceChildren();
  }
}
