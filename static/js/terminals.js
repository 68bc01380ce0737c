// All terminals: the tabs, the field to type into, the keys, and which server's answer stands in which line.

import { Completion } from "./completion.js";
import { cut } from "./paste.js";
import { Raw, pictured } from "./raw.js";
import { Recall } from "./recall.js";
import { LogText, Search, copy } from "./search.js";
import { news } from "./news.js";
import { element, plain, show } from "./text.js";
import { Terminal } from "./terminal.js";
import { t } from "./words.js";

// Events that come faster are shown together. Of very many at once only the last are drawn.
const PACE = 30;
const DRAWN = 3000;
// In a hurry only so many: about what can be seen.
const GLIMPSE = 150;

const at = (id) => document.getElementById(id);

export class Terminals {
  // `ask` puts a question to the server that changes nothing.
  constructor(send, say, ask) {
    // Keys that were pressed before something else are sent before it.
    this.send = (kind, body) => {
      this.raw.flush();
      send(kind, body);
    };
    this.say = say;
    this.all = new Map();
    this.now = 0;
    this.hosts = new Map();
    this.secured = new Map();
    this.answers = new Map();
    this.backlog = [];
    this.timer = null;
    this.drawn = 0;
    this.place = 0;
    this.wanted = false;
    // What stood in the field of terminals that have not come back yet.
    this.kept = new Map();
    this.field = at("line");
    at("entry").addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter();
    });
    const list = at("completions");
    const question = (text, hear) => ask({ term: this.now, text }, hear);
    this.completion = new Completion(this.field, list, question, (text) => (this.field.value = text));
    this.recall = new Recall(this.field, list, () => this.current.history, (place) => {
      if (place !== undefined) this.place = place;
      this.prompt();
    });
    this.raw = new Raw(
      this.field,
      () => this.current,
      () => this.rawNow(),
      (text) => send("keys", { term: this.now, text }),
    );
    this.search = new Search(() => this.current, () => this.field.focus());
    this.buttons();
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => this.paste(event));
    at("open-terminal").addEventListener("click", () => {
      this.wanted = true;
      this.send("open");
    });
    at("terminals").addEventListener("keydown", (event) => this.walkTabs(event));
    this.opened(1);
    this.choose(1);
  }

  // What a tablet's keyboard lacks, and what is done with a terminal's text.
  buttons() {
    // The field keeps the focus, and a tablet its keyboard.
    const leaves = (button) =>
      button.addEventListener("mousedown", (event) => document.activeElement === this.field && event.preventDefault());
    const does = (button, act) => {
      leaves(button);
      button.addEventListener("click", () => {
        act();
        this.field.focus();
      });
    };
    for (const button of document.querySelectorAll("[data-key]")) does(button, () => this.press(button.dataset.key));
    for (const button of document.querySelectorAll("[data-put]")) does(button, () => this.put(button.dataset.put));
    does(at("key-tab"), () => {
      if (this.recall.on) this.recall.take();
      this.completion.tab();
    });
    does(at("key-recall"), () => this.searchBack());
    does(at("raw"), () => {
      if (this.current.keyMode) {
        this.say(t("raw-by-telnet"));
        return;
      }
      this.raw.flush();
      this.current.raw = !this.current.raw;
      this.prompt();
    });
    leaves(at("more-keys"));
    at("more-keys").addEventListener("click", () => {
      const hidden = !at("extra-keys").hidden;
      at("extra-keys").hidden = hidden;
      at("more-keys").setAttribute("aria-expanded", String(!hidden));
    });
    at("copy-log").addEventListener("click", async () => {
      const text = this.current.text.lines();
      const lines = text.split("\n").length - 1;
      this.say((await copy(text)) ? t("copied", lines) : t("not-copied"));
    });
  }

  // Puts a character where the cursor is.
  put(text) {
    if (this.rawNow()) {
      this.raw.press(text);
      return;
    }
    const { selectionStart, selectionEnd } = this.field;
    this.field.setRangeText(text, selectionStart, selectionEnd, "end");
    this.completion.forget();
    this.recall.look();
  }

  // Does each key go to the server as it is pressed? While telnet's own prompt stands, or is about to, it does not.
  rawNow() {
    const { raw, keyMode, open, escaped } = this.current;
    return Boolean(raw || keyMode) && this.telnet() && open.length === 0 && !escaped;
  }

  // Is telnet connected at the terminal in front?
  telnet() {
    return this.current.program === "telnet" && this.hosts.has(this.current.conn);
  }

  terminal(number) {
    if (!this.all.has(number)) this.opened(number);
    return this.all.get(number);
  }

  opened(number) {
    if (this.all.has(number)) {
      this.again(number);
      return;
    }
    const terminal = new Terminal(number);
    terminal.text = new LogText();
    terminal.draft = this.kept.get(number) ?? "";
    const tab = element("button", "", t("terminal", number));
    tab.type = "button";
    tab.id = `tab-${number}`;
    tab.dataset.term = number;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", terminal.box.id);
    tab.addEventListener("click", () => {
      this.choose(number);
      this.field.focus();
    });
    terminal.tab = tab;
    terminal.box.addEventListener("keydown", (event) => this.typeFromLog(event));
    // A click into the terminal is meant for the field, unless it marks text.
    terminal.box.addEventListener("click", (event) => {
      if (getSelection().isCollapsed && !event.target.closest("button, a")) this.field.focus({ preventScroll: true });
    });
    this.all.set(number, terminal);
    at("terminals").append(tab);
    at("logs").append(terminal.box);
    if (this.all.size > 1) this.render();
    this.again(number);
    if (this.wanted) {
      this.wanted = false;
      this.choose(number);
      this.field.focus();
    }
  }

  // It is there (again).
  again(number) {
    this.all.get(number).tab.hidden = false;
    if (this.preferred !== number) return;
    this.preferred = undefined;
    this.choose(number);
  }

  choose(number) {
    const before = this.all.get(this.now);
    if (before) {
      if (this.recall.on) this.recall.abort();
      this.raw.flush();
      this.leaveLine(before);
    }
    this.now = number;
    const terminal = this.all.get(number);
    this.field.value = terminal.draft;
    this.wasRaw = false;
    this.place = terminal.history.length;
    this.completion.forget();
    this.render();
    terminal.toEnd();
    this.search.look(true);
  }

  // What stands in the field waits for its terminal; keys that have gone out are no draft.
  leaveLine(terminal) {
    if (!this.wasRaw) terminal.draft = this.field.value;
  }

  // The line that is being written.
  get line() {
    if (this.recall.on) return this.recall.kept.value;
    return this.wasRaw ? this.current.draft : this.field.value;
  }

  get current() {
    return this.all.get(this.now);
  }

  render() {
    for (const [number, { tab, box }] of this.all) {
      const chosen = number === this.now;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      box.hidden = !chosen;
      if (chosen) news(tab, false);
    }
    this.prompt();
  }

  prompt() {
    const terminal = this.current;
    const raw = this.rawNow();
    // What looks for a line gives way to what sends each key.
    if (raw && this.recall.on) {
      this.recall.abort();
      return;
    }
    const asks = this.recall.on ? [this.recall.prompt] : terminal.open;
    // What is as it was is left alone: a screen reader would read it again.
    if (at("prompt").textContent !== plain(asks)) at("prompt").replaceChildren(show(asks));
    const host = this.hosts.get(terminal.conn);
    const secured = this.secured.get(terminal.conn);
    const how = secured ? t("secured", secured) : t("plain");
    const where = host ? `${t("connected", host)} · ${how}` : "";
    if (at("where").textContent !== where) at("where").textContent = where;
    at("raw").hidden = !this.telnet();
    at("raw").setAttribute("aria-pressed", String(Boolean(terminal.raw || terminal.keyMode)));
    const help = raw ? (terminal.keyMode ? "mode-help" : "raw-help") : "";
    for (const id of ["raw-help", "mode-help"]) at(id).hidden = id !== help;
    this.field.setAttribute("aria-describedby", `${help} keys-help`.trim());
    at("entry").dataset.raw = String(raw);
    if (raw === this.wasRaw) return;
    // The field changes between a line that is being written and one that has gone out.
    if (raw) {
      this.leaveLine(terminal);
      this.wasRaw = true;
      this.raw.show();
    } else {
      this.wasRaw = false;
      this.field.value = terminal.draft;
    }
  }

  // Forgets what came from views: all of it will come again, up to some moment. The field stays as it is.
  clear() {
    clearTimeout(this.timer);
    this.timer = null;
    this.backlog = [];
    this.drawn = 0;
    this.hosts.clear();
    this.secured.clear();
    this.answers.clear();
    const { now } = this;
    for (const [number, terminal] of this.all) {
      terminal.forget();
      terminal.text.cleared();
      terminal.program = undefined;
      terminal.keyMode = false;
      terminal.tab.hidden = number > 1;
    }
    if (now > 1) {
      this.choose(1);
      this.preferred = now;
    }
    this.render();
  }

  // While the slider moves back, what cannot be seen is not drawn; all of it comes again when it rests.
  hurry(hurried) {
    this.hurried = hurried;
  }

  // What stands unsent at each terminal, as pairs of number and text.
  drafts() {
    const all = [...this.all].map(([number, terminal]) => [number, number === this.now ? this.line : terminal.draft]);
    return all.filter(([, text]) => text !== "");
  }

  // Puts it back, now or when the terminal is opened.
  takeUp(drafts) {
    this.kept = new Map(drafts);
    for (const [number, terminal] of this.all) terminal.draft = this.kept.get(number) ?? terminal.draft;
    if (this.field.value === "" && !this.wasRaw) this.field.value = this.current.draft;
  }

  // Puts this terminal in front, now or when it is opened.
  prefer(number) {
    if (this.all.get(number)?.tab.hidden === false) this.choose(number);
    else this.preferred = number;
  }

  // Takes what is new from the server.
  views(views) {
    for (const view of views) this.backlog.push(view);
    const wait = this.drawn + PACE - performance.now();
    if (wait <= 0 && this.timer === null) this.draw();
    else this.timer ??= setTimeout(() => this.draw(), Math.max(wait, 0));
  }

  draw() {
    this.timer = null;
    const views = this.backlog;
    this.backlog = [];
    const skipped = views.length - (this.hurried ? GLIMPSE : DRAWN);
    views.forEach((view, place) => this.view(view, place < skipped));
    this.drawn = performance.now();
    for (const terminal of this.all.values()) {
      if (terminal.stays) terminal.toEnd();
      if (!this.hurried) this.raw.settle(terminal);
    }
    this.place = this.current.history.length;
    this.prompt();
    this.search.look();
  }

  view(view, skipped = false) {
    const of = (seen) => {
      const terminal = this.terminal(seen.term);
      terminal.skips(skipped);
      return terminal;
    };
    for (const kind of ["typed", "pressed", "printed", "cleared"]) {
      if (!view[kind]) continue;
      const terminal = this.terminal(view[kind].term);
      terminal.text[kind](view[kind]);
      // What ^] has brought is there, or it was no escape.
      terminal.escaped = false;
    }
    if (view.opened) this.opened(view.opened.term);
    else if (view.program) {
      const terminal = this.terminal(view.program.term);
      terminal.program = view.program.name;
      if (!view.program.name) Object.assign(terminal, { keyMode: false, begun: [] });
    } else if (view["key-mode"]) this.terminal(view["key-mode"].term).keyMode = view["key-mode"].on;
    else if (view.keyed) this.terminal(view.keyed.term).keyed(view.keyed);
    else if (view.typed) of(view.typed).typed(view.typed, view);
    else if (view.pressed) of(view.pressed).pressed(view.pressed, view);
    else if (view.printed) {
      of(view.printed).printed(view.printed, view, (conn, line) => this.answer(conn, line));
      if (view.printed.term !== this.now) news(this.terminal(view.printed.term).tab, true);
    } else if (view.cleared) of(view.cleared).cleared();
    else if (view.connected) {
      this.hosts.set(view.connected.conn, `${view.connected.host}:${view.connected.port}`);
      this.answers.set(view.connected.conn, []);
    } else if (view.reply) this.answers.get(view.reply.conn)?.push({ ...view.reply, first: true });
    else if (view.secured) this.secured.set(view.secured.conn, view.secured.version);
    else if (view.closed) {
      this.hosts.delete(view.closed.conn);
      this.secured.delete(view.closed.conn);
    }
    else if (view.limit) this.say(view.limit.text);
  }

  // The answer that this line is a line of. An answer of several lines is used up with its last one.
  answer(conn, line) {
    const waiting = this.answers.get(conn);
    const next = waiting?.[0];
    if (!next || !line.startsWith(next.status)) return undefined;
    const found = { ...next };
    next.first = false;
    next.lines -= 1;
    if (next.lines <= 0) waiting.shift();
    return found;
  }

  // Nothing is read out while the past is being caught up with.
  live(live) {
    for (const { box } of this.all.values()) box.setAttribute("aria-busy", String(!live));
  }

  // What is on its way for a moment only is not shown: it would flicker.
  pending(queue) {
    clearTimeout(this.patience);
    if (queue.length === 0) this.showPending(queue);
    else this.patience = setTimeout(() => this.showPending(queue), 400);
  }

  showPending(queue) {
    for (const [number, terminal] of this.all) {
      const mine = queue.filter(({ body }) => body.term === number);
      const keys = mine.filter(({ kind }) => kind === "keys").map(({ body }) => pictured(body.text));
      const rest = mine.filter(({ kind }) => kind !== "keys").map(({ body }) => body.text?.slice(0, 200) ?? body.key);
      terminal.pending(keys.length > 0 ? [keys.join("").slice(0, 200), ...rest] : rest);
      if (mine.length > 0) terminal.toEnd();
    }
  }

  enter() {
    if (this.rawNow()) {
      this.raw.enter();
      this.current.toEnd();
      return;
    }
    if (this.recall.on) this.recall.take();
    const text = this.field.value;
    if (text.length > 256 * 1024) {
      this.say(t("long-line"));
      return;
    }
    this.field.value = "";
    this.completion.forget();
    this.send("line", { term: this.now, text });
    this.current.toEnd();
  }

  press(key) {
    if (this.recall.on) this.recall.abort();
    this.send("key", { term: this.now, key });
    if (key === "^]" && this.telnet()) {
      this.current.escaped = true;
      this.prompt();
    }
  }

  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (this.rawNow()) {
      event.preventDefault();
      const { pieces, rest, said } = cut(text);
      if (said) this.say(said);
      for (const piece of [...pieces, rest]) this.raw.paste(piece.replaceAll("\n", "\r"));
      return;
    }
    if (!/[\r\n]/.test(text)) return;
    event.preventDefault();
    if (this.recall.on) this.recall.abort();
    const { value, selectionStart, selectionEnd } = this.field;
    const { pieces, rest, said } = cut(value.slice(0, selectionStart) + text + value.slice(selectionEnd));
    for (const piece of pieces) this.send("paste", { term: this.now, text: piece });
    this.field.value = rest;
    if (said) this.say(said);
    this.current.toEnd();
  }

  // Control R: begins to look for an earlier line, or looks for an older one. Keys that go out one by one are no line.
  searchBack() {
    if (this.recall.on) this.recall.older();
    else if (!this.rawNow()) {
      this.completion.forget();
      this.recall.start();
    }
  }

  key(event) {
    if (this.recall.on && !event.isComposing && this.recall.key(event)) {
      event.preventDefault();
      return;
    }
    const control = event.ctrlKey && !event.altKey && !event.metaKey;
    const lower = event.key.toLowerCase();
    const empty = this.field.value === "";
    const alone = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    let taken = true;
    if (this.rawNow() && this.raw.key(event)) this.completion.forget();
    else if (event.key === "Tab") taken = alone && !event.isComposing && !this.rawNow() && this.completion.tab();
    else if (event.key === "ArrowUp") this.walk(-1);
    else if (event.key === "ArrowDown") this.walk(1);
    else if (event.key === "Escape") this.current.box.focus();
    else if (control && lower === "c" && !event.shiftKey && !this.selected()) this.interrupt();
    else if (control && lower === "r" && !event.shiftKey) this.searchBack();
    else if (control && lower === "d") (empty || this.rawNow()) && this.press("^D");
    else if (control && lower === "z" && empty) this.press("^Z");
    else if (control && event.key === "]") this.press("^]");
    else taken = false;
    if (taken) event.preventDefault();
  }

  interrupt() {
    if (this.recall.on) this.recall.abort();
    // What has gone out cannot be taken back.
    if (!this.rawNow()) this.field.value = "";
    this.press("^C");
  }

  selected() {
    return this.field.selectionStart !== this.field.selectionEnd || !getSelection().isCollapsed;
  }

  // Earlier lines of this terminal; below the last one is what was being typed.
  walk(step) {
    const { history } = this.current;
    const place = Math.min(Math.max(this.place + step, 0), history.length);
    if (place === this.place) return;
    if (this.place === history.length) this.unsent = this.field.value;
    this.place = place;
    this.completion.forget();
    this.field.value = place === history.length ? (this.unsent ?? "") : history[place];
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  walkTabs(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const numbers = [...this.all.keys()];
    const next = numbers.at((numbers.indexOf(this.now) + step) % numbers.length);
    this.choose(next);
    this.current.tab.focus();
  }

  // Who types while reading wants to type.
  typeFromLog(event) {
    const plainKey = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plainKey && event.target === event.currentTarget) this.field.focus();
    this.current.walkAnswers(event);
  }
}
