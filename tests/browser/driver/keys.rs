//! Keys as Chromium wants to be told of them.

use serde_json::{Value, json};

/// The bits of the modifier keys.
const MODIFIERS: [(&str, u32); 4] = [("Alt+", 1), ("Ctrl+", 2), ("Meta+", 4), ("Shift+", 8)];

/// Keys with names: name, code of Windows, the text they write.
const NAMED: [(&str, u32, &str); 14] = [
    ("Enter", 13, "\r"),
    ("Tab", 9, ""),
    ("Escape", 27, ""),
    ("Backspace", 8, ""),
    ("Delete", 46, ""),
    ("ArrowLeft", 37, ""),
    ("ArrowUp", 38, ""),
    ("ArrowRight", 39, ""),
    ("ArrowDown", 40, ""),
    ("PageUp", 33, ""),
    ("PageDown", 34, ""),
    ("Home", 36, ""),
    ("End", 35, ""),
    ("F6", 117, ""),
];

/// Where a character stands on an American keyboard: the name of the place, its code of Windows.
fn place(c: char) -> (String, u32) {
    match c.to_ascii_uppercase() {
        letter @ 'A'..='Z' => (format!("Key{letter}"), letter as u32),
        digit @ '0'..='9' => (format!("Digit{digit}"), digit as u32),
        ' ' => ("Space".to_owned(), 32),
        ']' | '}' => ("BracketRight".to_owned(), 221),
        '[' | '{' => ("BracketLeft".to_owned(), 219),
        '.' | '>' => ("Period".to_owned(), 190),
        ',' | '<' => ("Comma".to_owned(), 188),
        _ => (String::new(), 0),
    }
}

/// The events of typing a character.
pub(super) fn of_char(c: char) -> [Value; 2] {
    let (code, windows) = place(c);
    stroke(&c.to_string(), &code, windows, &c.to_string(), 0)
}

/// The events of pressing a key with its modifiers: `Ctrl+]`, `Shift+Tab`.
pub(super) fn of_name(name: &str) -> [Value; 2] {
    let (mut rest, mut modifiers) = (name, 0);
    while let Some((prefix, bit)) =
        MODIFIERS.iter().find(|(m, _)| rest.starts_with(m) && rest.len() > m.len())
    {
        rest = &rest[prefix.len()..];
        modifiers |= bit;
    }
    if let Some((key, windows, text)) = NAMED.iter().find(|(n, _, _)| *n == rest) {
        return stroke(key, key, *windows, text, modifiers);
    }
    let mut chars = rest.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        panic!("there is no key {name:?}: name it in keys.rs")
    };
    let (code, windows) = place(c);
    // As a keyboard says it: Ctrl+C has the key `c`.
    let key = if modifiers & 8 == 0 { c.to_ascii_lowercase() } else { c };
    stroke(&key.to_string(), &code, windows, "", modifiers)
}

fn stroke(key: &str, code: &str, windows: u32, text: &str, modifiers: u32) -> [Value; 2] {
    let event = |kind: &str, text: &str| {
        json!({
            "type": kind, "modifiers": modifiers, "key": key, "code": code, "text": text,
            "windowsVirtualKeyCode": windows, "nativeVirtualKeyCode": windows,
        })
    };
    [event(if text.is_empty() { "rawKeyDown" } else { "keyDown" }, text), event("keyUp", "")]
}
