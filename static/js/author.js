// The author's pages show what is so now: as soon as a file has changed or its scripts have been played on, the page is
// read anew. Where there are no scripts it is as it was when it was opened.

const EVERY = 1500;
const main = document.getElementById("main");

async function look() {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(main.dataset.state, { headers: { accept: "application/json" } });
      if (answer.ok && (await answer.json()).mark !== main.dataset.mark && !busy()) await renew();
    } catch {
      // helo is being started anew, perhaps; the next look will tell.
    }
  }
  setTimeout(look, EVERY);
}

// Somebody is choosing a seed: that is not taken out of their hands.
function busy() {
  return document.activeElement?.closest(".choose") !== null && document.activeElement !== document.body;
}

async function renew() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) return;
  const focus = where(document.activeElement);
  main.replaceChildren(...fresh.childNodes);
  main.dataset.mark = fresh.dataset.mark;
  if (focus) main.querySelector(focus)?.focus({ preventScroll: true });
}

// How the element that has the focus is found again.
function where(element) {
  if (!element || element === document.body) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  return href ? `a[href="${CSS.escape(href)}"]` : null;
}

setTimeout(look, EVERY);
