//! The command line's one definition: a table of commands and options that feeds the parser, the help and the
//! suggestions.

use super::{Streams, check, host, new, play, schema, serve};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io;

/// An option of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flag {
    /// Its name without `--`.
    pub(super) name: &'static str,
    /// What stands for its value in the help; none for a switch.
    pub(super) value: Option<&'static str>,
    /// What it does.
    help: &'static str,
}

/// A command.
#[derive(Debug)]
pub(super) struct Command {
    /// Its name.
    pub(super) name: &'static str,
    /// What may follow it beside options, and how many at least and at most.
    operands: (&'static str, usize, usize),
    /// One line for the list of commands.
    summary: &'static str,
    /// What else there is to know.
    about: &'static str,
    flags: &'static [Flag],
    /// What it does; gives the exit status.
    pub(super) run: fn(&Parsed, &mut Streams<'_>) -> io::Result<u8>,
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        self.name == other.name
    }
}

const HELP: Flag = Flag { name: "help", value: None, help: "show this help" };
const VERSION: Flag = Flag { name: "version", value: None, help: "show the version" };

const SEED: Flag = Flag {
    name: "seed",
    value: Some("N"),
    help: "draw the variables from this number (default 1); the same number draws the same",
};
const LANG: Flag =
    Flag { name: "lang", value: Some("de|en"), help: "the language of texts and of the world (default en)" };
const JSON: Flag = Flag {
    name: "json",
    value: None,
    help: "print one JSON object instead: scenario, seed, points, max_points, steps, events",
};

const FAULTS_JSON: Flag = Flag {
    name: "json",
    value: None,
    help: "print one JSON object instead: for each file its faults with code, severity, place and what would be right",
};

const MUTATE: Flag = Flag {
    name: "mutate",
    value: None,
    help: "play each solution with single lines left out or swapped instead, and show which lines matter",
};

const DATA: Flag = Flag {
    name: "data",
    value: Some("DIR"),
    help: "the data directory (default ./helo-data); made where it is missing",
};
const WEB: Flag = Flag {
    name: "web",
    value: Some("ADDR:PORT"),
    help: "where the pages are (default 127.0.0.1:8025); the next free port where that one is taken",
};
const SCENARIOS: Flag = Flag {
    name: "scenarios",
    value: Some("DIR"),
    help: "the folder of scenarios (default ./scenarios, and where it is missing the ones helo brings along)",
};

const STATIC: Flag = Flag {
    name: "static",
    value: Some("DIR"),
    help: "for whoever works on the pages: styles and modules from this folder, as they are at each request",
};

const PORTS: Flag = Flag {
    name: "ports",
    value: Some("LIST"),
    help: "other ports than the usual ones, such as smtp=2600,imap=0; 0: any that is free, off: none",
};
const MAIL: Flag = Flag {
    name: "mail",
    value: Some("ADDR"),
    help: "where the mail ports are (default 127.0.0.1); a loopback address",
};
const NO_MAIL: Flag = Flag { name: "no-mail", value: None, help: "open no mail ports" };
const CA: Flag = Flag {
    name: "ca",
    value: Some("FILE"),
    help: "write the certificate of the scenario's authority into this file (PEM)",
};
const EVENTS: Flag = Flag {
    name: "json",
    value: None,
    help: "print each event, and at the end the report, as a line of JSON",
};
const KEEP: Flag = Flag {
    name: "data",
    value: Some("DIR"),
    help: "keep the record in this data directory (default: a temporary one)",
};

/// All commands.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "check",
        operands: ("[FILE|DIR]...", 0, usize::MAX),
        summary: "find the faults of scenarios, and play their solutions and counterexamples",
        about: "\
Reads each FILE, and all .toml files in each DIR (default: scenarios/), and shows every fault with its place. Plays
every solution and counterexample with 20 seeds in both languages: a solution must earn everything and make no
mistake, a counterexample must earn and be told exactly what it says.

With --mutate it shows instead, for each line of each solution, how many points are lost without it, and with the next
line before it. A line that can be left out without losing a point is a fault, unless the script says `@optional`.

Exit status: 0 clean (warnings do not count), 1 faults, 2 wrong usage or a file that cannot be read.",
        flags: &[FAULTS_JSON, MUTATE, HELP],
        run: check::run,
    },
    Command {
        name: "new",
        operands: ("FILE", 1, 1),
        summary: "write a scenario to start from",
        about: "\
Writes a whole small scenario into FILE, with a word on each of its parts, for you to change. The file is named after
the scenario's id, such as my-scenario.toml. A file that is there is left as it is.

Exit status: 0 written, 2 wrong usage, or the file is there or cannot be written.",
        flags: &[HELP],
        run: new::run,
    },
    Command {
        name: "play",
        operands: ("FILE", 1, 1),
        summary: "play a scenario at this terminal or with a script, and show what it earns",
        about: "\
Each line is typed at the workstation's terminal, as in a scenario's solution: `@2 LINE` at terminal
2, `@key ^]` presses a key (also ^C ^D ^Z), `@wait 60s` lets time pass, `@hint STEP` takes a hint, `@answer STEP TEXT`
answers a question, `@paste` to `@end` is pasted at once, `@@` is a literal `@`. Where standard input is a terminal
each line is done as it is typed, and Ctrl-D ends; else standard input is the script. Then come the conversations on
the wire, C: the client's lines and S: the server's, and the report.

Exit status: 0 played, 1 the scenario has faults, 2 wrong usage, a file that cannot be read or a script with faults.",
        flags: &[SEED, LANG, JSON, HELP],
        run: play::run,
    },
    Command {
        name: "schema",
        operands: ("", 0, 0),
        summary: "print the JSON Schema of scenarios, for editors that know TOML",
        about: "\
Prints the JSON Schema (draft-04) of the scenario format. Put it beside your scenarios,

  helo schema > helo.schema.json

and an editor that knows TOML with schemas (Taplo, \"Even Better TOML\" in VS Code, Helix, Zed ...) completes keys, shows
what each means and marks what cannot be. It finds the schema by the first line of a scenario, as `helo new` writes it:

  #:schema ./helo.schema.json

What a schema cannot know (that a host exists, that a solution solves) `helo check` does.

Exit status: 0.",
        flags: &[HELP],
        run: schema::run,
    },
    Command {
        name: "host",
        operands: ("FILE", 1, 1),
        summary: "open a scenario's servers at real ports, for real mail programs, without the web",
        about: "\
Begins an attempt at the scenario and opens its servers at ports of this machine, for telnet, openssl, swaks, mutt and
every other mail program. Prints one line for each port, the service and where it listens; `ready` on a line of its own
once all of them do; then what happens, as it happens. Ctrl-C ends it with the report, and pressed again before all was
shown, at once. The usual ports are smtp 2525, submission 2587, smtps 2465, pop3 2110, pop3s 2995, imap 2143, imaps
2993; one that is taken makes way for the next free one, unless it was named with --ports.

The attempt may go far enough for hours of a load test: a thousand million inputs, a hundred million messages, and 4 GiB
of them at the same time in mailboxes and queues. What no longer fits is refused as by a server whose disk is full.
Where it takes no input any more, helo says so, closes the ports and ends with the report.

Exit status: 0 stopped, 1 the scenario has faults, a port cannot be opened or the attempt is used up, 2 wrong usage or a
file that cannot be read or written.",
        flags: &[SEED, LANG, PORTS, MAIL, CA, EVENTS, KEEP, HELP],
        run: host::run,
    },
    SERVE,
];

/// The command that is meant where none is named.
const SERVE: Command = Command {
    name: "serve",
    operands: ("", 0, 0),
    summary: "open the lab in the browser (the same as `helo` alone)",
    about: "\
Serves the lab to the browser on this machine and prints its address. Everything typed is kept in the data directory:
stop helo, start it again, and every open page goes on where it was, even in the middle of a mail. For mail programs of
your own it opens mail ports on this machine, which lead into the attempt that you choose on its page.

Exit status: 0 stopped by Ctrl-C, 1 it could not start (the data directory is in use, no free port), 2 wrong usage.",
    flags: &[DATA, WEB, SCENARIOS, MAIL, PORTS, NO_MAIL, STATIC, HELP],
    run: serve::run,
};

/// What the arguments ask for.
#[derive(Debug, PartialEq)]
pub(super) enum Asked {
    /// Help on all, or on one command.
    Help(Option<&'static Command>),
    /// The version.
    Version,
    /// A command.
    Run(Parsed),
}

/// A command with its options and operands.
#[derive(Debug, PartialEq)]
pub(super) struct Parsed {
    pub(super) command: &'static Command,
    /// Options given, by name; a switch has an empty value. Of one given twice the last counts.
    pub(super) options: BTreeMap<&'static str, String>,
    pub(super) operands: Vec<OsString>,
}

impl Parsed {
    /// An option's value; `None` where it was not given.
    pub(super) fn option(&self, flag: &str) -> Option<&str> {
        self.options.get(flag).map(String::as_str)
    }
}

/// Reads the arguments (without the program's name).
///
/// # Errors
/// What is wrong and what would be right, in one line.
pub(super) fn parse(args: &[OsString]) -> Result<Asked, String> {
    let Some((first, rest)) = args.split_first() else { return options(find(SERVE.name)?, &[]) };
    let first = first.to_string_lossy();
    match first.as_ref() {
        "--help" | "-h" => return Ok(Asked::Help(None)),
        "--version" | "-V" => return Ok(Asked::Version),
        "help" => {
            let command = rest.first().map(|name| find(&name.to_string_lossy())).transpose()?;
            return Ok(Asked::Help(command));
        }
        _ => {}
    }
    if first.starts_with('-') {
        let known = ["--help", "--version"];
        return Err(format!("unknown option `{first}`{}", did_you_mean(&first, known)));
    }
    options(find(&first)?, rest)
}

fn find(name: &str) -> Result<&'static Command, String> {
    let names = || COMMANDS.iter().map(|c| c.name);
    COMMANDS.iter().find(|c| c.name == name).ok_or_else(|| {
        let otherwise = || format!("; there are {}", names().collect::<Vec<_>>().join(", "));
        let hint = Some(did_you_mean(name, names())).filter(|h| !h.is_empty());
        format!("unknown command `{name}`{}", hint.unwrap_or_else(otherwise))
    })
}

fn options(command: &'static Command, args: &[OsString]) -> Result<Asked, String> {
    let mut parsed = Parsed { command, options: BTreeMap::new(), operands: Vec::new() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let text = arg.to_string_lossy();
        if text == "--" {
            parsed.operands.extend(args.by_ref().cloned());
        } else if text == "-h" {
            return Ok(Asked::Help(Some(command)));
        } else if let Some(option) = text.strip_prefix("--") {
            let (name, inline) = option.split_once('=').map_or((option, None), |(n, v)| (n, Some(v)));
            let flag = command.flags.iter().find(|flag| flag.name == name).ok_or_else(|| {
                let known: Vec<String> = command.flags.iter().map(|f| format!("--{}", f.name)).collect();
                let hint = did_you_mean(&format!("--{name}"), known.iter().map(String::as_str));
                format!("unknown option `--{name}`{hint}")
            })?;
            if *flag == HELP {
                return Ok(Asked::Help(Some(command)));
            }
            let value = match (flag.value, inline) {
                (None, None) => String::new(),
                (None, Some(_)) => return Err(format!("`--{name}` takes no value")),
                (Some(_), Some(value)) => value.to_owned(),
                (Some(shown), None) => args
                    .next()
                    .map(|value| value.to_string_lossy().into_owned())
                    .ok_or_else(|| format!("`--{name}` needs a value: --{name} {shown}"))?,
            };
            parsed.options.insert(flag.name, value);
        } else if text.len() > 1 && text.starts_with('-') {
            return Err(format!("unknown option `{text}`; a file of that name is written `./{text}`"));
        } else {
            parsed.operands.push(arg.clone());
        }
    }
    let (shown, least, most) = command.operands;
    if parsed.operands.len() < least {
        return Err(format!("`helo {}` needs {shown}", command.name));
    }
    match parsed.operands.get(most).map(OsString::as_os_str).map(OsStr::to_string_lossy) {
        Some(extra) if shown.is_empty() => {
            Err(format!("`helo {}` takes options alone, and `{extra}` is too much", command.name))
        }
        Some(extra) => Err(format!("`helo {}` takes {shown}, and `{extra}` is too much", command.name)),
        None => Ok(Asked::Run(parsed)),
    }
}

fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known.into_iter().map(|k| (strsim::damerau_levenshtein(word, k), k)).min();
    match near {
        Some((distance, near)) if distance <= near.len().div_ceil(3) => format!("; did you mean `{near}`?"),
        _ => String::new(),
    }
}

/// The help on all commands, or on one.
pub(super) fn help(command: Option<&Command>) -> String {
    match command {
        None => {
            let mut text = String::from(
                "helo, a mail-protocol learning lab: speak SMTP, POP3, IMAP and DNS by hand in a small internet of your own.\n\n\
                 Usage: helo [COMMAND [OPTION]...]\n\nCommands:\n",
            );
            let rows = COMMANDS.iter().map(|c| (usage(c), c.summary));
            text.push_str(&table(rows));
            text.push_str("\nOptions:\n");
            text.push_str(&table([HELP, VERSION].iter().map(|f| (option(f), f.help))));
            text.push_str("\n`helo COMMAND --help` tells more.\n");
            text
        }
        Some(command) => {
            let rows = command.flags.iter().map(|f| (option(f), f.help));
            let (usage, about) = (usage(command), command.about);
            format!("Usage: helo {usage}\n\n{about}\n\nOptions:\n{}", table(rows))
        }
    }
}

fn usage(command: &Command) -> String {
    let options = if command.flags.len() > 1 { " [OPTION]..." } else { "" };
    format!("{}{options} {}", command.name, command.operands.0).trim_end().to_owned()
}

fn option(flag: &Flag) -> String {
    match flag.value {
        Some(value) => format!("--{} {value}", flag.name),
        None => format!("--{}", flag.name),
    }
}

fn table<'a>(rows: impl Iterator<Item = (String, &'a str)>) -> String {
    let rows: Vec<(String, &str)> = rows.collect();
    let width = rows.iter().map(|(left, _)| left.len()).max().unwrap_or_default();
    rows.iter().map(|(left, right)| format!("  {left:width$}  {right}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, String> {
        parse(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn arguments_are_read() {
        for (line, shown) in [
            ("check", "check [] []"),
            ("check a.toml b", "check [] [a.toml b]"),
            ("check -- --odd.toml", "check [] [--odd.toml]"),
            ("play a.toml", "play [] [a.toml]"),
            ("play a.toml --seed 7 --lang de", "play [lang=de seed=7] [a.toml]"),
            ("play --seed=7 --json a.toml", "play [json= seed=7] [a.toml]"),
            ("play --seed 1 --seed 2 a.toml", "play [seed=2] [a.toml]"),
            ("play -", "play [] [-]"),
            ("", "serve [] []"),
            ("serve --web 127.0.0.1:0", "serve [web=127.0.0.1:0] []"),
        ] {
            let Ok(Asked::Run(parsed)) = asked(line) else { panic!("{line}") };
            let options: Vec<String> = parsed.options.iter().map(|(k, v)| format!("{k}={v}")).collect();
            let operands: Vec<_> = parsed.operands.iter().map(|o| o.to_string_lossy()).collect();
            let found = format!("{} [{}] [{}]", parsed.command.name, options.join(" "), operands.join(" "));
            assert_eq!(found, shown, "{line}");
        }
        for line in ["--help", "-h", "help"] {
            assert_eq!(asked(line), Ok(Asked::Help(None)), "{line}");
        }
        for line in ["check --help", "check -h x", "help check"] {
            assert_eq!(asked(line), Ok(Asked::Help(COMMANDS.first())), "{line}");
        }
        assert_eq!(asked("--version"), Ok(Asked::Version));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        for (line, fault) in [
            ("chekc", "unknown command `chekc`; did you mean `check`?"),
            ("frobnicate", "unknown command `frobnicate`; there are check, new, play, schema, host, serve"),
            ("help plya", "unknown command `plya`; did you mean `play`?"),
            ("--verison", "unknown option `--verison`; did you mean `--version`?"),
            ("--frobnicate", "unknown option `--frobnicate`"),
            ("play a --sede 7", "unknown option `--sede`; did you mean `--seed`?"),
            ("play a --seed", "`--seed` needs a value: --seed N"),
            ("play a --json=yes", "`--json` takes no value"),
            ("play a -s", "unknown option `-s`; a file of that name is written `./-s`"),
            ("play", "`helo play` needs FILE"),
            ("play a b", "`helo play` takes FILE, and `b` is too much"),
        ] {
            assert_eq!(asked(line), Err(fault.to_owned()), "{line}");
        }
    }
}
