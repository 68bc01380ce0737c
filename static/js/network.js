// The network: a map that the server makes as a list of cards, with lines between them and letters that move; tables of
// zones and settings whose forms type commands at a terminal.

import { Run, quoted } from "./run.js";
import { element } from "./text.js";
import { t } from "./words.js";

const WAIT = 200;
const TRAVEL = 900;
const SVG = "http://www.w3.org/2000/svg";

export class Network {
  constructor(token, inspector, send, fixed) {
    // It is to be looked at only.
    this.fixed = fixed;
    this.address = `/attempts/${token}/network`;
    this.view = document.getElementById("network-view");
    this.news = document.getElementById("network-news");
    this.run = new Run(send);
    this.timer = null;
    this.stale = true;
    // The moment that is shown; null for now.
    this.moment = null;
    // The newest move that was shown; null before the first.
    this.seen = null;
    // What the last command of each form has said.
    this.said = new Map();
    this.inspector = inspector;
    inspector.on("network", () => this.soon());
    this.view.addEventListener("submit", (event) => this.submit(event));
    this.view.addEventListener("click", (event) => this.click(event));
    this.view.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.view);
  }

  views(views) {
    this.run.views(views);
    if (views.length === 0 || this.moment !== null) return;
    this.stale = true;
    this.soon();
  }

  clear() {
    this.run.clear();
    this.stale = true;
  }

  // Shows it as it was after event n.
  at(n) {
    if (this.moment === n) return;
    this.moment = n;
    this.stale = true;
    this.soon();
  }

  // Only what is looked at is fetched.
  soon() {
    if (!this.stale || this.timer !== null || this.inspector.now !== "network") return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.fetch();
    }, WAIT);
  }

  async fetch() {
    this.stale = false;
    const moment = this.moment;
    try {
      const answer = await fetch(moment === null ? this.address : `${this.address}?at=${moment}`, { headers: { accept: "text/html" } });
      if (answer.ok && moment === this.moment) this.show(await answer.text());
      else this.stale = true;
    } catch {
      // The connection is down; what comes after it asks again.
      this.stale = true;
    }
    if (this.moment !== moment) this.soon();
  }

  show(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const kept = this.keep();
    this.view.replaceChildren(...parsed.body.childNodes);
    this.view.setAttribute("aria-busy", "false");
    kept();
    if (this.fixed) for (const control of this.view.querySelectorAll("fieldset, [data-delete]")) control.disabled = true;
    for (const [name, said] of this.said) this.showSaid(name, said);
    this.draw();
    this.move();
  }

  // Remembers what was being filled in, what is open and where the focus is; gives what puts it back.
  keep() {
    const { activeElement } = document;
    const inside = this.view.contains(activeElement);
    const focused = inside ? activeElement.id : "";
    const { zone, host } = (inside && activeElement.closest("[data-zone], [data-host]")?.dataset) || {};
    const past = this.view.querySelector(".past")?.open;
    const filled = [...this.view.querySelectorAll("input, select")].filter((field) => field.value !== initial(field));
    const values = filled.map((field) => [field.id, field.value]);
    return () => {
      if (past) this.view.querySelector(".past")?.setAttribute("open", "");
      for (const [id, value] of values) {
        const field = document.getElementById(id);
        if (field) field.value = value;
      }
      if (!inside) return;
      // Where it stood there may be nothing any more: a record that was deleted.
      const sections = [...this.view.querySelectorAll("[data-zone], [data-host]")];
      const there = sections.find((one) => one.dataset.zone === zone && one.dataset.host === host);
      const again = (focused && document.getElementById(focused)) || there?.querySelector(".table-box");
      again?.focus({ preventScroll: true });
    };
  }

  // The lines between the cards, from edge to edge through the space between the columns.
  draw() {
    const map = this.view.querySelector(".map");
    const svg = map?.querySelector("svg");
    if (!svg) return;
    const frame = map.getBoundingClientRect();
    svg.setAttribute("viewBox", `0 0 ${Math.max(frame.width, 1)} ${Math.max(frame.height, 1)}`);
    const drawn = new Map();
    for (const line of this.view.querySelectorAll(".links li:not([data-untold=true])")) {
      const { from, to, live, tls } = line.dataset;
      const key = [from, to].sort().join("-");
      const kind = live === "true" ? (tls === "true" ? "tls" : "live") : "past";
      const before = drawn.get(key);
      if (!before || before.kind === "past") drawn.set(key, { from, to, kind });
    }
    const paths = [];
    for (const { from, to, kind } of drawn.values()) {
      const d = this.path(frame, from, to);
      if (d) paths.push(made("path", { d, class: "way", "data-line": kind }));
    }
    svg.replaceChildren(...paths);
  }

  // Where a line from one card to another runs.
  path(frame, from, to) {
    const [a, b] = [from, to].map((key) => this.view.querySelector(`.host[data-key="${key}"]`));
    if (!a || !b || a === b) return null;
    const place = (card) => {
      const box = card.getBoundingClientRect();
      const left = card.dataset.column === "left";
      return { left, x: (left ? box.right : box.left) - frame.left, y: box.top + Math.min(box.height / 2, 34) - frame.top };
    };
    const [p, q] = [place(a), place(b)];
    const gap = this.gap(frame);
    if (p.left === q.left) {
      const reach = p.x + (p.left ? gap : -gap) * 0.6;
      return `M${p.x} ${p.y}C${reach} ${p.y} ${reach} ${q.y} ${q.x} ${q.y}`;
    }
    const middle = (p.x + q.x) / 2;
    return `M${p.x} ${p.y}C${middle} ${p.y} ${middle} ${q.y} ${q.x} ${q.y}`;
  }

  // The space between the columns.
  gap(frame) {
    const edge = (column, side) => [...this.view.querySelectorAll(`.host[data-column=${column}]`)].map((card) => card.getBoundingClientRect()[side]);
    const [right, left] = [Math.max(...edge("left", "right")), Math.min(...edge("right", "left"))];
    return Number.isFinite(left - right) ? left - right : frame.width / 6;
  }

  // Shows the moves that are new, one after the other. Where motion is not wanted a letter stands where it has come to.
  move() {
    const told = [...this.view.querySelectorAll(".move-list li")].reverse();
    const newest = told.length > 0 ? Number(told.at(-1).dataset.n) : 0;
    const fresh = this.seen === null ? [] : told.filter((move) => Number(move.dataset.n) > this.seen);
    this.seen = newest;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    fresh.forEach((move, place) => {
      move.classList.add("fresh");
      setTimeout(() => this.travel(move.dataset, still), place * (still ? 250 : TRAVEL));
    });
    if (fresh.length > 0) this.news.textContent = fresh.map((move) => move.textContent.trim()).join(" ");
  }

  travel({ from, to, what }, still) {
    const map = this.view.querySelector(".map");
    const svg = map?.querySelector("svg");
    const card = this.view.querySelector(`.host[data-key="${to}"]`);
    if (!svg || !card) return;
    card.dataset.news = what;
    setTimeout(() => delete card.dataset.news, TRAVEL * 2);
    const d = this.path(map.getBoundingClientRect(), from, to);
    if (!d || still) return;
    const way = made("path", { d, class: "travelled" });
    const letter = made("g", { class: "letter" });
    letter.append(
      made("rect", { x: -9, y: -6.5, width: 18, height: 13, rx: 2 }),
      made("path", { d: "M-9 -5.5L0 1.5L9 -5.5" }),
    );
    svg.append(way, letter);
    const [length, begin] = [way.getTotalLength(), performance.now()];
    const step = (now) => {
      const share = Math.min((now - begin) / TRAVEL, 1);
      const eased = share < 0.5 ? 2 * share * share : 1 - (2 - 2 * share) ** 2 / 2;
      const { x, y } = way.getPointAtLength(eased * length);
      letter.setAttribute("transform", `translate(${x} ${y})`);
      if (share < 1 && letter.isConnected) requestAnimationFrame(step);
      else {
        way.remove();
        letter.remove();
      }
    };
    step(begin);
  }

  submit(event) {
    event.preventDefault();
    const form = event.target;
    const value = (name) => form.elements[name].value.trim();
    const zone = form.closest("[data-zone]")?.dataset.zone;
    if (zone !== undefined) {
      const words = [value("owner"), value("ttl"), value("rtype"), value("value")];
      const record = words.filter((word) => word !== "").join(" ");
      this.type(`zone ${zone}`, `zone add ${zone} ${quoted(record)}`, () => {
        // What has been added stands in the table now.
        for (const name of ["ttl", "value"]) {
          const field = document.getElementById(form.elements[name].id);
          if (field) field.value = "";
        }
      });
      return;
    }
    const host = form.closest("[data-host]")?.dataset.host;
    const { setting } = form.closest("[data-setting]")?.dataset ?? {};
    if (host && setting) {
      this.type(`host ${host}`, `ssh ${host} ${quoted(`postconf -e ${quotedOnHost(`${setting} = ${value("value")}`)}`)}`);
    }
  }

  click(event) {
    const button = event.target.closest("[data-delete]");
    const zone = button?.closest("[data-zone]").dataset.zone;
    if (zone) this.type(`zone ${zone}`, `zone delete ${zone} ${quoted(button.dataset.delete)}`);
  }

  // A tip that is in the way goes with Escape.
  key(event) {
    if (event.key === "Escape" && event.target.matches(".role")) {
      event.target.dataset.quiet = "";
      event.target.addEventListener("blur", () => delete event.target.dataset.quiet, { once: true });
    }
  }

  // Types a command and shows beside the form what came of it.
  async type(place, line, done = () => {}) {
    this.told(place, { text: t("run-waiting"), kind: "waiting" });
    const said = await this.run.run(line);
    const bad = /^(zone|postconf|ssh|bash): /m.test(said) || said === t("run-silent");
    if (!bad) done();
    this.told(place, { text: said, line, kind: bad ? "bad" : "good" });
    this.stale = true;
    this.soon();
  }

  told(place, said) {
    this.said.set(place, said);
    this.showSaid(place, said);
  }

  showSaid(place, { text, line, kind }) {
    const [what, name] = place.split(" ");
    const section = [...this.view.querySelectorAll(`[data-${what}]`)].find((one) => one.dataset[what] === name);
    const box = section?.querySelector(".run-said");
    if (!box) return;
    box.dataset.kind = kind;
    const shown = line ? [element("code", "run-line", line)] : [];
    if (text) shown.push(element("pre", "", text));
    box.replaceChildren(...shown);
  }
}

// What a field held when it came.
function initial(field) {
  return field instanceof HTMLSelectElement ? field.options[0]?.value : field.defaultValue;
}

function made(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

// The host's own way of taking a line apart knows quotes and nothing that would undo them.
function quotedOnHost(words) {
  return words.includes('"') ? `'${words.replaceAll("'", "")}'` : `"${words}"`;
}
