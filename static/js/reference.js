// The lab's tab "Reference": fetched when it is first looked at. It follows the protocol that is spoken at the terminal in
// front, until the learner chooses another part, and every link into the reference on the page leads here.

import { Lookup } from "./lookup.js";

const PORTS = { 25: "smtp", 465: "smtp", 587: "smtp", 110: "pop3", 995: "pop3", 143: "imap", 993: "imap" };
const ASKING = /^\s*(dig|host|nslookup)\b/;

export class Reference {
  constructor(lab, inspector) {
    this.inspector = inspector;
    this.panel = document.getElementById("reference");
    this.coming = null;
    this.lookup = null;
    this.clear();
    inspector.on("reference", () => {
      this.load();
      this.follow();
    });
    document.addEventListener("click", (event) => this.clicked(event));
    // Another terminal in front may speak another protocol.
    document.getElementById("terminals").addEventListener("click", () => this.follow());
  }

  clear() {
    // What each connection speaks, and what was last spoken at each terminal.
    this.spoken = new Map();
    this.last = new Map();
  }

  views(views) {
    for (const view of views) {
      if (view.connected) this.spoken.set(view.connected.conn, PORTS[view.connected.port]);
      else if (view.reply && !this.spoken.get(view.reply.conn)) this.spoken.set(view.reply.conn, speaks(view.reply.status));
      const said = view.typed ?? view.printed;
      if (!said) continue;
      if (said.conn !== undefined) this.last.set(said.term, said.conn);
      else if (view.typed && ASKING.test(said.text.filter((piece) => typeof piece === "string").join(""))) this.last.set(said.term, "dns");
    }
    this.follow();
  }

  // The part for what is spoken in front, where that has changed.
  follow() {
    const front = Number(document.querySelector("#terminals [aria-selected=true]")?.dataset.term ?? 1);
    const last = this.last.get(front);
    const now = last === "dns" ? "dns" : this.spoken.get(last);
    if (!now || now === this.followed || !this.lookup) return;
    this.followed = now;
    if (!this.lookup.searching()) this.lookup.choose(now);
  }

  load() {
    this.coming ??= this.fetch().catch(() => {
      this.coming = null;
      this.panel.querySelector("#reference-failed").hidden = false;
    });
    return this.coming;
  }

  async fetch() {
    const answer = await fetch(this.panel.dataset.from);
    if (!answer.ok) throw new Error(answer.status);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.panel.replaceChildren(...parsed.body.childNodes);
    this.lookup = new Lookup(this.panel.querySelector(".reference"));
    this.follow();
  }

  async clicked(event) {
    const link = event.target.closest("a[href^='/reference#']");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.inspector.show("reference");
    document.querySelector("#panes [data-pane=inspector]").click();
    await this.load();
    this.lookup?.show(link.hash);
  }
}

function speaks(status) {
  if (/^\d{3}$/.test(status)) return "smtp";
  return /^(\+OK|-ERR)/.test(status) ? "pop3" : "imap";
}
