// The mailboxes: fetched again when something has changed in one, keeping what is open and where one was reading.

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
    const open = new Map([...this.list.querySelectorAll(".message")].map((m) => [name(m), m.open]));
    const focused = this.list.contains(document.activeElement) && name(document.activeElement.closest(".message"));
    const scroll = this.pane.scrollTop;
    for (const message of parsed.querySelectorAll(".message")) {
      if (open.has(name(message))) message.open = open.get(name(message));
    }
    this.list.replaceChildren(...parsed.body.childNodes);
    this.pane.scrollTop = scroll;
    if (focused) {
      [...this.list.querySelectorAll(".message")].find((m) => name(m) === focused)?.querySelector("summary").focus();
    }
  }
}

// A copy of a message lies in another folder under the same number.
const name = (message) =>
  message &&
  [message.closest(".mailbox")?.dataset.mailbox, message.closest(".folder")?.dataset.folder, message.dataset.message].join(" ");
