// The page's texts, which the server has put into the page in the learner's language.

let words = {};

export function learn(json) {
  words = JSON.parse(json);
}

// A text; {x} in it becomes x.
export function t(key, x = "") {
  return (words[key] ?? `[${key}]`).replaceAll("{x}", String(x));
}
