//! A program with its arguments, and what the shell does around programs.

use super::super::opening::Opening;
use super::programs::{self, Found, Manner, PLUS, Program};
use crate::event::RecordType;
use crate::explain::say::Say;

/// More arguments than these are not listed.
const ARGUMENTS: usize = 60;

/// A program that ran, with its arguments.
pub(super) fn run(o: &mut Opening<'_>, argv: &[String]) {
    let Some((name, arguments)) = argv.split_first() else { return };
    let Some(program) = programs::find(name) else {
        return o.part(0, name, Say::new("shell-argument"));
    };
    let say = || Say::keyed(program.key());
    o.what(say());
    o.part(0, name, say());
    let arguments = arguments.get(..ARGUMENTS).unwrap_or(arguments);
    match name.as_str() {
        "openssl" => openssl(o, arguments),
        "ssh" => ssh(o, program, arguments),
        "zone" => zone(o, arguments),
        _ => read(o, program, arguments),
    }
}

/// Options and arguments of a program.
fn read(o: &mut Opening<'_>, program: &Program, arguments: &[String]) {
    let mut operands = 0;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_bytes() {
            [b'+', ..] if program.manner == Manner::Dig => plus(o, argument),
            [b'@', ..] if program.manner == Manner::Dig => o.part(1, argument, Say::new("dig-server")),
            [b'-', _, ..] => {
                if let Some(value) = option(o, program, argument, rest.clone().next())
                    && value
                {
                    o.part(2, rest.next().map_or("", String::as_str), Say::new("shell-value"));
                }
            }
            _ => {
                operand(o, program, argument, operands);
                operands += 1;
            }
        }
    }
}

/// One option; `Some(true)` where the next argument is its value.
fn option(o: &mut Opening<'_>, program: &Program, argument: &str, next: Option<&String>) -> Option<bool> {
    let bare = argument.trim_start_matches('-');
    let long = program.manner == Manner::Words || argument.starts_with("--");
    let (name, attached) = match bare.split_once('=') {
        Some((name, value)) if long => (name, Some(value)),
        _ => (bare, None),
    };
    if long {
        let found = program.option(name).or_else(|| shortened(program, name));
        let takes = found.as_ref().is_some_and(|f| f.takes_value);
        o.part(1, argument, meaning(program, name, found));
        // swaks asks for what is missing, so a value need not follow.
        let there = next.is_some_and(|v| !v.starts_with('-') || program.name != "swaks");
        return Some(takes && attached.is_none() && there);
    }
    for (at, letter) in name.char_indices() {
        let found = program.option(letter.encode_utf8(&mut [0; 4]));
        let takes = found.as_ref().is_some_and(|f| f.takes_value);
        o.part(1, format!("-{letter}"), meaning(program, name, found));
        if takes {
            let behind = name.get(at + letter.len_utf8()..).unwrap_or_default();
            if behind.is_empty() {
                return Some(true);
            }
            o.part(2, behind, Say::new("shell-value"));
            return Some(false);
        }
    }
    Some(false)
}

/// The text of an option.
fn meaning(program: &Program, name: &str, found: Option<Found>) -> Say {
    match found {
        Some(found) => Say::keyed(found.key),
        None if program.name == "dgst" => Say::new("option-dgst-algorithm"),
        None if matches!(name, "help" | "h" | "usage") => Say::new("option-help"),
        None if matches!(name, "version" | "V") => Say::new("option-version"),
        None => Say::new("shell-option-unknown"),
    }
}

/// A long option written shorter, where only one can be meant.
fn shortened(program: &Program, name: &str) -> Option<Found> {
    let mut found =
        program.found().filter(|(names, _)| names.iter().any(|n| n.len() > 1 && n.starts_with(name)));
    let first = found.next()?;
    found.next().is_none().then_some(first.1)
}

/// An argument that is no option.
fn operand(o: &mut Opening<'_>, program: &Program, argument: &str, at: usize) {
    let key = match (program.name, at) {
        ("telnet" | "nc", 0) => "shell-host",
        ("telnet" | "nc", 1) => port(argument),
        ("dig" | "host", _) => match record_type(argument) {
            Some(key) => key,
            None if program.name == "host" && at == 1 => "dig-server",
            None => "dig-name",
        },
        ("mail", _) => "mail-address",
        _ => "shell-argument",
    };
    o.part(1, argument, Say::new(key));
}

fn port(argument: &str) -> &'static str {
    match argument {
        "25" | "smtp" => "shell-port-smtp",
        "587" | "submission" => "shell-port-submission",
        "465" | "submissions" | "smtps" => "shell-port-submissions",
        "110" | "pop3" => "shell-port-pop3",
        "995" | "pop3s" => "shell-port-pop3s",
        "143" | "imap" | "imap2" => "shell-port-imap",
        "993" | "imaps" => "shell-port-imaps",
        _ => "shell-port",
    }
}

/// The text for a record type.
pub(super) fn record_type(word: &str) -> Option<&'static str> {
    let known = RecordType::ALL.into_iter().find(|t| t.mnemonic().eq_ignore_ascii_case(word))?;
    Some(match known {
        RecordType::A => "dig-type-a",
        RecordType::Aaaa => "dig-type-aaaa",
        RecordType::Mx => "dig-type-mx",
        RecordType::Txt => "dig-type-txt",
        RecordType::Cname => "dig-type-cname",
        RecordType::Ptr => "dig-type-ptr",
        RecordType::Ns => "dig-type-ns",
        RecordType::Soa => "dig-type-soa",
        RecordType::Any => "dig-type-any",
    })
}

/// `+option`, `+nooption`, shortened as dig takes them.
fn plus(o: &mut Opening<'_>, argument: &str) {
    let name = argument.trim_start_matches('+').split('=').next().unwrap_or_default().to_ascii_lowercase();
    let find = |name: &str| {
        let exact = PLUS.iter().find(|p| **p == name);
        exact.or_else(|| PLUS.iter().find(|p| !name.is_empty() && p.starts_with(name)))
    };
    let (found, off) = match (find(&name), name.strip_prefix("no")) {
        (Some(found), _) => (Some(found), false),
        (None, Some(rest)) => (find(rest), true),
        (None, None) => (None, false),
    };
    o.part(
        1,
        argument,
        found.map_or_else(|| Say::new("dig-plus-other"), |f| Say::keyed(format!("dig-plus-{f}"))),
    );
    if off {
        o.part(2, "no", Say::new("dig-no"));
    }
}

/// `openssl COMMAND ...`.
fn openssl(o: &mut Opening<'_>, arguments: &[String]) {
    let Some((command, rest)) = arguments.split_first() else { return };
    // A digest's name is a command too.
    let name = match command.as_str() {
        "base64" => "enc",
        "md5" | "sha1" | "sha256" | "sha384" | "sha512" => "dgst",
        other => other,
    };
    match programs::find(name).filter(|p| p.manner == Manner::Words && p.name != "swaks") {
        Some(program) => {
            o.what(Say::keyed(program.key()));
            o.part(0, command, Say::keyed(program.key()));
            read(o, program, rest);
        }
        None => arguments.iter().for_each(|a| o.part(1, a, Say::new("shell-argument"))),
    }
}

/// `ssh [options] HOST COMMAND ...`.
fn ssh(o: &mut Opening<'_>, program: &Program, arguments: &[String]) {
    let mut rest = arguments.iter();
    let mut host = None;
    while let Some(argument) = rest.next() {
        if !argument.starts_with('-') {
            host = Some(argument);
            break;
        }
        if option(o, program, argument, None) == Some(true) {
            o.part(2, rest.next().map_or("", String::as_str), Say::new("shell-value"));
        }
    }
    if let Some(host) = host {
        o.part(1, host, Say::new("shell-host"));
    }
    let line = rest.map(String::as_str).collect::<Vec<_>>().join(" ");
    let mut words = remote_words(&line).into_iter();
    let Some((command, _)) = words.next() else { return };
    let name = command.rsplit('/').next().unwrap_or(&command);
    let key = match name {
        "postconf" => "program-postconf",
        "postqueue" => "program-postqueue",
        "postfix" => "program-postfix",
        "mailq" => "program-mailq",
        "hostname" => "program-hostname",
        _ => "program-remote",
    };
    o.part(0, &command, Say::new(key));
    for (word, bare) in words.take(ARGUMENTS) {
        let key = match (name, word.as_str()) {
            _ if bare => "shell-remote-sign",
            ("postconf", "-d") => "option-postconf-d",
            ("postconf", "-h") => "option-postconf-h",
            ("postconf", "-n") => "option-postconf-n",
            ("postconf", "-e") => "option-postconf-e",
            ("postqueue", "-p") => "option-postqueue-p",
            ("postqueue", "-f") => "option-postqueue-f",
            _ => "shell-argument",
        };
        o.part(1, word, Say::new(key));
    }
}

/// The words of the line that ssh hands over, as the shell on the host takes it apart; true with those that are a sign to
/// it: a redirection, a pipe, the end of a command.
fn remote_words(line: &str) -> Vec<(String, bool)> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ' | '\t' | '\n') => words.extend(word.take().map(|word| (word, false))),
            (None, '<' | '>' | '|' | '&' | ';') => {
                words.extend(word.take().map(|word| (word, false)));
                words.push((c.to_string(), true));
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word.map(|word| (word, false)));
    words
}

/// `zone SUBCOMMAND ZONE RECORD`.
fn zone(o: &mut Opening<'_>, arguments: &[String]) {
    for (at, argument) in arguments.iter().enumerate() {
        if at == 2 && matches!(arguments.first().map(String::as_str), Some("add" | "delete" | "del")) {
            o.part(1, arguments.get(2..).unwrap_or_default().join(" "), Say::new("zone-record"));
            return super::super::dns::record(o, 2, &arguments.get(2..).unwrap_or_default().join(" "));
        }
        let say = match at {
            0 if programs::ZONE.contains(&argument.as_str()) => Say::keyed(format!("zone-{argument}")),
            1 => Say::new("zone-name"),
            _ => Say::new("shell-argument"),
        };
        o.part(1, argument, say);
    }
}

/// A line for telnet's own prompt.
pub(super) fn telnet(o: &mut Opening<'_>, line: &str) {
    let mut words = line.split_whitespace();
    let Some(word) = words.next() else { return };
    let known = programs::TELNET.iter().find(|c| c.starts_with(&word.to_ascii_lowercase()));
    let key = match known.copied() {
        Some("quit") => "telnet-quit",
        Some("close" | "logout") => "telnet-close",
        Some("open") => "telnet-open",
        Some("status") => "telnet-status",
        _ => "telnet-other",
    };
    o.part(0, word, Say::new(key));
    words.for_each(|w| o.part(1, w, Say::new("shell-argument")));
}

/// What stands between programs in a line: pipes, files, variables. `bare`: no program ran.
pub(super) fn around(o: &mut Opening<'_>, line: &str, bare: bool) {
    let mut seen: Vec<&'static str> = Vec::new();
    let mut say = |o: &mut Opening<'_>, piece: &str, key: &'static str| {
        if !seen.contains(&key) {
            seen.push(key);
            o.part(0, piece, Say::new(key));
        }
    };
    let (mut quote, mut chars, mut before) = (None, line.char_indices().peekable(), ' ');
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        match (quote, c) {
            (None, '\'') => {
                let inside = line.get(at..).unwrap_or_default();
                let end = inside.get(1..).and_then(|rest| rest.find('\'')).map_or(inside.len(), |e| e + 2);
                say(o, inside.get(..end).unwrap_or(inside), "shell-quoted");
                quote = Some(c);
            }
            (None, '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '\\') => _ = chars.next(),
            (Some('\''), _) => {}
            (_, '$') if next == Some('(') => say(o, "$(…)", "shell-substitution"),
            (_, '$') if next.is_some_and(|n| n.is_alphabetic() || matches!(n, '_' | '?' | '{')) => {
                say(o, "$", "shell-variable");
            }
            (None, '#') if before.is_whitespace() => {
                return say(o, line.get(at..).unwrap_or_default(), "shell-comment");
            }
            (None, '|') if next == Some('|') => {
                chars.next();
                say(o, "||", "shell-or");
            }
            (None, '|') => say(o, "|", "shell-pipe"),
            (None, '&') if next == Some('&') => {
                chars.next();
                say(o, "&&", "shell-and");
            }
            (None, '>') if before == '2' => say(o, "2>", "shell-errors"),
            (None, '>') if next == Some('>') => {
                chars.next();
                say(o, ">>", "shell-append-file");
            }
            (None, '>') => say(o, ">", "shell-to-file"),
            (None, '<') => say(o, "<", "shell-from-file"),
            (None, ';') => say(o, ";", "shell-then"),
            _ => {}
        }
        before = c;
    }
    let assigned = line.trim().split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    if bare && assigned {
        o.part(0, line.trim(), Say::new("shell-assignment"));
    }
}
