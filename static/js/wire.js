// The Wire tab: the conversation of all hosts, what can be read on the way, and the octets. It draws only while it is
// looked at, and then only what is new.

import { dns } from "./wire-dns.js";
import { Looks } from "./wire-looks.js";
import * as rows from "./wire-rows.js";
import { element, show } from "./text.js";
import { t } from "./words.js";

// Events that come faster are drawn together; so many rows stay.
const PACE = 60;
const ROWS = 3000;
const SPARE = 300;

const at = (id) => document.getElementById(id);

// Do these octets end with a line's end?
const ends = (pieces) => typeof pieces.at(-1) === "string" && pieces.at(-1).endsWith("\n");

export class Wire {
  constructor(token, inspector, terminals) {
    this.inspector = inspector;
    this.terminals = terminals;
    this.box = at("wire-talk");
    this.list = at("wire-rows");
    this.heads = at("wire-hosts");
    this.backlog = [];
    this.timer = null;
    this.stays = true;
    this.top = 0;
    this.looks = new Looks(token, (n) => this.find(n));
    this.clear();
    this.box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Rows out of view are as high as they are guessed to be, until they come into it.
    new ResizeObserver(() => this.stays && this.toEnd()).observe(this.list);
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("keydown", (event) => this.walk(event));
    at("wire-newest").addEventListener("click", () => this.toEnd());
    at("wire-filter").addEventListener("change", () => this.filter());
    for (const box of [at("wire-dns"), at("wire-policy")]) box.addEventListener("change", () => this.fold());
    for (const button of document.querySelectorAll("#wire-modes [data-mode]")) {
      button.addEventListener("click", () => this.show(button.dataset.mode));
    }
    // Whoever opens a line in the terminal sees its arrow.
    at("logs").addEventListener("click", (event) => {
      const row = event.target.closest(".row[data-n]");
      if (row && this.visible()) this.find(Number(row.dataset.n), "nearest");
    });
    this.fold();
    this.mode = "talk";
    inspector.on("wire", () => this.looked());
  }

  // Forget everything that came from views.
  clear() {
    this.hosts = new Map();
    this.conns = new Map();
    this.carried = new Map();
    this.rows = [];
    this.fresh = [];
    this.lastTerm = 1;
    this.backlog = [];
    this.stop = null;
    this.opened = null;
    this.list.replaceChildren();
    this.heads.replaceChildren();
    for (const group of at("wire-filter").querySelectorAll("optgroup")) group.replaceChildren();
    at("wire-filter").value = "";
    at("wire-none").hidden = false;
    this.wanted = () => true;
    this.only = null;
    this.lanes = new Map();
    const [name, ip] = this.list.dataset.workstation.split(" ");
    this.own = name;
    this.host(name, ip);
  }

  // As it was after event n; null: as it is.
  at(n) {
    this.looks.until = n;
    this.looked();
  }

  visible() {
    return this.inspector.now === "wire" && this.list.offsetParent !== null;
  }

  looked() {
    this.draw();
    if (this.mode !== "talk") this.looks.refresh();
  }

  // Takes what is new.
  views(views) {
    const mine = views.filter((view) => view.wire || view.typed || view.printed);
    if (mine.length === 0) return;
    for (const view of mine) this.backlog.push(view);
    if (mine.some((view) => view.wire)) this.inspector.news("wire");
    if (this.inspector.now === "wire") this.timer ??= setTimeout(() => this.draw(), PACE);
  }

  draw() {
    clearTimeout(this.timer);
    this.timer = null;
    const views = this.backlog;
    this.backlog = [];
    if (views.length === 0) return;
    this.fresh = [];
    for (const view of views) this.view(view);
    const fresh = this.fresh.slice(-ROWS);
    if (fresh.length < this.fresh.length) this.list.replaceChildren(rows.cut());
    this.list.append(...fresh.map((row) => row.li));
    this.rows.push(...this.fresh);
    this.fresh = [];
    this.trim();
    at("wire-none").hidden = this.rows.length > 0;
    if (this.stays) this.toEnd();
    else if (fresh.length > 0) at("wire-newest").hidden = false;
    if (this.mode !== "talk") this.looks.soon(views);
  }

  trim() {
    if (this.rows.length <= ROWS) return;
    const gone = this.rows.splice(0, this.rows.length - ROWS + SPARE);
    for (const { li } of gone) li.remove();
    if (!this.list.firstElementChild?.classList.contains("w-cut")) this.list.prepend(rows.cut());
  }

  view(view) {
    if (view.typed) this.typed(view.typed, view);
    else if (view.printed) this.printed(view.printed, view);
    if (view.wire) {
      const [kind] = Object.keys(view.wire);
      const draw = {
        opened: this.connected,
        failed: this.failed,
        closed: this.closed,
        octets: this.octets,
        altered: this.altered,
        answer: this.answer,
        tls: this.tls,
        dns: this.dns,
        policy: this.policy,
        note: this.note,
      }[kind];
      draw?.call(this, view.wire[kind], view);
    }
  }

  // Which line of which terminal goes with the next octets, and with those before.
  typed({ term, conn }, view) {
    this.lastTerm = term;
    const known = this.conns.get(conn);
    if (known) known.typed = { term, n: view.n };
  }

  printed({ term, conn }, view) {
    const answer = this.conns.get(conn)?.last.server;
    if (answer && !answer.line) answer.line = { term, n: view.n };
  }

  host(name, ip, port) {
    let host = this.hosts.get(name);
    if (!host) {
      host = { name, place: this.hosts.size, ports: new Set() };
      host.dns = name.startsWith("dns ");
      host.said = name === this.own ? t("wire-you") : host.dns ? t("wire-name-server") : name;
      host.head = element("li", "", element("b", "", host.said), " ", element("span", "w-address", ""));
      // Name servers stand at the right end.
      const end = host.dns ? null : this.nameServers[0]?.head;
      this.hosts.set(name, host);
      this.heads.insertBefore(host.head, end ?? null);
      this.pick(1, `host:${name}`, host.dns ? `${host.said} ${ip}` : name);
      this.width();
    }
    if (ip && !host.ip) host.ip = ip;
    if (port) host.ports.add(port);
    const ports = [...host.ports].sort((a, b) => a - b);
    const address = [...(name === this.own ? [name] : []), host.ip ?? "", ...ports.map((one) => `:${one}`)].join(" ");
    const shown = host.head.querySelector(".w-address");
    if (shown.textContent !== address) shown.textContent = address;
    return host;
  }

  get nameServers() {
    return [...this.hosts.values()].filter((host) => host.dns);
  }

  // An entry of the filter.
  pick(group, value, text) {
    const option = element("option", "", text);
    option.value = value;
    at("wire-filter").querySelectorAll("optgroup")[group].append(option);
  }

  connection({ conn, from, to }) {
    const known = {
      conn,
      from: this.host(from.host, from.ip),
      to: this.host(to.host, to.ip, to.port),
      port: to.port,
      tls: false,
      answers: [],
      last: {},
      letter: null,
      term: from.host === this.own ? this.lastTerm : null,
    };
    this.conns.set(conn, known);
    return known;
  }

  connected(seen, view) {
    const known = this.connection(seen);
    this.pick(0, `conn:${seen.conn}`, `${seen.conn} · ${seen.from.host} → ${seen.to.host}:${seen.to.port} · ${view.at}`);
    this.arrow("open", view, known, "client", `${t("wire-opens")} (${t("wire-port", known.port)})`);
  }

  failed(seen, view) {
    const known = this.connection(seen);
    this.conns.delete(seen.conn);
    const row = this.arrow("failed", view, known, "client", `${t("wire-port", known.port)}`, t("wire-failed"));
    row.li.dataset.class = "no";
    rows.because(row.li, seen.text);
  }

  closed({ conn, by, why, text }, view) {
    const known = this.conns.get(conn);
    if (!known) return;
    const say = { closed: "wire-closed", lost: "wire-lost", idle: "wire-idle" }[why];
    const row = this.arrow("close", view, known, by, t(say));
    if (why !== "closed") {
      row.li.dataset.class = "later";
      rows.because(row.li, text);
    }
    row.li.dataset.why = why;
  }

  octets({ conn, by, size, text, cut, tls, dot }, view) {
    const known = this.conns.get(conn);
    if (!known) return;
    if (tls) known.tls = true;
    if (by === "client" && known.letter) {
      this.letter(known, size, view, dot);
      return;
    }
    if (by === "client" && known.open) {
      this.more(known, { size, text, cut }, view);
      return;
    }
    const kind = by === "server" ? known.answers.shift() : undefined;
    const { box, left } = rows.fold(text);
    const row = this.arrow("octets", view, known, by, box, rows.refusal(kind?.class));
    Object.assign(row, { text, left: left || cut, size });
    if (kind) row.li.dataset.class = kind.class;
    if (kind?.text) rows.because(row.li, kind.text);
    this.lines(known, row, by);
    // A line that goes out key by key is one arrow, as long as nobody says anything in between.
    known.open = by === "client" && !cut && !ends(text) ? row : null;
    if (kind?.letter) known.letter = {};
  }

  more(known, { size, text, cut }, view) {
    const row = known.open;
    row.text = [...row.text, ...text];
    row.size += size;
    row.last = view.n;
    row.pieces = (row.pieces ?? 1) + 1;
    const { box, left } = rows.fold(row.text);
    row.left = row.left || left || cut;
    rows.again(row.li, box, t("wire-pieces", row.pieces));
    this.lines(known, row, "client");
    if (cut || ends(text)) known.open = null;
  }

  lines(known, row, by) {
    if (by === "client" && known.typed) {
      row.line = known.typed;
      known.typed = null;
    }
    known.last[by] = row;
  }

  // A letter is one arrow, which grows while its lines come.
  letter(known, size, view, dot) {
    const { letter } = known;
    if (!letter.row) {
      letter.size = 0;
      letter.label = element("span", "", "");
      letter.row = this.arrow("letter", view, known, "client", letter.label);
      letter.row.left = true;
      letter.row.size = 0;
      this.lines(known, letter.row, "client");
    }
    const { row } = letter;
    row.size += size;
    row.last = view.n;
    letter.label.textContent = `✉ ${t("wire-letter", row.size)}`;
    if (dot) known.letter = null;
  }

  answer({ conn, class: kind, letter = false, whole = false, text }) {
    const known = this.conns.get(conn);
    if (!known) return;
    if (whole) known.letter = null;
    known.answers.push({ class: kind, letter, text });
    // No more than a client may send ahead; whoever loses count begins anew.
    if (known.answers.length > 1000) known.answers.shift();
  }

  altered({ conn, by, text }) {
    const row = this.conns.get(conn)?.last[by];
    if (row?.text) rows.altered(row.li, row.text, text);
  }

  tls({ conn, state, text, facts, certificate = [] }, view) {
    const known = this.conns.get(conn);
    if (!known) return;
    if (state === "secured") known.tls = true;
    const good = state === "secured" || state === "good";
    const title = t(state === "good" || state === "bad" ? "wire-certificate" : "wire-handshake");
    const say = document.createDocumentFragment();
    say.append(element("b", "", title), good ? " ✓" : " ✗");
    for (const fact of facts) say.append(" · ", show(fact));
    const row = this.arrow("tls", view, known, "client", say);
    row.says = text;
    row.li.dataset.state = state;
    for (const line of certificate) rows.because(row.li, line);
    if (!good) {
      row.li.dataset.class = "no";
      rows.because(row.li, text);
    }
  }

  dns(seen, view) {
    dns(this, seen, view);
  }

  policy(seen, view) {
    const known = this.conns.get(seen.conn);
    if (known) this.grouped("policy", view, known.to, t("wire-decides"), [...seen.question, " ", ...seen.verdict], rows.decision(seen), known, seen);
  }

  // Into the row before, where that is of the same kind and host.
  grouped(kind, view, host, title, head, entry, known, seen) {
    const last = this.fresh.at(-1) ?? this.rows.at(-1);
    const same = last?.kind === kind && last.host === host && last.known === known;
    const row = same ? last : this.row(kind, rows.group(kind, view, host.said, title), { host, known, hosts: [host.name] });
    rows.into(row.li, seen.ok === false && same ? null : head, entry);
    if (!same) this.place(row);
  }

  note(seen, view) {
    const { conn, ids = [] } = seen;
    // A letter goes over several connections.
    if (seen.kind === "accepted" && conn) for (const id of ids) this.carried.set(id, [...(this.carried.get(id) ?? []), conn]);
    const last = this.fresh.at(-1) ?? this.rows.at(-1);
    const li = rows.note(view, seen);
    // Time that passes bit by bit is one row.
    if (seen.kind === "time" && last?.note === "time") {
      last.li.replaceChildren(...li.childNodes);
      return;
    }
    const conns = conn ? [conn] : ids.flatMap((id) => this.carried.get(id) ?? []);
    this.row("note", li, { note: seen.kind, conns, hosts: seen.host ? [seen.host] : [] });
  }

  arrow(kind, view, known, by, say, mark) {
    const [from, to] = by === "client" ? [known.from, known.to] : [known.to, known.from];
    const names = { from: from.said, to: to.said, port: by === "client" ? known.port : 0 };
    const li = rows.arrow(kind, view, names, say, mark);
    li.dataset.by = by;
    if (known.tls) {
      li.dataset.tls = "true";
      li.querySelector(".w-who").append(` · ${t("wire-tls")}`);
    }
    const row = this.row(kind, li, { known, from, to, n: view.n, hosts: [from.name, to.name] });
    this.place(row);
    if (kind !== "dns" || at("wire-dns").checked) this.reach(li.querySelector(".w-say"));
    return row;
  }

  row(kind, li, more) {
    const row = { kind, li, ...more };
    li.hidden = !this.wanted(row);
    this.fresh.push(row);
    return row;
  }

  // Where between the columns a row stands.
  place({ li, from, to, host }) {
    const lane = (one) => this.lanes.get(one.name) ?? 0;
    const [a, b] = host ? [lane(host), lane(host)] : [lane(from), lane(to)];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    li.style.setProperty("--a", low + 2);
    li.style.setProperty("--b", high + 3);
    li.style.setProperty("--span", high - low + 1);
    if (from) li.dataset.to = a < b ? "right" : a > b ? "left" : "self";
  }

  // The columns: those of the hosts that are wanted.
  width() {
    this.lanes = new Map();
    const asks = at("wire-dns").checked;
    const { nameServers } = this;
    const others = [...this.hosts.values()].filter((host) => !host.dns);
    for (const host of [...others, ...nameServers]) {
      const shown = (!this.only || this.only.has(host.name)) && (asks || !host.dns);
      host.head.hidden = !shown;
      if (shown) this.lanes.set(host.name, this.lanes.size);
    }
    this.box.style.setProperty("--hosts", Math.max(this.lanes.size, 1));
    // A new host moves the name servers on.
    if (nameServers.length > 0) for (const row of [...this.rows, ...this.fresh]) if (row.kind === "dns") this.place(row);
  }

  filter() {
    const value = at("wire-filter").value;
    const [kind, ...rest] = value.split(":");
    const name = rest.join(":");
    this.only = null;
    this.wanted = () => true;
    this.looks.choose(kind === "conn" ? Number(name) : null);
    if (kind === "conn") {
      const conn = Number(name);
      const known = this.conns.get(conn);
      this.only = known && new Set([known.from.name, known.to.name]);
      this.wanted = (row) => row.known?.conn === conn || Boolean(row.conns?.includes(conn)) || row.note === "time";
    } else if (kind === "host") {
      const others = this.rows.filter((row) => row.hosts?.includes(name)).flatMap((row) => row.hosts);
      this.only = new Set([name, ...others]);
      this.wanted = (row) => Boolean(row.hosts?.includes(name)) || row.note === "time";
    }
    this.width();
    for (const row of this.rows) {
      row.li.hidden = !this.wanted(row);
      if (!row.li.hidden && row.kind !== "note") this.place(row);
    }
    if (this.mode === "talk") this.toEnd();
    else this.looks.refresh();
  }

  fold() {
    this.list.dataset.dns = String(at("wire-dns").checked);
    this.list.dataset.policy = String(at("wire-policy").checked);
    this.width();
    const arrows = this.arrows();
    if (this.stop && !arrows.includes(this.stop) && arrows.length > 0) this.reach(arrows.at(-1));
  }

  show(mode) {
    this.mode = mode;
    for (const button of document.querySelectorAll("#wire-modes [data-mode]")) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    }
    for (const one of ["talk", "ears", "bytes"]) at(`wire-${one}`).hidden = one !== mode;
    at("wire-hint").textContent = t({ talk: "wire-hint-talk", ears: "wire-hint-ears", bytes: "wire-hint-bytes" }[mode]);
    document.querySelector(".wire-folds").hidden = mode !== "talk";
    at("wire-newest").hidden = true;
    this.looks.mode = mode;
    if (mode === "talk") this.draw();
    else this.looks.refresh();
  }

  // Tab stops at one arrow alone; the arrow keys go to the others.
  reach(button) {
    if (this.stop) this.stop.tabIndex = -1;
    this.stop = button;
    button.tabIndex = 0;
  }

  // The arrows that are to be seen.
  arrows() {
    const folded = at("wire-dns").checked ? "" : ":not([data-kind=dns])";
    return [...this.list.querySelectorAll(`.w:not([hidden])${folded} .w-say`)];
  }

  walk(event) {
    if (!event.target.matches(".w-say")) return;
    const move = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling", Home: "first", End: "last" }[event.key];
    if (event.key === "Escape" && this.opened) {
      event.preventDefault();
      this.close();
    }
    if (!move) return;
    event.preventDefault();
    const all = this.arrows();
    const here = all.indexOf(event.target);
    const next = { previousElementSibling: all[here - 1], nextElementSibling: all[here + 1], first: all[0], last: all.at(-1) }[move];
    if (!next) return;
    this.reach(next);
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  clicked(event) {
    const button = event.target.closest(".w-say");
    if (!button) return;
    const row = this.rows.find((one) => one.li.contains(button));
    if (!row) return;
    this.reach(button);
    if (this.opened === row) this.close();
    else this.open(row);
  }

  close() {
    const { opened } = this;
    this.opened = null;
    opened.li.querySelector(".w-say").setAttribute("aria-expanded", "false");
    opened.li.querySelector(".w-more")?.remove();
    opened.li.classList.remove("lit");
  }

  // What more there is to an arrow, and the ways from it.
  open(row) {
    if (this.opened) this.close();
    this.opened = row;
    this.light(row.li, this.list);
    row.li.querySelector(".w-say").setAttribute("aria-expanded", "true");
    const actions = element("div", "w-actions");
    const action = (word, act) => {
      const button = element("button", "button small", t(word));
      button.type = "button";
      button.addEventListener("click", act);
      actions.append(button);
    };
    const line = rows.lineOf(row);
    if (line) {
      this.light(line, at("logs"), "row");
      action("wire-to-terminal", () => this.toTerminal(line));
    }
    if (row.size) action("wire-to-bytes", () => this.look("bytes", row));
    if (row.known.conn) action("wire-to-ears", () => this.look("ears", row));
    const more = element("div", "w-more", actions);
    if (row.size) actions.prepend(element("span", "meta", t("wire-octets", row.size)), " ");
    if (row.left) this.looks.text(row, more);
    else if (row.says) more.prepend(element("p", "", show(row.says)));
    row.li.append(more);
  }

  look(mode, row) {
    at("wire-filter").value = `conn:${row.known.conn}`;
    this.filter();
    if (mode === "bytes") this.looks.part(row.n, row.last ?? row.n);
    this.show(mode);
    at(`wire-${mode}`).focus({ preventScroll: true });
  }

  toTerminal(line) {
    const log = line.closest("[role=log]");
    const term = Number(log?.id.replace("terminal-", ""));
    document.querySelector("#panes [data-pane=work]")?.click();
    this.terminals.choose(term);
    line.scrollIntoView({ block: "center" });
    log.focus({ preventScroll: true });
  }

  // Marks an element, of its kind it alone, and brings it into view where its box is shown.
  light(one, within) {
    for (const lit of within.querySelectorAll(".lit")) lit.classList.remove("lit");
    one.classList.add("lit");
    if (one.offsetParent) one.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // The arrow of an event of the wire, or that nearest to a line of a terminal.
  find(n, how = "exact") {
    this.draw();
    const exact = this.rows.find((row) => row.n === n || row.line?.n === n || (row.last && row.n <= n && n <= row.last));
    const near = how === "nearest" ? this.rows.findLast((row) => row.n <= n && row.known?.term) : undefined;
    const row = exact ?? near;
    if (!row) return;
    if (this.mode !== "talk") this.show("talk");
    if (row.li.hidden) {
      at("wire-filter").value = "";
      this.filter();
    }
    this.reach(row.li.querySelector(".w-say") ?? this.stop);
    this.light(row.li, this.list);
  }

  scrolled() {
    const { box } = this;
    // Whoever goes up leaves the end; rows that turn out higher than was guessed have moved nobody.
    if (box.scrollTop + box.clientHeight > box.scrollHeight - 60) this.stays = true;
    else if (box.scrollTop < this.top) this.stays = false;
    this.top = box.scrollTop;
    if (this.stays) at("wire-newest").hidden = true;
  }

  toEnd() {
    this.stays = true;
    at("wire-newest").hidden = true;
    this.box.scrollTop = this.box.scrollHeight;
    this.top = this.box.scrollTop;
  }
}
