// The field as telnet's character mode: each key is an octet for the server, and the keys that correct a line here are
// octets like any other. In the field they stand as the pictures that Unicode has for them.

const OCTETS = { "␈": "\b", "␡": "\x7f", "␛": "\x1b" };

// What terminals send for keys without a character (ECMA-48; what xterm sends for the cursor keys).
const KEYS = {
  Backspace: "␈",
  Delete: "␡",
  ArrowUp: "␛[A",
  ArrowDown: "␛[B",
  ArrowRight: "␛[C",
  ArrowLeft: "␛[D",
  Home: "␛[H",
  End: "␛[F",
  PageUp: "␛[5~",
  PageDown: "␛[6~",
};

// What goes to the server for what stands in the field.
export function octets(text) {
  return text.replace(/[␈␡␛]/g, (picture) => OCTETS[picture]);
}

export class Raw {
  // `on()` says whether keys are octets now.
  constructor(field, on) {
    this.field = field;
    this.on = on;
    // A phone's keyboard says what it does rather than which key it is. What is sent cannot be changed: whatever is typed
    // comes at the end.
    field.addEventListener("beforeinput", (event) => {
      if (!this.on()) return;
      const erases = event.inputType.startsWith("delete");
      if (erases) {
        event.preventDefault();
        this.add(event.inputType.endsWith("Forward") ? "␡" : "␈");
      } else if (event.inputType.startsWith("history")) {
        event.preventDefault();
      } else {
        this.toEnd();
      }
    });
  }

  // A key was pressed; true where it became octets.
  key(event) {
    const octets = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey && KEYS[event.key];
    if (!octets) return false;
    this.add(octets);
    return true;
  }

  add(text) {
    this.field.value += text;
    this.toEnd();
  }

  toEnd() {
    const { length } = this.field.value;
    this.field.setSelectionRange(length, length);
  }
}
