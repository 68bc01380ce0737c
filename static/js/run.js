// Types a command for the learner at a terminal that stands at its shell prompt, and gives back what came of it. It is
// the same input as if they had typed it, so that transcript and points are the same.

import { lines, plain } from "./text.js";
import { t } from "./words.js";

const PROMPT = /^[a-z0-9._-]+@[a-z0-9.-]+:[^\n]*\$ $/i;
const PATIENCE = 15000;

export class Run {
  constructor(send) {
    this.send = send;
    this.clear();
  }

  // For each terminal what stands in its last line, and what is awaited there.
  clear() {
    this.open = new Map([[1, ""]]);
    this.waiting = null;
  }

  views(views) {
    for (const view of views) this.view(view);
  }

  view(view) {
    if (view.opened) {
      this.open.set(view.opened.term, this.open.get(view.opened.term) ?? "");
    } else if (view.typed) {
      this.open.set(view.typed.term, "");
      const { waiting } = this;
      if (waiting && waiting.term === view.typed.term && waiting.begun === false && plain(view.typed.text) === waiting.line) {
        waiting.begun = true;
      }
    } else if (view.printed) {
      this.printed(view.printed);
    }
    this.next();
  }

  printed({ term, text }) {
    const all = lines(text).map(plain);
    const last = (all.length > 1 ? "" : (this.open.get(term) ?? "")) + all.at(-1);
    this.open.set(term, last);
    const { waiting } = this;
    if (waiting?.term !== term || !waiting.begun) return;
    waiting.said += plain(text);
    if (!PROMPT.test(last)) return;
    const said = waiting.said.slice(0, waiting.said.length - last.length).trimEnd();
    this.settle(said);
  }

  // A terminal at its shell prompt.
  shell() {
    return [...this.open].find(([, last]) => PROMPT.test(last))?.[0];
  }

  // Types the line; resolves to what was printed before the next prompt.
  run(line) {
    this.settle("");
    return new Promise((resolve) => {
      this.waiting = { line, term: null, begun: false, said: "", resolve };
      this.waiting.timer = setTimeout(() => this.settle(t("run-silent")), PATIENCE);
      if (this.shell() === undefined) this.send("open");
      this.next();
    });
  }

  // Types what waits as soon as there is a prompt.
  next() {
    const { waiting } = this;
    if (!waiting || waiting.term !== null) return;
    const term = this.shell();
    if (term === undefined) return;
    waiting.term = term;
    this.send("line", { term, text: waiting.line });
  }

  settle(said) {
    const { waiting } = this;
    this.waiting = null;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.resolve(said);
  }
}

// A word as the shell takes it, whatever is in it.
export function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
