// The rows of the Wire tab's conversation: what is drawn of each view, as elements. Each row is an item of a list, which
// says in words who spoke to whom; where there is room, styles make a sequence diagram of it.

import { element, lines, plain, show } from "./text.js";
import { t } from "./words.js";

// How many lines of one arrow are drawn, and how many characters of them.
const LINES = 6;
const LETTERS = 170;

const SIGNS = {
  accepted: "✓",
  delivered: "✉",
  deferred: "…",
  "given-up": "✗",
  expanded: "⇢",
  reported: "↩",
  unreported: "–",
  removed: "−",
  fault: "⚡",
  setting: "⚙",
  zone: "⚙",
  person: "☺",
  sender: "?",
  time: "◷",
  limit: "■",
};
const KINDS = {
  accepted: "wire-note-accepted",
  delivered: "wire-note-delivered",
  deferred: "wire-note-deferred",
  "given-up": "wire-note-given-up",
  expanded: "wire-note-expanded",
  reported: "wire-note-reported",
  unreported: "wire-note-unreported",
  removed: "wire-note-removed",
  fault: "wire-note-fault",
  setting: "wire-note-setting",
  zone: "wire-note-zone",
  person: "wire-note-person",
  sender: "wire-note-sender",
  time: "wire-note-time",
  limit: "wire-note-limit",
};

// Several lines as one, with a sign where each ended; of many the first, and how many more there are. Gives the nodes and
// whether something was left out.
export function fold(pieces) {
  const all = lines(pieces);
  if (all.length > 1 && all.at(-1).length === 0) all.pop();
  const box = document.createDocumentFragment();
  let room = LETTERS;
  let count = 0;
  for (const line of all) {
    const text = plain(line);
    if (count === LINES || (count > 0 && room <= 0)) break;
    if (count > 0) box.append(element("span", "w-end", " ⏎ "));
    if (text.length > room) {
      box.append(show(shorten(line, room)), "…");
      return { box, left: true };
    }
    box.append(show(line));
    room -= text.length;
    count += 1;
  }
  const left = all.length - count;
  if (left > 0) box.append(element("span", "w-end", ` ⏎ … +${left}`));
  return { box, left: left > 0 };
}

// The first `room` characters of a line.
function shorten(line, room) {
  const kept = [];
  let rest = room;
  for (const piece of line) {
    if (rest <= 0) break;
    if (typeof piece === "string") {
      // Not between the halves of a character.
      const cut = piece.slice(0, rest).replace(/[\ud800-\udbff]$/, "");
      kept.push(cut);
      rest -= piece.length;
    } else {
      kept.push(piece);
      rest -= piece.code.length;
    }
  }
  return kept;
}

function item(kind, view) {
  const li = element("li", "w");
  li.dataset.kind = kind;
  li.dataset.n = view.n;
  li.append(element("time", "", view.at));
  return li;
}

// An arrow from one host to another. `say` is what stands on it.
export function arrow(kind, view, { from, to, port }, say, mark = "") {
  const li = item(kind, view);
  const who = element("span", "w-who", `${from} → ${to}`);
  if (port) who.append(` (${t("wire-port", port)})`);
  const button = element("button", "w-say");
  button.type = "button";
  button.tabIndex = -1;
  button.setAttribute("aria-expanded", "false");
  button.append(say);
  const line = element("div", "w-arrow", button);
  if (mark) line.append(" ", element("span", "w-mark", mark));
  li.append(who, " ", element("div", "w-cell", line));
  return li;
}

// More has come of what stands on an arrow.
export function again(li, say, mark) {
  li.querySelector(".w-say").replaceChildren(say);
  let box = li.querySelector(".w-pieces");
  if (!box) {
    box = element("span", "w-pieces", "");
    li.querySelector(".w-arrow").append(" ", box);
  }
  box.textContent = mark;
}

// What stands below an arrow.
export function because(li, pieces) {
  li.append(element("p", "w-why", show(pieces)));
}

// What was sent and what arrived, beside each other.
export function altered(li, sent, arrived) {
  const box = element("div", "w-altered", element("p", "w-why", t("wire-altered")));
  const list = element("dl", "");
  for (const [name, text] of [["wire-sent", sent], ["wire-arrived", arrived]]) {
    const cell = element("dd", "", element("pre", "", show(text)));
    list.append(element("div", "", element("dt", "", t(name)), cell));
  }
  box.append(list);
  li.append(box);
  li.dataset.altered = "true";
}

// Whether an answer says no, in words.
export function refusal(kind) {
  if (kind === "no") return t("wire-no");
  return kind === "later" ? t("wire-later") : "";
}

export function note(view, { kind, text, notes = [] }) {
  const li = item("note", view);
  li.dataset.note = kind;
  const sign = element("span", "w-sign", SIGNS[kind] ?? "•");
  sign.setAttribute("aria-hidden", "true");
  const box = element("div", "w-note", sign, " ", element("b", "", t(KINDS[kind] ?? kind)), " ", element("span", "", show(text)));
  if (notes.length > 0) {
    const steps = element("ol", "", ...notes.map((one) => element("li", "", show(one))));
    box.append(element("details", "", element("summary", "", t("wire-steps")), steps));
  }
  li.append(box);
  return li;
}

// Several of a kind in one row that can be opened: questions to DNS, and what a server decides.
export function group(kind, view, host, title) {
  const li = item(kind, view);
  const head = element("span", "w-head", "");
  const list = element("ul", "");
  const box = element("details", "w-group", element("summary", "", element("b", "", `${host} `), `${title}: `, head), list);
  li.append(element("div", "w-at", box));
  return li;
}

// One more of them. The head names the newest that came to something.
export function into(li, head, entry) {
  const list = li.querySelector("ul");
  list.append(entry);
  const count = list.childElementCount;
  const box = li.querySelector(".w-head");
  if (head) box.replaceChildren(element("span", "", show(head)));
  if (count > 1) box.replaceChildren(box.firstChild, ` (${count})`);
}

// What DNS has answered, on an arrow.
export function found({ answers }) {
  const box = document.createDocumentFragment();
  if (answers.length === 0) box.append(t("wire-nothing"));
  else box.append(show(answers[0]));
  if (answers.length > 1) box.append(element("span", "w-end", ` +${answers.length - 1}`));
  return box;
}

// One more question behind an answer.
export function further(li, entry) {
  let box = li.querySelector(".w-further");
  if (!box) {
    box = element("details", "w-group w-further", element("summary", "", ""), element("ul", ""));
    li.append(box);
  }
  const list = box.querySelector("ul");
  list.append(entry);
  box.querySelector("summary").textContent = t("wire-dns-more", list.childElementCount);
}

export function question({ question: asked, ok, answers, text }) {
  const found = answers.length > 0 ? answers.flatMap((one, n) => (n > 0 ? [", ", ...one] : one)) : [t("wire-nothing")];
  const li = element("li", "", element("code", "", show(asked)), " → ", show(found), element("p", "", show(text)));
  li.dataset.ok = String(ok);
  return li;
}

export function decision({ question: asked, verdict, yes }) {
  const li = element("li", "", show(asked), " ", element("b", "", show(verdict)));
  li.dataset.ok = String(yes);
  return li;
}

export function cut() {
  return element("li", "w w-cut", t("wire-cut"));
}

// The line of a terminal that goes with a row: the very one where it is known, else the nearest.
export function lineOf({ line, known, n }) {
  if (line) return document.querySelector(`#terminal-${line.term} .row[data-n="${line.n}"]`) ?? near(line.term, line.n);
  return known.term ? near(known.term, n) : null;
}

function near(term, n) {
  let found = null;
  for (const one of document.querySelectorAll(`#terminal-${term} .row[data-n]`)) {
    if (Number(one.dataset.n) > n) break;
    found = one;
  }
  return found;
}
