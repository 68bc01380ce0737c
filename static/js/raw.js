// The field as telnet's character mode: each key goes to the server as it is pressed, and the keys that correct a line
// here are octets like any other. In the field they stand as terminals write them: ^H, ^?, ^[.

// Keys pressed faster than this travel together.
const BUNDLE = 50;
// Who has typed just now knows better than the server what stands in the line.
const JUST_NOW = 1000;

const PICTURES = { "\b": "^H", "\x7f": "^?", "\x1b": "^[", "\t": "^I", "\r": "" };
const NAMED = { "U+0008": "^H", "U+007F": "^?", "U+001B": "^[" };

// What terminals send for keys without a character (ECMA-48; what xterm sends for the cursor keys), and for the two that
// erase what the telnet of Windows sends.
const KEYS = {
  Backspace: "\b",
  Delete: "\x7f",
  ArrowUp: "\x1b[A",
  ArrowDown: "\x1b[B",
  ArrowRight: "\x1b[C",
  ArrowLeft: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  PageUp: "\x1b[5~",
  PageDown: "\x1b[6~",
};
// Where telnet's own character mode is on, it is the telnet of Debian in an xterm.
const DEBIAN = { Backspace: "\x7f", Delete: "\x1b[3~" };

export function pictured(text) {
  return text.replace(/[\b\x7f\x1b\t\r]/g, (octet) => PICTURES[octet]);
}

// Pieces that came from the server.
export function picturedPieces(pieces) {
  return pieces.map((piece) => (typeof piece === "string" ? pictured(piece) : (NAMED[piece.code] ?? piece.code))).join("");
}

export class Raw {
  // `terminal()` is the one in front, which keeps in `echo` what of the line the field shows; `on()` says whether keys are
  // octets now, `send(text)` sends some.
  constructor(field, terminal, on, send) {
    this.field = field;
    this.terminal = terminal;
    this.on = on;
    this.send = send;
    this.waiting = "";
    this.timer = null;
    this.last = -Infinity;
    // What the field held when it was last looked at.
    this.seen = "";
    // A phone's keyboard says what it does rather than which key it is. What is sent cannot be changed: whatever is typed
    // comes at the end.
    field.addEventListener("beforeinput", (event) => {
      if (!this.on() || event.isComposing) return;
      const erases = event.inputType.startsWith("delete");
      if (erases) {
        event.preventDefault();
        this.press(this.octets(event.inputType.endsWith("Forward") ? "Delete" : "Backspace"));
      } else if (event.inputType.startsWith("history")) {
        event.preventDefault();
      } else {
        this.toEnd();
      }
    });
    field.addEventListener("input", (event) => this.on() && this.take(event.isComposing));
    field.addEventListener("compositionend", () => this.on() && this.take(false));
    field.addEventListener("blur", () => this.flush());
    // Before the link keeps what it has not got rid of.
    addEventListener("pagehide", () => this.flush());
  }

  octets(key) {
    return (this.terminal().keyMode && DEBIAN[key]) || KEYS[key];
  }

  // A key was pressed; true where it became octets.
  key(event) {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    const octets = plain && !event.isComposing && this.octets(event.key);
    if (!octets) return false;
    this.press(octets);
    return true;
  }

  // What has come into the field since it was last looked at. While an input method composes a word, it changes it as it
  // likes; each change goes out.
  take(composing) {
    const { value } = this.field;
    let same = 0;
    while (same < value.length && value[same] === this.seen[same]) same += 1;
    const typed = this.octets("Backspace").repeat(this.seen.length - same) + value.slice(same);
    this.seen = value;
    if (typed) this.sent(typed);
    if (!composing) this.show();
  }

  press(octets) {
    this.sent(octets);
    this.show();
  }

  sent(octets) {
    const terminal = this.terminal();
    // Who types without Enter need not see all of it.
    if (!terminal.keyMode) terminal.echo = (terminal.echo + pictured(octets)).slice(-4096);
    this.waiting += octets;
    const wait = this.last + BUNDLE - performance.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  // Text with carriage returns for the ends of its lines.
  paste(text) {
    if (text === "") return;
    this.waiting += text;
    const terminal = this.terminal();
    const end = text.lastIndexOf("\r");
    if (end >= 0) terminal.echo = "";
    if (!terminal.keyMode) terminal.echo += pictured(text.slice(end + 1)).slice(-4096);
    this.flush();
    this.show();
  }

  // Ends the line.
  enter() {
    this.waiting += "\r";
    this.terminal().echo = "";
    this.flush();
    this.show();
  }

  // What waits goes out, before anything else that is done.
  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.waiting === "") return;
    this.last = performance.now();
    this.send(this.waiting);
    this.waiting = "";
  }

  // The line as the server has it, where nobody types here: after the page was loaded, or from another page.
  settle(terminal) {
    if (performance.now() - this.last < JUST_NOW || this.waiting !== "") return;
    const echo = picturedPieces(terminal.begun).slice(-4096);
    if (echo === terminal.echo) return;
    terminal.echo = echo;
    if (terminal === this.terminal() && this.on()) this.show();
  }

  show() {
    this.seen = this.terminal().echo;
    if (this.field.value !== this.seen) this.field.value = this.seen;
    this.toEnd();
  }

  toEnd() {
    const { length } = this.field.value;
    this.field.setSelectionRange(length, length);
  }
}
