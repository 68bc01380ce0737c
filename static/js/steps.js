// The steps: what has been earned, what was said, hints and answers.

import { element, plain, show } from "./text.js";
import { t } from "./words.js";

const at = (id) => document.getElementById(id);

export class Steps {
  constructor(send, say, token) {
    this.address = `/attempts/${token}/steps`;
    // The event after which they are shown; `null`: as they are now.
    this.moment = null;
    this.send = send;
    this.say = say;
    this.steps = new Map();
    this.first = true;
    this.secret = false;
    // The last answer to each question.
    this.answered = new Map();
    if (at("hand-in")) this.handIn();
    for (const box of document.querySelectorAll(".step[data-step]")) {
      this.steps.set(box.dataset.step, { box, state: "" });
      box.querySelector("[data-action=hint]").addEventListener("click", () => send("hint", { step: box.dataset.step }));
      box.querySelector("form[data-answer]")?.addEventListener("submit", (event) => {
        event.preventDefault();
        // Where several are ticked, their ids.
        const text = new FormData(event.target).getAll("answer").join(", ");
        if (!text) {
          this.say(t("answer-none"));
          return;
        }
        send("answer", { step: box.dataset.step, text });
      });
    }
  }

  // Handing in is asked about first. What comes of it takes the place of the button, and the focus.
  handIn() {
    const dialog = at("hand-in-dialog");
    at("hand-in").querySelector("[data-action=hand-in]").addEventListener("click", () => {
      const open = [...this.steps].filter(([id, { box }]) => box.querySelector("[data-answer]") && !this.answered.has(id));
      at("hand-in-open").hidden = open.length === 0;
      at("hand-in-open").textContent = t("hand-in-open", open.map(([, { box }]) => box.querySelector(".step-title").textContent).join(", "));
      dialog.returnValue = "";
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      this.awaited = true;
      this.send("hand-in", {});
    });
  }

  // How they stand comes as a whole, not as views. Answers stand in the transcript.
  views(views) {
    for (const { answered } of views) {
      if (!answered) continue;
      this.answered.set(answered.step, plain(answered.text));
      if (this.secret) this.noted(answered.step);
    }
  }

  clear() {
    this.answered.clear();
  }

  // In an exam nothing is said of an answer but what it was.
  noted(id) {
    const box = this.steps.get(id)?.box;
    if (!box) return;
    const text = this.answered.get(id);
    const form = box.querySelector("[data-answer]");
    const ids = text.split(",").map((one) => one.trim());
    const chosen = [...form.elements].filter((input) => input.matches("[type=radio], [type=checkbox]"));
    const ticked = chosen.filter((input) => ids.includes(input.value));
    const named = ticked.length > 0 ? ticked.map((input) => input.labels[0].textContent.trim()).join(", ") : text;
    const note = element("div", "note", t("answer-was", named));
    note.dataset.html = text;
    box.querySelector(".said").replaceChildren(note);
    // A page that was loaded anew shows it in the form as well.
    if (form.contains(document.activeElement)) return;
    for (const input of chosen) input.checked = ticked.includes(input);
    if (chosen.length === 0) form.elements.answer.value = text;
  }

  // As they were after an event, silently; what comes meanwhile waits.
  async at(n) {
    this.moment = n;
    if (n === null) {
      this.quietly(this.newest);
      return;
    }
    try {
      const answer = await fetch(`${this.address}?at=${n}`, { headers: { accept: "application/json" } });
      const state = answer.ok && (await answer.json());
      if (state && this.moment === n) this.quietly(state);
    } catch {
      // The connection is down; the next move of the slider asks again.
    }
  }

  quietly(state) {
    if (!state) return;
    this.first = true;
    this.draw(state);
  }

  show(state) {
    this.newest = state;
    if (this.moment === null) this.draw(state);
  }

  draw({ summary, percent, done, secret = false, steps, slips }) {
    this.secret = secret;
    if (at("hand-in")) {
      at("hand-in").hidden = !secret;
      at("earned").textContent = summary;
      // What is answered now does not count any more.
      for (const control of document.querySelectorAll("[data-answer] :is(input, button)")) control.disabled = !secret;
    }
    if (at("points").textContent !== summary) at("points").textContent = summary;
    at("points-bar").value = percent;
    at("finished").hidden = !done;
    for (const step of steps) this.step(step);
    if (secret) for (const id of this.answered.keys()) this.noted(id);
    this.along(slips);
    if (this.awaited && !secret) {
      this.awaited = false;
      at("finished").focus();
    }
    const now = secret ? undefined : steps.find((step) => !step.done)?.id;
    for (const [id, { box }] of this.steps) box.classList.toggle("now", id === now);
    this.first = false;
  }

  // Mistakes that no step is about. A new one is also said beside the terminal, where it was made.
  along(slips) {
    const box = at("slips").querySelector(".said");
    const known = box.childElementCount;
    fill(box, slips.map(({ html }) => html), "note");
    at("slips").hidden = slips.length === 0;
    if (slips.length > known && !this.first) this.say(box.lastElementChild.textContent);
  }

  step(step) {
    const known = this.steps.get(step.id);
    const state = JSON.stringify(step);
    if (!known || known.state === state) return;
    known.state = state;
    const { box } = known;
    const was = box.dataset.done === "true";
    box.dataset.done = String(step.done);
    box.querySelector(".step-points").textContent = `${step.points} / ${step.max}`;
    box.querySelector(".step-state").textContent = t(step.done ? "step-done" : step.optional ? "step-optional" : "step-open");
    const evidence = box.querySelector(".evidence");
    evidence.hidden = step.evidence.length === 0;
    evidence.replaceChildren(...step.evidence.map((e) => this.evidence(e)));
    fill(box.querySelector(".said"), step.said.map(({ html }) => html), "note");
    fill(box.querySelector(".hints"), step.hints, "hint prose");
    this.hint(box.querySelector("[data-action=hint]"), step.next);
    if (step.done && !was && !this.first) {
      this.say(t("step-now-done", box.querySelector(".step-title").textContent));
    }
  }

  evidence({ n, text }) {
    const line = element("li", "", show(text));
    line.dataset.n = n;
    line.title = plain(text);
    return line;
  }

  hint(button, next) {
    button.hidden = !next;
    if (!next) return;
    const key = next.commands ? "commands" : "hint";
    const free = next.cost === "0";
    button.textContent = key === "hint" ? hint(free, next.cost) : commands(free, next.cost);
  }
}

const hint = (free, cost) => (free ? t("hint-free") : t("hint", cost));
const commands = (free, cost) => (free ? t("commands-free") : t("commands", cost));

// Adds what is new at the end, so that a screen reader reads only that. The HTML is the server's own: escaped, with
// code, strong, em, p, ul and pre alone.
function fill(box, htmls, className) {
  const there = [...box.children].map((child) => child.dataset.html);
  if (htmls.slice(0, there.length).join("\n") !== there.join("\n")) box.replaceChildren();
  for (const html of htmls.slice(box.childElementCount)) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const one = element("div", className, ...parsed.body.childNodes);
    one.dataset.html = html;
    box.append(one);
  }
}
