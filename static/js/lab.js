// The lab page: puts the parts together.

import { History } from "./history.js";
import { Inspector } from "./inspector.js";
import { Link } from "./link.js";
import { Mail } from "./mail.js";
import { Network } from "./network.js";
import { panes } from "./panes.js";
import { Place } from "./place.js";
import { Reference } from "./reference.js";
import { replay } from "./replay.js";
import { reset } from "./reset.js";
import { Steps } from "./steps.js";
import { Terminals } from "./terminals.js";
import { Wire } from "./wire.js";
import { learn, t } from "./words.js";

const at = (id) => document.getElementById(id);
const lab = at("lab");
learn(lab.dataset.words);

const SAY = 8000;
let link;
let state = "connecting";
let quiet = null;
const replays = lab.dataset.replay !== undefined;
// Nothing is done in the past.
const send = (kind, body) => {
  if (history.past) say(t("past-input"));
  else link.send(kind, body);
};

// A sentence above the terminal, for a while.
function say(text) {
  if (state === "lost" || state === "frozen") return;
  notice(text, "said");
  quiet = setTimeout(() => notice(""), SAY);
}

function notice(text, kind = "") {
  clearTimeout(quiet);
  at("notice").textContent = text;
  at("notice").dataset.kind = kind;
}

function changed(now) {
  const before = state;
  state = now;
  if (before === now) return;
  at("link").dataset.state = now;
  terminals.live(now === "live" && !history.past);
  if (now === "live") {
    at("link").textContent = t("live");
    if (before === "lost") say(t("back"));
    mail.live = true;
    inspector.live = true;
    mail.soon();
  } else if (now === "lost") {
    at("link").textContent = t("connecting");
    notice(t("lost"), "lost");
  } else if (now === "frozen") {
    at("link").textContent = t("frozen");
    for (const control of document.querySelectorAll("#entry input, #entry button, #extra-keys button, #open-terminal, #pass button, .step button, .step input")) {
      control.disabled = true;
    }
  }
}

const terminals = new Terminals(send, say, (body, hear) => link.ask(body, hear));
const steps = new Steps(send, say, lab.dataset.token);
const inspector = new Inspector(lab);
const mail = new Mail(lab.dataset.token, inspector);
const wire = new Wire(lab.dataset.token, inspector, terminals);
const network = new Network(lab.dataset.token, inspector, send, replays);
panes();
// What shows events. Each part has views(list), which takes what is new, and may have clear() and at(n); see
// docs/page-protocol.md.
const parts = [
  terminals,
  steps,
  network,
  mail,
  wire,
  new Reference(lab, inspector),
];
const history = new History({
  parts,
  replay: replays,
  changed: (past) => {
    lab.dataset.past = String(past);
    at("entry").hidden = past;
    at("past").hidden = !past;
    for (const control of document.querySelectorAll("#open-terminal, #pass, .step form, [data-action=hint], #network form")) {
      control.inert = past;
    }
    terminals.live(state === "live" && !past);
    if (!past) at("line").focus({ preventScroll: true });
  },
});
let passes = false;
for (const button of document.querySelectorAll("[data-pass]")) {
  button.addEventListener("click", () => {
    passes = true;
    const { pass } = button.dataset;
    send("pass", pass === "next" ? { next: true } : { seconds: Number(pass) });
  });
}
// Time that passes by itself is seen by what it brings; time that was asked for may bring nothing.
function passed(views) {
  const last = passes && views.findLast((view) => view.passed);
  if (!last) return;
  passes = false;
  say(t("passed", views.at(-1).at));
}

// What was kept back for a step and is so no longer is fetched, and also what another step keeps back from now on: the
// panes name it.
let hidden = [];
let open = null;
function revealed(state) {
  const now = state.hidden ?? [];
  const shown = hidden.filter((one) => !now.includes(one));
  hidden = now;
  const still = state.steps.filter((step) => !step.done).map((step) => step.id).join(" ");
  const others = now.length > 0 && open !== null && open !== still;
  open = still;
  if (shown.length === 0 && !others) return;
  mail.soon();
  network.soon();
  if (shown.includes("faults")) history.reveal(`/attempts/${lab.dataset.token}/views`);
}

if (replays) {
  replay({ token: lab.dataset.token, at: lab.dataset.replay, history, notice });
} else {
  link = new Link(lab.dataset.token, {
    state: changed,
    views: (views) => {
      history.views(views);
      passed(views);
    },
    steps: (state) => {
      steps.show(state);
      revealed(state);
    },
    refused: say,
    frozen: (text) => notice(text, "frozen"),
    pending: (queue) => terminals.pending(queue),
  });
  reset();
}
new Place(lab.dataset.token, terminals);

// Who types with nothing in focus means the terminal.
document.addEventListener("keydown", (event) => {
  const plainKey = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (plainKey && event.target === document.body && !replays) at("line").focus();
});
