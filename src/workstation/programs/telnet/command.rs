//! The commands at telnet's own prompt, as GNU inetutils has them.

use super::super::super::io::Io;
use super::nvt::SPECIALS;

/// What the command asks the program to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Back to the connection; without one, the prompt again.
    Resume,
    /// The prompt again.
    Prompt,
    /// Close the connection and end.
    Quit,
    /// Close the connection.
    Close,
    /// Open a connection: the words after `open`.
    Open(Vec<String>),
    /// Send octets, then back to the connection.
    Send(Vec<u8>),
    /// Give the server each key as it is pressed, or whole lines.
    Mode {
        /// Each key.
        character: bool,
    },
    /// Enter in character mode is CR LF from now on, or CR NUL again.
    Crlf,
}

/// The commands in the order in which `?` lists them.
const COMMANDS: [(&str, &str); 18] = [
    ("close", "close current connection"),
    ("logout", "forcibly logout remote user and close the connection"),
    ("display", "display operating parameters"),
    ("mode", "try to enter line or character mode ('mode ?' for more)"),
    ("open", "connect to a site"),
    ("quit", "exit telnet"),
    ("send", "transmit special characters ('send ?' for more)"),
    ("set", "set operating parameters ('set ?' for more)"),
    ("unset", "unset operating parameters ('unset ?' for more)"),
    ("status", "print status information"),
    ("toggle", "toggle operating parameters ('toggle ?' for more)"),
    ("slc", "change state of special characters ('slc ?' for more)"),
    ("auth", "turn on (off) authentication ('auth ?' for more)"),
    ("encrypt", "turn on (off) encryption ('encrypt ?' for more)"),
    ("z", "suspend telnet"),
    ("!", "invoke a subshell"),
    ("environ", "change environment variables ('environ ?' for more)"),
    ("?", "print help information"),
];

/// The names of the commands.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name)
}

const PARAMETERS: &str = "\
will flush output when sending interrupt characters.
won't send interrupt characters in urgent mode.
won't send login name and/or authentication information.
won't skip reading of ~/.telnetrc file.
won't map carriage return on output.
will recognize certain control characters.
won't turn on socket level debugging.
won't print hexadecimal representation of network traffic.
won't print user readable output for \"netdata\".
won't show option processing.
won't print hexadecimal representation of terminal traffic.

escape          [^]]
interrupt       [^C]
eof             [^D]
susp            [^Z]
";

/// What telnet knows of itself when a command is typed.
pub(super) struct Standing<'a> {
    /// The host connected to.
    pub(super) peer: Option<&'a str>,
    /// The escape character.
    pub(super) escape: &'a str,
    /// Each key is sent as it is pressed.
    pub(super) character: bool,
    /// Enter is CR LF in that mode.
    pub(super) crlf: bool,
}

/// Carries out a line typed at `telnet> `.
pub(super) fn run(io: &mut Io, line: &str, standing: &Standing) -> Asked {
    let peer = standing.peer;
    let mut words = line.split_whitespace().map(str::to_owned);
    let Some(word) = words.next() else { return Asked::Resume };
    let rest: Vec<String> = words.collect();
    let name = match find(&word) {
        Ok(name) => name,
        Err(said) => {
            io.print(said);
            return Asked::Prompt;
        }
    };
    let connected = peer.is_some();
    match name {
        "quit" => Asked::Quit,
        "close" | "logout" | "send" | "mode" if !connected => {
            io.print("?Need to be connected first.\n");
            Asked::Prompt
        }
        "close" => Asked::Close,
        "open" => match peer {
            Some(host) => {
                io.print(&format!("?Already connected to {host}\n"));
                Asked::Prompt
            }
            None => Asked::Open(rest),
        },
        "send" => send(io, &rest),
        "mode" => mode(io, &rest),
        "toggle" | "set" | "unset" if rest.first().is_some_and(|w| is_crlf(w)) => match name {
            "set" if standing.crlf => Asked::Resume,
            "unset" if !standing.crlf => Asked::Resume,
            _ => Asked::Crlf,
        },
        "status" => {
            status(io, standing);
            Asked::Resume
        }
        "display" => {
            io.print(PARAMETERS);
            Asked::Resume
        }
        "?" => {
            help(io, &rest);
            Asked::Prompt
        }
        "z" => {
            io.hint("there is no job control here; use another terminal beside this one");
            Asked::Resume
        }
        "!" => {
            io.hint("use another terminal for other commands");
            Asked::Resume
        }
        other => {
            io.hint(&format!("this telnet only carries lines; `{other}` has nothing to do here"));
            Asked::Resume
        }
    }
}

/// The command a word means, in full or so far that only one is meant; else what telnet says.
fn find(word: &str) -> Result<&'static str, &'static str> {
    let word = if word == "help" || word == "h" { "?" } else { word };
    let mut candidates = COMMANDS.iter().map(|(name, _)| *name).filter(|n| n.starts_with(word));
    match (COMMANDS.iter().find(|(n, _)| *n == word), candidates.next(), candidates.next()) {
        (Some((exact, _)), ..) => Ok(exact),
        (None, Some(only), None) => Ok(only),
        (None, Some(_), Some(_)) => Err("?Ambiguous command\n"),
        _ => Err("?Invalid command\n"),
    }
}

fn help(io: &mut Io, topics: &[String]) {
    if topics.is_empty() {
        let lines = COMMANDS.iter().map(|(name, help)| format!("{name:<8}\t{help}\n"));
        let list: String = lines.collect();
        io.print(&format!("Commands may be abbreviated.  Commands are:\n\n{list}"));
        return;
    }
    for topic in topics {
        let help = find(topic).ok().and_then(|name| COMMANDS.iter().find(|(n, _)| *n == name));
        match help {
            Some((_, help)) => io.print(&format!("{help}\n")),
            None => io.print(&format!("?Invalid help command {topic}\n")),
        }
    }
}

fn status(io: &mut Io, standing: &Standing) {
    let how = if standing.character {
        "Operating in single character mode\nCatching signals locally\nRemote character echo\n"
    } else {
        "Operating in obsolete linemode\nLocal character echo\n"
    };
    match standing.peer {
        Some(host) => io.print(&format!("Connected to {host}.\n{how}")),
        None => io.print("No connection.\n"),
    }
    io.print(&format!("Escape character is '{}'.\n", standing.escape));
}

/// `crlf`, as far as only that is meant.
fn is_crlf(word: &str) -> bool {
    word.len() > 2 && "crlf".starts_with(word)
}

fn mode(io: &mut Io, words: &[String]) -> Asked {
    let Some(word) = words.first() else {
        io.print("'mode' command requires an argument\n'mode ?' for help.\n");
        return Asked::Prompt;
    };
    match word.as_str() {
        word if "character".starts_with(word) => Asked::Mode { character: true },
        // `litecho` begins so too.
        "l" | "li" => {
            io.print(&format!("Ambiguous mode '{word}' ('mode ?' for help).\n"));
            Asked::Prompt
        }
        word if "line".starts_with(word) => Asked::Mode { character: false },
        "?" | "help" => {
            io.print(
                "format is:  'mode Mode', where 'Mode' is one of:\n\n\
                 character       each key is sent as it is pressed\n\
                 line            a line is sent when Enter is pressed\n\n\
                 ?               Print help information\n",
            );
            Asked::Prompt
        }
        "isig" | "-isig" | "edit" | "-edit" | "softtabs" | "-softtabs" | "litecho" | "-litecho" => {
            io.print("?Need to have LINEMODE option enabled first.\n'mode ?' for help.\n");
            Asked::Prompt
        }
        word => {
            io.print(&format!("Unknown mode '{word}' ('mode ?' for help).\n"));
            Asked::Prompt
        }
    }
}

fn send(io: &mut Io, words: &[String]) -> Asked {
    if words.is_empty() {
        io.print("need at least one argument for 'send' command\n'send ?' for help\n");
        return Asked::Prompt;
    }
    let mut octets = Vec::new();
    for word in words {
        if word == "?" || word == "help" {
            let list: String =
                SPECIALS.iter().map(|(name, _, help)| format!("{name:<15} {help}\n")).collect();
            io.print(&list);
            return Asked::Prompt;
        }
        let exact = SPECIALS.iter().find(|(name, ..)| name == word);
        let mut near = SPECIALS.iter().filter(|(name, ..)| name.starts_with(word.as_str()));
        match (exact, near.next(), near.next()) {
            (Some((_, what, _)), ..) | (None, Some((_, what, _)), None) => octets.extend_from_slice(what),
            (None, Some(_), Some(_)) => {
                io.print(&format!("Ambiguous send argument '{word}'\n'send ?' for help.\n"));
                return Asked::Prompt;
            }
            _ => {
                io.print(&format!("Unknown send argument '{word}'\n'send ?' for help.\n"));
                return Asked::Prompt;
            }
        }
    }
    Asked::Send(octets)
}
