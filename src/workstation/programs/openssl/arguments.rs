//! Options as all of OpenSSL's commands read them: one hyphen or two, whole words, and no option after the first
//! operand.

use super::super::super::io::Io;
use super::super::text;

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Nothing.
    Nothing,
    /// Anything.
    Value,
    /// A number that is not negative.
    Number,
    /// PEM or DER.
    Format,
}

/// An option of a command.
#[derive(Debug)]
pub(super) struct Opt {
    /// Its name without the hyphen.
    pub(super) name: &'static str,
    /// What it takes.
    pub(super) takes: Takes,
    /// What it does; empty where it is taken and changes nothing here.
    pub(super) help: &'static str,
}

/// An option without argument.
pub(super) const fn flag(name: &'static str, help: &'static str) -> Opt {
    Opt { name, takes: Takes::Nothing, help }
}

/// An option with an argument.
pub(super) const fn value(name: &'static str, takes: Takes, help: &'static str) -> Opt {
    Opt { name, takes, help }
}

/// A command of `openssl`.
#[derive(Debug)]
pub(super) struct Command {
    /// As it is typed.
    pub(super) name: &'static str,
    /// Its operands, in the usual notation.
    pub(super) operands: &'static str,
    /// What it does.
    pub(super) summary: &'static str,
    /// Its options.
    pub(super) options: &'static [Opt],
}

/// What was given to a command.
#[derive(Debug, Default)]
pub(super) struct Given {
    options: Vec<(&'static str, Vec<u8>)>,
    /// Words that are no options, such as the name of a digest written like one.
    pub(super) unknown: Vec<String>,
    /// What stands after the options.
    pub(super) operands: Vec<Vec<u8>>,
}

impl Given {
    /// Was the option given?
    pub(super) fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(n, _)| *n == name)
    }

    /// The option's argument, the last one where it was given often.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.octets(name).map(text)
    }

    /// The same as octets.
    pub(super) fn octets(&self, name: &str) -> Option<&[u8]> {
        self.options.iter().rev().find(|(n, _)| *n == name).map(|(_, v)| v.as_slice())
    }

    /// The argument of an option that takes a number.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.value(name).and_then(|v| v.parse().ok())
    }

    /// The options in the order in which they were given.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.options.iter().map(|(n, _)| *n)
    }
}

impl Command {
    /// Reads the arguments, the command's own name first. An unknown option is a fault unless `lenient`, which hands
    /// it on in [`Given::unknown`].
    ///
    /// # Errors
    /// The exit status with which the command ends: after a mistake, or because only help was wanted.
    pub(super) fn read(&'static self, io: &mut Io, args: &[Vec<u8>], lenient: bool) -> Result<Given, u8> {
        let mut given = Given::default();
        let mut args = args.iter().skip(1);
        while let Some(arg) = args.next() {
            let word = match arg.as_slice() {
                b"--" => break,
                b"-" => {
                    given.operands.push(arg.clone());
                    break;
                }
                [b'-', b'-', word @ ..] | [b'-', word @ ..] => text(word),
                _ => {
                    given.operands.push(arg.clone());
                    break;
                }
            };
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.as_bytes().to_vec())),
                None => (word, None),
            };
            if name == "help" {
                io.complain(&self.help());
                return Err(0);
            }
            let Some(option) = self.options.iter().find(|o| o.name == name) else {
                if lenient {
                    given.unknown.push(name);
                    continue;
                }
                return Err(self.fault(io, &format!("Unknown option: -{name}")));
            };
            let value = match (option.takes, joined) {
                (Takes::Nothing, None) => Vec::new(),
                (Takes::Nothing, Some(_)) => {
                    return Err(self.fault(io, &format!("Option -{name} does not take a value")));
                }
                (_, Some(value)) => value,
                (_, None) => match args.next() {
                    Some(value) => value.clone(),
                    None => return Err(self.fault(io, &format!("Option -{name} needs a value"))),
                },
            };
            self.check(io, option, &text(&value))?;
            given.options.push((option.name, value));
        }
        given.operands.extend(args.cloned());
        Ok(given)
    }

    fn check(&self, io: &mut Io, option: &Opt, value: &str) -> Result<(), u8> {
        let formats = ["pem", "der"];
        let said = match option.takes {
            Takes::Number if value.parse::<u32>().is_err() => format!("Can't parse \"{value}\" as a number"),
            Takes::Format if !formats.contains(&value.to_ascii_lowercase().as_str()) => {
                format!("Invalid format \"{value}\" for option -{}", option.name)
            }
            _ => return Ok(()),
        };
        Err(self.fault(io, &said))
    }

    /// A complaint, and where to find help; the exit status.
    pub(super) fn fault(&self, io: &mut Io, said: &str) -> u8 {
        io.complain(&format!("{}: {said}\n", self.name));
        self.use_help(io)
    }

    /// Where to find help; the exit status.
    pub(super) fn use_help(&self, io: &mut Io) -> u8 {
        io.complain(&format!("{}: Use -help for summary.\n", self.name));
        1
    }

    /// No operand is wanted.
    pub(super) fn no_operands(&self, io: &mut Io, given: &Given) -> Result<(), u8> {
        if given.operands.is_empty() { Ok(()) } else { Err(self.use_help(io)) }
    }

    /// What `-help` prints.
    pub(super) fn help(&self) -> String {
        let operands = if self.operands.is_empty() { String::new() } else { format!(" {}", self.operands) };
        let mut help = format!("Usage: {} [options]{operands}\n\nOptions:\n", self.name);
        help.push_str(&format!(" {:<26} {}\n", "-help", "Display this summary"));
        for o in self.options.iter().filter(|o| !o.help.is_empty()) {
            let takes = match o.takes {
                Takes::Nothing => "",
                Takes::Value => " val",
                Takes::Number => " +int",
                Takes::Format => " PEM|DER",
            };
            help.push_str(&format!(" {:<26} {}\n", format!("-{}{takes}", o.name), o.help));
        }
        help
    }
}
