// The connection to the server: what the learner does is numbered and kept until it is acknowledged, events are asked
// for from the last one seen. See docs/page-protocol.md.

const FIRST_WAIT = 250;
const LONGEST_WAIT = 8000;
// How many things are on their way unacknowledged.
const WINDOW = 16;

function newClient() {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const random = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(random, (n) => letters[n % letters.length]).join("");
}

// Half a character, as a cut leaves it, cannot be said in UTF-8: the server would hang up, again and again.
function json(message) {
  return JSON.stringify(message, (_, value) => (typeof value === "string" ? value.toWellFormed() : value));
}

export class Link {
  // What is asked is no input: it has no number, and who has no connection gets no answer.
  //
  // `hear` has: state(name), views(list), steps(state), refused(text), frozen(text), pending(list).
  constructor(token, hear) {
    this.token = token;
    this.hear = hear;
    this.client = newClient();
    this.next = 1;
    // Each: { seq, kind, body }.
    this.queue = [];
    this.sent = 0;
    this.seen = 0;
    this.newest = 0;
    this.wait = FIRST_WAIT;
    this.socket = null;
    this.timer = null;
    this.frozen = false;
    // The question that waits for its answer: { ask, hear }. A newer one takes its place.
    this.asked = { ask: 0 };
    this.adopt();
    addEventListener("pagehide", () => this.leave());
    // A page from the browser's history is as old as its numbers; a fresh one takes over what is left.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    this.connect();
  }

  // What a page that was closed while the connection was down had not got rid of, this one sends in its name.
  adopt() {
    const kept = this.storage()?.getItem(this.key());
    this.forget();
    if (!kept) return;
    try {
      const { client, next, queue } = JSON.parse(kept);
      Object.assign(this, { client, next, queue });
    } catch {
      // Not ours: begin anew.
    }
  }

  // Only a page that goes away writes: a duplicated tab must not send the same things a second time.
  leave() {
    if (this.queue.length === 0 || this.frozen) return;
    const { client, next, queue } = this;
    try {
      this.storage()?.setItem(this.key(), JSON.stringify({ client, next, queue }));
    } catch {
      // No room or not allowed; then they are lost with the page, as in any form.
    }
  }

  forget() {
    this.storage()?.removeItem(this.key());
  }

  key() {
    return `helo-${this.token}`;
  }

  storage() {
    try {
      return sessionStorage;
    } catch {
      return null;
    }
  }

  // Numbers something and sends it as soon as there is a connection.
  send(kind, body = {}) {
    if (this.frozen) return;
    this.queue.push({ seq: this.next++, kind, body });
    this.pump();
    this.hear.pending(this.queue);
  }

  // Asks how a line could go on; false where there is nobody to ask now.
  ask(body, hear) {
    if (!this.open) return false;
    const ask = this.asked.ask + 1;
    this.asked = { ask, hear };
    this.socket.send(json({ complete: { ask, ...body } }));
    return true;
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = null;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/attempts/${this.token}/ws`);
    this.socket = socket;
    this.open = false;
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ hello: { client: this.client, from: this.seen } }));
    });
    socket.addEventListener("message", (event) => {
      if (socket === this.socket) this.receive(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => socket === this.socket && this.lost());
  }

  lost() {
    this.open = false;
    if (this.frozen) return;
    this.hear.state("lost");
    this.hear.pending(this.queue);
    this.timer = setTimeout(() => this.connect(), this.wait * (0.8 + 0.4 * Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  // The network is back, or somebody looks: do not wait any longer.
  hurry() {
    if (this.timer !== null) {
      this.wait = FIRST_WAIT;
      this.connect();
    }
  }

  receive(message) {
    const [kind] = Object.keys(message);
    const body = message[kind];
    const take = {
      welcome: () => this.welcome(body),
      events: () => this.events(body),
      steps: () => this.hear.steps(body),
      ack: () => this.done(body.seq),
      completed: () => body.ask === this.asked.ask && this.asked.hear(body),
      refused: () => this.refused(body),
      frozen: () => {
        this.frozen = true;
        this.queue = [];
        this.hear.pending(this.queue);
        this.hear.state("frozen");
        this.hear.frozen(body.text);
      },
    }[kind];
    take?.();
  }

  welcome({ seq, last }) {
    // The server knows less than this page has seen: its data were put back. Begin again from what there is.
    if (last < this.seen) {
      this.queue = [];
      location.reload();
      return;
    }
    this.newest = last;
    this.wait = FIRST_WAIT;
    this.open = true;
    this.next = Math.max(this.next, seq + 1);
    this.sent = seq;
    this.done(seq);
    this.caughtUp();
  }

  events({ last, views }) {
    const fresh = views.filter((view) => view.n > this.seen);
    this.seen = Math.max(this.seen, last);
    this.hear.views(fresh);
    this.caughtUp();
  }

  // Live only after what had been missed is there.
  caughtUp() {
    if (this.open && this.seen >= this.newest && !this.frozen) this.hear.state("live");
  }

  done(seq) {
    this.queue = this.queue.filter((item) => item.seq > seq);
    this.pump();
    this.hear.pending(this.queue);
  }

  refused({ seq, text, again, wait_ms }) {
    this.hear.refused(text);
    if (!again) {
      this.done(seq);
      return;
    }
    this.sent = seq - 1;
    this.held = true;
    const socket = this.socket;
    setTimeout(() => {
      this.held = false;
      if (socket === this.socket) this.pump();
    }, wait_ms);
  }

  // Sends what is kept and not yet on its way.
  pump() {
    if (!this.open || this.held) return;
    const limit = (this.queue[0]?.seq ?? 0) + WINDOW;
    for (const { seq, kind, body } of this.queue) {
      if (seq > this.sent && seq < limit) {
        this.socket.send(json({ [kind]: { seq, ...body } }));
        this.sent = seq;
      }
    }
  }
}
