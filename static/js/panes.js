// On a narrow screen one pane at a time.

export function panes() {
  const lab = document.getElementById("lab");
  const buttons = [...document.querySelectorAll("#panes [data-pane]")];
  const choose = (pane) => {
    lab.dataset.shown = pane;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.pane));
  // The links at the top lead into a pane that may be hidden.
  for (const link of document.querySelectorAll("a.skip")) {
    link.addEventListener("click", () => {
      const target = document.querySelector(link.hash);
      choose(target.closest("section[data-pane]").dataset.pane);
      target.focus();
    });
  }
}
