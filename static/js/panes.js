// On a narrow screen one pane at a time.

export function panes() {
  const lab = document.getElementById("lab");
  const buttons = [...document.querySelectorAll("#panes [data-pane]")];
  // The page's heading stands in the brief; where that is not in view, the title at the top takes its part.
  const heading = document.getElementById("title");
  const title = document.querySelector(".crumb [aria-current]");
  const head = () => {
    const hidden = heading.getClientRects().length === 0;
    for (const [name, value] of [["role", "heading"], ["aria-level", "1"]]) {
      if (hidden) title.setAttribute(name, value);
      else title.removeAttribute(name);
    }
  };
  const choose = (pane) => {
    lab.dataset.shown = pane;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
    head();
  };
  new ResizeObserver(head).observe(lab);
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
