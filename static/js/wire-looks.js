// What the Wire tab fetches when somebody looks closer: the text of a letter, octets, and what can be read on the way.

import { element } from "./text.js";
import { t } from "./words.js";

const WAIT = 400;

const at = (id) => document.getElementById(id);

export class Looks {
  // `find` shows the arrow of an event.
  constructor(token, find) {
    this.address = `/attempts/${token}`;
    this.find = find;
    this.mode = "talk";
    this.conn = null;
    this.chosen = null;
    this.until = null;
    this.timer = null;
    this.asked = 0;
    at("wire-ears").addEventListener("click", (event) => this.heard(event));
    at("wire-bytes").addEventListener("click", (event) => this.more(event));
  }

  // A connection, or none.
  choose(conn) {
    this.conn = conn;
    this.chosen = null;
    this.longer = false;
  }

  // A part of it.
  part(n, last) {
    this.chosen = { n, last };
  }

  // Something new has come: what is shown of its connection is fetched again, but not more often than one can read.
  soon(views) {
    const ours = views.some(({ wire }) => wire && Object.values(wire).some((one) => this.conn === null || one.conn === this.conn));
    if (!ours || this.chosen || this.longer) return;
    this.timer ??= setTimeout(() => this.refresh(), WAIT);
  }

  refresh() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.mode === "ears") this.ears();
    if (this.mode === "bytes") this.bytes();
  }

  async ears() {
    const which = this.query({ conn: this.conn });
    await this.show(at("wire-ears"), `/eavesdropper${which}`);
  }

  async bytes() {
    const box = at("wire-bytes");
    if (this.chosen) {
      const { n, last } = this.chosen;
      await this.show(box, `/wire/${n}${this.query({ last }, false)}`);
    } else if (this.conn !== null) {
      await this.show(box, `/wire${this.query({ conn: this.conn })}`);
    } else {
      box.replaceChildren(element("p", "meta", t("wire-bytes-choose")));
    }
  }

  query(values, now = true) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) {
      if (value !== null && value !== undefined) query.set(name, value);
    }
    if (now && this.until !== null) query.set("at", this.until);
    const text = query.toString();
    return text && `?${text}`;
  }

  // A fragment of the server's, which has made all text in it harmless; nodes, or null where it could not be had.
  async fetch(address) {
    try {
      const answer = await fetch(this.address + address, { headers: { accept: "text/html" } });
      if (!answer.ok) return null;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      return [...parsed.body.childNodes];
    } catch {
      return null;
    }
  }

  // Puts a fragment into its box, unless another has been asked for in the meantime.
  async show(box, address) {
    this.asked += 1;
    const { asked } = this;
    const same = box.dataset.address === address;
    const nodes = await this.fetch(address);
    if (asked !== this.asked) return;
    const scroll = same ? box.scrollTop : 0;
    box.dataset.address = address;
    box.replaceChildren(...(nodes ?? [element("p", "note", t("wire-trouble"))]));
    box.scrollTop = scroll;
  }

  // A connection of the overview was chosen, or the overview.
  heard(event) {
    const button = event.target.closest("button[data-conn], button[data-all]");
    if (!button) return;
    const filter = at("wire-filter");
    const value = button.dataset.conn ? `conn:${button.dataset.conn}` : "";
    filter.value = value;
    if (filter.value !== value) filter.value = "";
    filter.dispatchEvent(new Event("change"));
    at("wire-ears").focus({ preventScroll: true });
  }

  async more(event) {
    const piece = event.target.closest(".piece[data-n]");
    if (piece && !getSelection().toString()) {
      this.find(Number(piece.dataset.n));
      return;
    }
    const button = event.target.closest("[data-next]");
    if (!button) return;
    this.longer = true;
    const box = at("wire-bytes");
    const { address } = box.dataset;
    const nodes = await this.fetch(`${address}${address.includes("?") ? "&" : "?"}offset=${button.dataset.next}`);
    if (!nodes || box.dataset.address !== address) return;
    const page = element("div", "", ...nodes);
    box.querySelector("tbody").append(...page.querySelectorAll("tbody > tr"));
    const next = page.querySelector("[data-next]");
    if (next) button.replaceWith(next);
    else button.remove();
    (next ?? box).focus({ preventScroll: true });
  }

  // The whole text of an arrow.
  async text(row, box) {
    const nodes = await this.fetch(`/wire/${row.n}${this.query({ last: row.last ?? row.n, text: true }, false)}`);
    box.prepend(...(nodes ?? [element("p", "note", t("wire-trouble"))]));
  }
}
