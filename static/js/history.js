// The time slider: keeps everything there was to see, and shows the parts of the page any moment of it. Forward it feeds
// them what lies between; back it lets them forget and feeds them anew. What is fetched (steps, mailboxes) is asked for
// when the slider rests. In the lab the right end is now; a replay has no now.

import { t } from "./words.js";

// How long the slider must rest, and how long at most nothing is fetched while it moves, in milliseconds.
const REST = 150;
const STALE = 600;
// What takes longer to draw is slow, in milliseconds.
const SLOW = 40;
// Played: the real gaps between events, none shorter and none longer than this.
const SHORT = 120;
const LONG = 1500;

const at = (id) => document.getElementById(id);

export class History {
  // `changed(past)` is told when the page leaves or comes back to the present.
  constructor({ parts, replay = false, changed }) {
    Object.assign(this, { parts, replay, changed });
    this.all = [];
    // So many of them are shown.
    this.place = 0;
    this.past = replay;
    this.wanted = null;
    this.fetched = 0;
    this.cost = 0;
    this.slider = at("time-slider");
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.slider.addEventListener("keydown", (event) => this.key(event));
    const buttons = {
      "time-back": () => this.step(-1),
      "time-on": () => this.step(1),
      "time-line-back": () => this.line(-1),
      "time-line-on": () => this.line(1),
      "time-play": () => this.play(!this.playing),
      "time-now": () => this.now(),
    };
    for (const [id, act] of Object.entries(buttons)) {
      at(id)?.addEventListener("click", () => {
        if (id !== "time-play") this.play(false);
        act();
      });
    }
    if (replay) document.addEventListener("keydown", (event) => this.anywhere(event));
    this.render();
  }

  // What is new. In the past it is kept and comes when one returns.
  views(list) {
    for (const view of list) this.all.push(view);
    if (!this.past) {
      this.place = this.all.length;
      for (const part of this.parts) part.views(list);
    }
    this.render();
  }

  // Puts in what was kept back so far, where it belongs.
  async reveal(address) {
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const { views } = await answer.json();
      const known = new Set(this.all.map((view) => view.n));
      const last = this.all.at(-1)?.n ?? 0;
      const late = views.filter((view) => view.n < last && !known.has(view.n));
      if (late.length === 0) return;
      const { number } = this;
      this.all = [...this.all, ...late].sort((a, b) => a.n - b.n);
      this.forget();
      this.show(this.past ? this.all.filter((view) => view.n <= number).length : this.all.length);
      this.render();
    } catch {
      // The connection is down; the page shows it when it is loaded anew.
    }
  }

  // Shows the first so many views, with the next picture.
  go(place) {
    const end = this.all.length;
    const wanted = Math.min(Math.max(Math.round(place), 0), end);
    if (!this.past && wanted === end) return;
    this.wanted = wanted;
    if (!this.past) this.leave();
    if (this.frame !== undefined) return;
    const draw = () => this.draw();
    // Where drawing takes long, the hand on the slider gets as much time as the drawing.
    this.frame = this.cost > SLOW ? setTimeout(draw, this.cost) : requestAnimationFrame(draw);
  }

  draw() {
    this.frame = undefined;
    const wanted = this.wanted;
    if (wanted === null || !this.past) return;
    this.wanted = null;
    if (wanted === this.all.length && !this.replay) {
      this.now();
      return;
    }
    // Back means anew. While the slider moves, parts may draw only what can be seen; once it rests, all.
    const begun = performance.now();
    if (wanted < this.place) this.hurry(true);
    this.show(wanted);
    this.render();
    this.cost = performance.now() - begun;
    clearTimeout(this.rest);
    const waited = performance.now() - this.fetched;
    this.rest = setTimeout(() => this.settle(), waited > STALE && !this.hurried ? 0 : REST);
  }

  hurry(hurried) {
    this.hurried = hurried;
    for (const part of this.parts) part.hurry?.(hurried);
  }

  // The slider rests: what was drawn in a hurry is drawn whole, and what is fetched is asked for.
  settle() {
    if (this.hurried) {
      this.hurry(false);
      this.forget();
      this.show(this.at);
    }
    this.ask(this.number);
  }

  forget() {
    for (const part of this.parts) part.clear?.();
    this.at = this.place;
    this.place = 0;
  }

  show(place) {
    if (place < this.place) this.forget();
    const some = this.all.slice(this.place, place);
    this.place = place;
    for (const part of this.parts) part.views(some);
  }

  ask(n) {
    this.fetched = performance.now();
    for (const part of this.parts) part.at?.(n);
  }

  leave() {
    this.past = true;
    this.changed(true);
    at("time-said").textContent = t("past");
  }

  // Back to the present, with all that has come meanwhile.
  now() {
    if (!this.past || this.replay) return;
    clearTimeout(this.rest);
    this.play(false);
    this.wanted = null;
    this.past = false;
    if (this.hurried) {
      this.hurry(false);
      this.forget();
    }
    this.show(this.all.length);
    this.ask(null);
    this.render();
    this.changed(false);
    at("time-said").textContent = t("now");
  }

  // The number of the event that is shown last; 0 before the first.
  get number() {
    return this.all[this.place - 1]?.n ?? 0;
  }

  // One event back or on: several views may be of one.
  step(by) {
    let place = (this.wanted ?? this.place) + by;
    const same = (place) => place > 0 && place < this.all.length && this.all[place - 1].n === this.all[place].n;
    while (same(place)) place += by;
    this.go(place);
  }

  // To the line typed before or next, with what came of it.
  line(by) {
    const place = this.wanted ?? this.place;
    const starts = (view) => view.typed || view.pressed;
    if (by > 0) {
      const first = this.all.findIndex((view, index) => index >= place && starts(view));
      this.go(first < 0 ? this.all.length : this.after(first));
      return;
    }
    let last = place - 1;
    while (last >= 0 && !starts(this.all[last])) last -= 1;
    // `last` begins what is shown now; up to it stands what came before.
    this.go(Math.max(last, 0));
  }

  // Where all that came of the view at this place is shown: of a line, before the next; of an answer, before the next answer.
  after(index) {
    const line = this.all[index]?.typed || this.all[index]?.pressed;
    const acts = (view) => view.typed || view.pressed || view.opened || (!line && (view.reply || view.connected));
    let next = index + 1;
    while (next < this.all.length && !acts(this.all[next])) next += 1;
    return next;
  }

  // Shows an event by its number, with what came of it. Without one, the end.
  event(n) {
    let index = n === null ? this.all.length : this.all.findIndex((view) => view.n >= n);
    if (index < 0) index = this.all.length;
    this.wanted = index === this.all.length ? index : this.after(index);
    this.draw();
  }

  // The row of an event in the terminals: its own, else that of what it brought.
  row(n) {
    const rows = [...document.querySelectorAll("#logs .row[data-n]")];
    return rows.find((row) => Number(row.dataset.n) >= n) ?? rows.at(-1);
  }

  play(playing) {
    clearTimeout(this.timer);
    this.playing = playing && this.all.length > 0;
    const button = at("time-play");
    const name = t(this.playing ? "time-pause" : "time-play");
    button.setAttribute("aria-pressed", String(this.playing));
    button.setAttribute("aria-label", name);
    button.title = name;
    if (!this.playing) return;
    // At the end there is nothing to play: from the beginning.
    if ((this.wanted ?? this.place) >= this.all.length) this.go(0);
    this.tick();
  }

  tick() {
    const place = this.wanted ?? this.place;
    const [shown, next] = [this.all[place - 1], this.all[place]];
    if (!next) {
      this.play(false);
      return;
    }
    const gap = shown ? seconds(next.at) - seconds(shown.at) : 0;
    const wait = Math.min(Math.max(gap * 1000, SHORT), LONG) / Number(at("time-speed").value);
    this.timer = setTimeout(() => {
      this.step(1);
      this.tick();
    }, wait);
  }

  render() {
    const end = this.all.length;
    at("time").hidden = end === 0;
    const view = this.all[this.place - 1];
    const last = this.all.at(-1)?.n ?? 0;
    this.slider.max = String(end);
    if (this.wanted === null) this.slider.value = String(this.place);
    const where = view ? `${view.at} · ${t("time-event", `${view.n} / ${last}`)}` : t("time-start");
    at("time-where").textContent = where;
    this.slider.setAttribute("aria-valuetext", where);
    const first = this.place === 0;
    const done = this.place === end;
    const ends = { "time-back": first, "time-line-back": first, "time-on": done, "time-line-on": done };
    for (const [id, off] of Object.entries(ends)) at(id).setAttribute("aria-disabled", String(off));
    if (this.replay) return;
    at("time-now").hidden = !this.past;
    // Counted from where one left.
    if (!this.past) this.left = end;
    at("time-new").textContent = this.past && end > this.left ? t("time-new", end - this.left) : "";
  }

  key(event) {
    const by = { PageUp: -1, PageDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.play(false);
    this.line(by);
  }

  // In a replay nobody types: the arrow keys walk from wherever the focus is, unless it is where they mean something.
  anywhere(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, [role=tab], [role=tree], [role=grid]")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const line = { PageUp: -1, PageDown: 1 }[event.key];
    // Where something scrolls, Page Up and Page Down do that.
    const reads = event.target.closest("[role=log], .pane");
    if (!step && (!line || reads)) return;
    event.preventDefault();
    this.play(false);
    if (step) this.step(step);
    else this.line(line);
  }
}

// A clock time as seconds of its day.
function seconds(clock) {
  const [hours, minutes, rest] = clock.split(":").map(Number);
  return hours * 3600 + minutes * 60 + rest;
}
