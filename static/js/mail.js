// The mailboxes: fetched again when something has changed in one, keeping what is open and where one was reading. What a
// message consists of is fetched when it is opened.

const WAIT = 150;

export class Mail {
  constructor(token, inspector) {
    this.inspector = inspector;
    this.address = `/attempts/${token}/mailboxes`;
    this.list = document.getElementById("mailbox-list");
    this.pane = document.getElementById("mailboxes");
    this.timer = null;
    // The event after which they are shown; `null`: as they are now.
    this.moment = null;
    // What the page came with is up to date.
    this.live = false;
    // Each message as it came, so that one that is the same stays as it is.
    this.came = new WeakMap();
    this.remember();
    this.list.addEventListener("toggle", (event) => this.opened(event.target), true);
    for (const button of document.querySelectorAll("#mail-view [data-view]")) {
      button.addEventListener("click", () => this.choose(button.dataset.view));
    }
  }

  // Both, what the reader sees, or the source.
  choose(view) {
    this.list.dataset.view = view;
    for (const button of document.querySelectorAll("#mail-view [data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
  }

  // As they were after an event.
  at(n) {
    this.moment = n;
    this.fetch();
  }

  views(views) {
    if (this.moment !== null || !views.some((view) => view.mail)) return;
    this.soon();
    if (this.live) this.inspector.news("mail");
  }

  soon() {
    if (!this.live || this.timer !== null) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.fetch();
    }, WAIT);
  }

  async fetch() {
    const moment = this.moment;
    const address = moment === null ? this.address : `${this.address}?at=${moment}`;
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      const html = answer.ok && (await answer.text());
      if (html && moment === this.moment) this.show(html);
    } catch {
      // The connection is down; after the reconnect it is fetched again.
    }
  }

  show(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const before = new Map([...this.list.querySelectorAll(".message")].map((m) => [name(m), m]));
    const { activeElement } = document;
    const focused = this.list.contains(activeElement) ? activeElement : null;
    const reading = name(focused?.closest(".message"));
    const scroll = this.pane.scrollTop;
    for (const message of parsed.querySelectorAll(".message")) {
      const old = before.get(name(message));
      const html = message.outerHTML;
      this.came.set(message, html);
      if (!old) continue;
      if (this.came.get(old) === html) message.replaceWith(old);
      else message.open = old.open;
    }
    this.list.replaceChildren(...parsed.body.childNodes);
    this.remember();
    this.pane.scrollTop = scroll;
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    else if (reading) [...this.list.querySelectorAll(".message")].find((m) => name(m) === reading)?.querySelector("summary").focus();
  }

  remember() {
    for (const message of this.list.querySelectorAll(".message")) {
      if (!this.came.has(message)) this.came.set(message, message.outerHTML);
    }
  }

  // Fetches what a message consists of.
  async opened(details) {
    const address = details.dataset?.structure;
    if (!address || !details.open || details.dataset.state) return;
    details.dataset.state = "asked";
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      details.querySelector(".structure-here").replaceChildren(...parsed.body.childNodes);
      details.dataset.state = "there";
    } catch {
      // Closing and opening it asks again.
      delete details.dataset.state;
    }
  }
}

// A copy of a message lies in another folder under the same number.
const name = (message) =>
  message &&
  [message.closest(".mailbox")?.dataset.mailbox, message.closest(".folder")?.dataset.folder, message.dataset.message].join(" ");
