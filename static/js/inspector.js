// The inspector beside the terminal: one tab for each view behind it. Which one was chosen is remembered for this visit.

import { news } from "./news.js";

export class Inspector {
  constructor(lab) {
    this.lab = lab;
    this.tabs = [...document.querySelectorAll("#inspector-tabs [role=tab]")];
    // What there was when the page came is no news.
    this.live = false;
    // For each tab, what to do when it is first looked at and whenever it is looked at again.
    this.looked = new Map();
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.show(tab.dataset.tab));
      tab.addEventListener("keydown", (event) => this.walk(event));
    }
    this.wide = document.getElementById("inspector-wide");
    this.wide.addEventListener("click", () => this.widen(lab.dataset.wide !== "true"));
    const first = this.tabs.find((tab) => tab.dataset.tab === kept("tab")) ?? this.tabs.find((tab) => tab.dataset.tab === "mail");
    this.show(first?.dataset.tab);
    this.widen(kept("wide") === "true");
  }

  // Calls `told` each time this tab comes into view; at once where it is there already.
  on(name, told) {
    this.looked.set(name, told);
    if (this.now === name) told();
  }

  show(name) {
    this.now = name;
    keep("tab", name);
    for (const tab of this.tabs) {
      const chosen = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) news(tab, false);
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
    this.looked.get(name)?.();
  }

  // Something is new on a tab that is not in view.
  news(name) {
    const tab = this.tabs.find((one) => one.dataset.tab === name);
    if (tab && this.live && name !== this.now) news(tab, true);
  }

  widen(wide) {
    this.lab.dataset.wide = String(wide);
    this.wide.setAttribute("aria-pressed", String(wide));
    keep("wide", String(wide));
  }

  walk(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = this.tabs.at((this.tabs.indexOf(event.currentTarget) + step) % this.tabs.length);
    this.show(next.dataset.tab);
    next.focus();
  }
}

function kept(what) {
  try {
    return sessionStorage.getItem(`helo-inspector-${what}`);
  } catch {
    return null;
  }
}

function keep(what, value) {
  try {
    sessionStorage.setItem(`helo-inspector-${what}`, value);
  } catch {
    // Not allowed; then it is not remembered.
  }
}
