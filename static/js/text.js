// Pieces of text, as the server sends them, on the page. Everything is set as text: nothing in a mail becomes HTML.

export function show(pieces) {
  const fragment = document.createDocumentFragment();
  for (const piece of pieces) {
    fragment.append(typeof piece === "string" ? piece : mark(piece.code));
  }
  return fragment;
}

function mark(code) {
  const span = document.createElement("span");
  span.className = "code-point";
  span.textContent = code;
  return span;
}

// The pieces of each line; the last one is what comes after the last line feed.
export function lines(pieces) {
  const all = [[]];
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      all.at(-1).push(piece);
      continue;
    }
    const [first, ...rest] = piece.split("\n");
    if (first) all.at(-1).push(first);
    for (const line of rest) all.push(line ? [line] : []);
  }
  return all;
}

// As plain text, marks left as their names.
export function plain(pieces) {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.code)).join("");
}

export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}
