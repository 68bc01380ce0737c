// The reference as a page of its own.

import { Lookup } from "./lookup.js";

const lookup = new Lookup(document.querySelector(".reference"));
const follow = () => lookup.show(location.hash);
window.addEventListener("hashchange", follow);
follow();

// A link to the entry that is in the address already changes nothing there, and still leads to it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#ref-']");
  if (link && link.hash === location.hash && link.pathname === location.pathname) follow();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  document.getElementById("ref-query").focus();
});
