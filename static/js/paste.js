// Cuts what was pasted into pieces that go into one message each.

import { t } from "./words.js";

// In UTF-16 units, of which each becomes at most six octets: a message may have 2 MiB.
const PIECE = 256 * 1024;
const LINE = 256 * 1024;
const ALL = 16 * 1024 * 1024;

// Gives the pieces, the last line where it has no end (it goes into the field), and a sentence where something was
// left out.
export function cut(text) {
  let said = "";
  let whole = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  if (whole.length > ALL) {
    whole = whole.slice(0, ALL);
    said = t("long-paste");
  }
  const lines = whole.split("\n");
  const rest = lines.pop();
  const pieces = [];
  let piece = "";
  for (const line of lines) {
    if (line.length > LINE) {
      said = t("long-line");
      continue;
    }
    if (piece !== "" && piece.length + line.length > PIECE) {
      pieces.push(piece);
      piece = "";
    }
    piece += line + "\n";
  }
  if (piece !== "") pieces.push(piece);
  return { pieces, rest: rest.slice(0, LINE), said };
}
