// The lab page as a replay: everything comes from the store at once, and nothing is sent. It opens at the event that its
// address names.

import { t } from "./words.js";

export async function replay({ token, at, history, notice }) {
  history.changed(true);
  let views;
  try {
    const answer = await fetch(`/attempts/${token}/views`, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    ({ views } = await answer.json());
  } catch {
    notice(t("replay-failed"), "lost");
    return;
  }
  history.views(views);
  const n = at === "" ? null : Number(at);
  history.event(n);
  document.getElementById("time-slider").focus({ preventScroll: true });
  if (n === null) return;
  // The terminals draw with the next picture.
  setTimeout(() => {
    const row = history.row(n);
    row?.classList.add("looked-at");
    row?.scrollIntoView({ block: "center" });
  }, 100);
}
