// Where one was on the page: the terminal in front and what stands unsent in each, the pane, how far each part was scrolled.
// It is kept while the page is away, for a reload or another language, and thrown away when it was taken up again.

const SCROLLED = ["brief", "mailboxes", "network", "wire", "reference"];

export class Place {
  constructor(token, terminals) {
    this.key = `helo-place-${token}`;
    this.terminals = terminals;
    this.lab = document.getElementById("lab");
    this.restore();
    addEventListener("pagehide", () => this.keep());
  }

  restore() {
    const place = this.take();
    if (!place) return;
    if (place.shown) document.querySelector(`#panes [data-pane="${CSS.escape(place.shown)}"]`)?.click();
    // Terminals come back with their events; the one in front is waited for.
    this.terminals.takeUp(place.drafts);
    this.terminals.prefer(place.term);
    for (const [id, top] of Object.entries(place.tops)) {
      const part = document.getElementById(id);
      if (part) part.scrollTop = top;
    }
  }

  take() {
    try {
      const kept = sessionStorage.getItem(this.key);
      sessionStorage.removeItem(this.key);
      return kept && JSON.parse(kept);
    } catch {
      return null;
    }
  }

  keep() {
    const tops = {};
    for (const id of SCROLLED) {
      const top = document.getElementById(id)?.scrollTop;
      if (top) tops[id] = top;
    }
    const place = { shown: this.lab.dataset.shown, term: this.terminals.now, drafts: this.terminals.drafts(), tops };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(place));
    } catch {
      // No room or not allowed; then the page begins at its beginning.
    }
  }
}
