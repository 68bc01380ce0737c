// One terminal: what it has printed, as a list of lines with who said them, and what was typed at it.

import { Opener } from "./opener.js";
import { element, lines, plain, show } from "./text.js";
import { t } from "./words.js";

// How many lines stay on the page. The transcript has all.
const ROWS = 2000;
const HISTORY = 500;
// Of what was pasted or printed at once, so many lines at both ends are shown.
const ENDS = 150;

// Lines are numbered, so that the button of each can name the line it opens.
let made = 0;

export class Terminal {
  constructor(number) {
    this.number = number;
    this.rows = element("ol", "rows");
    this.opener = new Opener(this.rows);
    this.waiting = element("ul", "pending");
    this.waiting.hidden = true;
    this.box = element("div", "log", this.rows, this.waiting);
    this.box.id = `terminal-${number}`;
    this.box.setAttribute("role", "log");
    this.box.setAttribute("aria-live", "polite");
    this.box.setAttribute("aria-label", t("log-label", number));
    this.box.setAttribute("aria-busy", "true");
    this.box.tabIndex = 0;
    // Whoever has scrolled up reads on undisturbed, also when the box changes its size.
    this.stays = true;
    this.top = 0;
    // Only who scrolls up leaves the end: lines that grow afterwards, when they wrap anew, do not.
    this.box.addEventListener(
      "scroll",
      () => {
        const up = this.box.scrollTop < this.top;
        this.top = this.box.scrollTop;
        if (up || this.atEnd()) this.stays = this.atEnd();
      },
      { passive: true },
    );
    const watch = new ResizeObserver(() => this.stays && this.toEnd());
    watch.observe(this.box);
    watch.observe(this.rows);
    // Pieces after the last line feed: the prompt.
    this.open = [];
    this.openFrom = undefined;
    // The line that goes out key by key, as far as it has come.
    this.begun = [];
    this.begunRow = element("li", "row begun");
    this.begunRow.dataset.who = "you";
    this.history = [];
    this.draft = "";
    this.echo = "";
    this.conn = undefined;
  }

  // `replies` gives the server's answer that a line begins with, and takes it off the list.
  printed({ text, conn }, view, replies) {
    if (conn !== undefined) this.conn = conn;
    const parts = lines(text);
    parts[0] = [...this.open, ...parts[0]];
    this.open = parts.pop();
    const who = conn === undefined ? "program" : "server";
    this.ends(parts, (line, at) => this.row(who, line, view, at, replies), (line) => replies(conn, plain(line)));
    this.openFrom = conn;
  }

  // Keys of a line that is not finished: in the past it stands at the end of what was shown, and now in the field.
  keyed({ text, conn, echo }) {
    this.conn = conn;
    if (!echo) return;
    this.begun.push(...text);
    this.begunRow.replaceChildren(element("span", ""), element("span", "said-line", show(this.begun)));
    if (!this.skipping) this.rows.append(this.begunRow);
  }

  typed({ text, conn }, view) {
    if (conn !== undefined) {
      this.conn = conn;
      this.begun = [];
      this.begunRow.remove();
    }
    const typed = lines(text);
    if (typed.length > 1 && typed.at(-1).length === 0) typed.pop();
    this.ends(typed, (line, at) => {
      this.row("you", line, view, at, undefined, at === 0 ? this.open : []);
      this.remember(line.filter((piece) => typeof piece === "string").join(""));
    });
    this.open = [];
  }

  // Does `shown` for the lines at both ends, and `left` for those between where there are too many.
  ends(lines, shown, left = () => {}) {
    const between = lines.length - 2 * ENDS;
    lines.forEach((line, at) => {
      if (at >= ENDS && at < ENDS + between) left(line);
      else shown(line, at);
      if (at === ENDS - 1 && between > 0) this.rows.append(element("li", "row cut", t("left-out", between)));
    });
  }

  pressed({ key }, view) {
    // A terminal echoes the other keys itself; that the input has ended is seen nowhere else.
    if (key !== "^D") return;
    this.row("you", [key], view, 0, undefined, this.open);
    this.open = [];
  }

  cleared() {
    this.rows.replaceChildren();
    this.opener.trimmed();
  }

  // Back to the beginning. What has been typed into the field stays.
  forget() {
    this.rows.replaceChildren();
    this.open = [];
    this.begun = [];
    this.conn = undefined;
    this.openFrom = undefined;
    this.stop = undefined;
    this.skipping = false;
    this.history = [];
    this.stays = true;
  }

  // While it skips, nothing is drawn.
  skips(skipping) {
    if (this.skipping && !skipping) this.rows.replaceChildren(element("li", "row cut", t("cut")));
    this.skipping = skipping;
  }

  // `at` is the line's place among those of its event.
  row(who, pieces, view, at, replies, before = []) {
    if (this.skipping) {
      replies?.(this.conn, plain(pieces));
      return;
    }
    const row = element("li", "row");
    row.dataset.who = who;
    row.dataset.n = view.n;
    row.dataset.at = at;
    // Who typed a line knows it; only what comes back is read out.
    if (who === "you") row.setAttribute("aria-live", "off");
    const said = element("span", "said-line");
    made += 1;
    said.id = `said-${made}`;
    const opens = this.opener.button(view.at, `said-${made} who-${made}`);
    const label = element("span", "who", t(who === "you" ? "you" : who === "server" ? "server" : "program"));
    label.id = `who-${made}`;
    if (before.length > 0) said.append(element("span", "at-prompt", show(before)));
    const reply = who === "server" ? replies?.(this.conn, plain(pieces)) : undefined;
    if (reply) this.reply(row, said, label, pieces, reply);
    else said.append(show(pieces));
    // Read out, the line comes first; styles put its time in front of it.
    row.append(said, label, opens);
    this.rows.append(row);
    if (this.rows.childElementCount > ROWS) this.trim();
  }

  // A server's answer: its status marked, and why it answered so.
  reply(row, said, label, pieces, { status, class: kind, why, first }) {
    const marked = element("span", "status", status);
    marked.dataset.class = kind;
    row.dataset.class = kind;
    if (kind === "no") label.textContent = t("refused");
    if (kind === "later") label.textContent = t("later");
    const [head, ...rest] = pieces;
    said.append(marked, show([head.slice(status.length), ...rest]));
    // Where there is most to say, the question mark always shows.
    if (first && why) row.dataset.first = "true";
  }

  // The arrow keys go from line to line.
  walkAnswers(event) {
    this.opener.walk(event);
  }

  trim() {
    while (this.rows.childElementCount > ROWS - 100) this.rows.firstElementChild.remove();
    this.opener.trimmed();
    this.rows.prepend(element("li", "row cut", t("cut")));
  }

  remember(line) {
    if (line.trim() === "" || line === this.history.at(-1)) return;
    this.history.push(line);
    if (this.history.length > HISTORY) this.history.shift();
  }

  // What was typed and has not arrived yet.
  pending(texts) {
    this.waiting.replaceChildren(
      ...texts.map((text) => element("li", "", text, element("span", "who", t("waiting")))),
    );
    this.waiting.hidden = texts.length === 0;
  }

  atEnd() {
    return this.box.scrollTop + this.box.clientHeight > this.box.scrollHeight - 40;
  }

  toEnd() {
    this.stays = true;
    this.box.scrollTop = this.box.scrollHeight;
    this.top = this.box.scrollTop;
  }
}
