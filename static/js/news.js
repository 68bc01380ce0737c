// The mark of a tab behind which something is new: a dot for the eye, a word for the ear.

import { element } from "./text.js";
import { t } from "./words.js";

export function news(tab, are) {
  if (tab.classList.toggle("news", are)) {
    if (!tab.querySelector(".unseen")) tab.append(element("span", "unseen", ` (${t("news")})`));
  } else {
    tab.querySelector(".unseen")?.remove();
  }
}
