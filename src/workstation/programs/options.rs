//! Options: one table for each program feeds the parser, the help and the complaints.

use super::super::io::Io;
use super::{Program, text};

/// A program, as the shell finds it and `help` describes it.
#[derive(Debug)]
pub(in crate::workstation) struct Spec {
    /// What is typed.
    pub(in crate::workstation) name: &'static str,
    /// Its arguments, in the usual notation.
    pub(in crate::workstation) synopsis: &'static str,
    /// What it does, in a few words.
    pub(in crate::workstation) summary: &'static str,
    /// Its options.
    pub(in crate::workstation) options: &'static [Opt],
    /// What else is worth knowing, for `help NAME`.
    pub(in crate::workstation) notes: &'static str,
    /// Whose manner its complaints have.
    pub(in crate::workstation) manner: Manner,
    /// Starts one.
    pub(in crate::workstation) make: fn() -> Box<dyn Program>,
}

/// An option.
#[derive(Debug)]
pub(in crate::workstation) struct Opt {
    /// Its letter; NUL where it has none.
    pub(in crate::workstation) short: char,
    /// Its long name; empty where it has none.
    pub(in crate::workstation) long: &'static str,
    /// The name of its argument; empty where it takes none.
    pub(in crate::workstation) value: &'static str,
    /// What it does.
    pub(in crate::workstation) help: &'static str,
}

/// Whose manner a program's complaints about options have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workstation) enum Manner {
    /// GNU coreutils: `Try 'NAME --help'`, status 1.
    Gnu,
    /// GNU inetutils: `Try 'NAME --help' or 'NAME --usage'`, status 64.
    Inetutils,
    /// The complaint, then this usage; status 1.
    Usage(&'static str),
    /// The complaint with "illegal", then this usage; status 1 (`host`).
    Illegal(&'static str),
    /// A command of bash itself, status 2.
    Builtin,
    /// The program reads its arguments itself.
    Own,
}

/// The options that were given, and what is left.
#[derive(Debug, Default)]
pub(in crate::workstation) struct Given {
    options: Vec<(&'static Opt, Vec<u8>)>,
    /// The arguments that are no options.
    pub(in crate::workstation) operands: Vec<Vec<u8>>,
}

impl Given {
    /// Was the option given?
    pub(in crate::workstation) fn has(&self, short: char) -> bool {
        self.options.iter().any(|(o, _)| o.short == short)
    }

    /// The option's argument, the last one where it was given often.
    pub(in crate::workstation) fn value(&self, short: char) -> Option<&[u8]> {
        self.options.iter().rev().find(|(o, _)| o.short == short).map(|(_, v)| v.as_slice())
    }

    /// The arguments of all options of this letter, in their order.
    pub(in crate::workstation) fn all(&self, short: char) -> impl Iterator<Item = &[u8]> {
        self.options.iter().filter(move |(o, _)| o.short == short).map(|(_, v)| v.as_slice())
    }

    /// The letter of the last given of these options.
    pub(in crate::workstation) fn last_of(&self, letters: &str) -> Option<char> {
        self.options.iter().rev().map(|(o, _)| o.short).find(|c| letters.contains(*c))
    }
}

/// A complaint about an option, as getopt words it.
enum Fault {
    Invalid(char),
    NeedsArgument(char),
    Unrecognized(String),
    LongNeedsArgument(String),
    TakesNoArgument(String),
    Ambiguous(String),
}

impl Spec {
    /// Reads the arguments after the program's name. On a mistake, and where only help was wanted, the text is
    /// printed and the exit status returned.
    ///
    /// # Errors
    /// The exit status with which the program ends.
    pub(in crate::workstation) fn read(&'static self, io: &mut Io, args: &[Vec<u8>]) -> Result<Given, u8> {
        let mut given = Given::default();
        let mut args = args.iter().skip(1);
        while let Some(arg) = args.next() {
            let parsed = match arg.as_slice() {
                b"--" => {
                    given.operands.extend(args.by_ref().cloned());
                    Ok(())
                }
                [b'-', b'-', long @ ..] if self.has_long() => {
                    if let Some(status) = self.asked_for_help(io, long) {
                        return Err(status);
                    }
                    self.long(&mut given, long, &mut args)
                }
                [b'-', letters @ ..] if !letters.is_empty() => self.short(&mut given, letters, &mut args),
                operand => {
                    given.operands.push(operand.to_vec());
                    // bash's own commands want their options first.
                    if self.manner == Manner::Builtin {
                        given.operands.extend(args.by_ref().cloned());
                    }
                    Ok(())
                }
            };
            if let Err(fault) = parsed {
                return Err(self.complain(io, &fault));
            }
        }
        Ok(given)
    }

    fn has_long(&self) -> bool {
        matches!(self.manner, Manner::Gnu | Manner::Inetutils)
    }

    fn asked_for_help(&self, io: &mut Io, long: &[u8]) -> Option<u8> {
        match long {
            b"help" => io.print(&self.help()),
            b"usage" if self.manner == Manner::Inetutils => {
                io.print(&format!("Usage: {} {}\n", self.name, self.synopsis));
            }
            b"version" => io.print(&format!("{} (helo)\n", self.name)),
            _ => return None,
        }
        Some(0)
    }

    fn short<'a>(
        &'static self,
        given: &mut Given,
        letters: &[u8],
        args: &mut impl Iterator<Item = &'a Vec<u8>>,
    ) -> Result<(), Fault> {
        let mut rest = letters;
        while let Some((&b, after)) = rest.split_first() {
            rest = after;
            let letter = char::from(b);
            let option = self.options.iter().find(|o| o.short == letter && letter != '\0');
            let option = option.ok_or(Fault::Invalid(letter))?;
            let mut value = Vec::new();
            if !option.value.is_empty() {
                value = if rest.is_empty() {
                    args.next().cloned().ok_or(Fault::NeedsArgument(letter))?
                } else {
                    std::mem::take(&mut rest).to_vec()
                };
            }
            given.options.push((option, value));
        }
        Ok(())
    }

    /// A long option: in full or so far that only one is meant, its argument after `=` or as the next.
    fn long<'a>(
        &'static self,
        given: &mut Given,
        long: &[u8],
        args: &mut impl Iterator<Item = &'a Vec<u8>>,
    ) -> Result<(), Fault> {
        let equals = long.iter().position(|b| *b == b'=');
        let name = text(long.get(..equals.unwrap_or(long.len())).unwrap_or_default());
        let value = equals.and_then(|e| long.get(e + 1..)).map(<[u8]>::to_vec);
        let named = |o: &&Opt| !o.long.is_empty() && o.long.starts_with(&name);
        let mut candidates = self.options.iter().filter(named);
        let option = match self.options.iter().find(|o| o.long == name && !name.is_empty()) {
            Some(exact) => exact,
            None => match (candidates.next(), candidates.next()) {
                (Some(only), None) => only,
                (Some(_), Some(_)) => return Err(Fault::Ambiguous(name)),
                _ => return Err(Fault::Unrecognized(text(long))),
            },
        };
        let value = match (option.value.is_empty(), value) {
            (true, Some(_)) => return Err(Fault::TakesNoArgument(option.long.to_owned())),
            (true, None) => Vec::new(),
            (false, Some(value)) => value,
            (false, None) => {
                args.next().cloned().ok_or_else(|| Fault::LongNeedsArgument(option.long.to_owned()))?
            }
        };
        given.options.push((option, value));
        Ok(())
    }

    fn complain(&self, io: &mut Io, fault: &Fault) -> u8 {
        let name = self.name;
        let said = match fault {
            Fault::Invalid(c) => match self.manner {
                Manner::Illegal(_) => format!("illegal option -- {c}"),
                Manner::Builtin => format!("-{c}: invalid option"),
                _ => format!("invalid option -- '{c}'"),
            },
            Fault::NeedsArgument(c) => match self.manner {
                Manner::Illegal(_) => format!("option requires an argument -- {c}"),
                Manner::Builtin => format!("-{c}: option requires an argument"),
                _ => format!("option requires an argument -- '{c}'"),
            },
            Fault::Unrecognized(l) => format!("unrecognized option '--{l}'"),
            Fault::LongNeedsArgument(l) => format!("option '--{l}' requires an argument"),
            Fault::TakesNoArgument(l) => format!("option '--{l}' doesn't allow an argument"),
            Fault::Ambiguous(l) => format!("option '--{l}' is ambiguous"),
        };
        match self.manner {
            Manner::Builtin => {
                io.complain(&format!("bash: {name}: {said}\n{name}: usage: {name} {}\n", self.synopsis));
                2
            }
            Manner::Usage(usage) | Manner::Illegal(usage) => {
                io.complain(&format!("{name}: {said}\n{usage}"));
                1
            }
            Manner::Inetutils => {
                io.complain(&format!("{name}: {said}\n"));
                self.try_help(io)
            }
            Manner::Gnu | Manner::Own => {
                io.complain(&format!("{name}: {said}\n"));
                self.try_help(io)
            }
        }
    }

    /// Where to find help, after a complaint; the exit status.
    pub(in crate::workstation) fn try_help(&self, io: &mut Io) -> u8 {
        let name = self.name;
        if self.manner == Manner::Inetutils {
            io.complain(&format!("Try '{name} --help' or '{name} --usage' for more information.\n"));
            return 64;
        }
        io.complain(&format!("Try '{name} --help' for more information.\n"));
        1
    }

    /// An operand too many, as coreutils complain; the exit status.
    pub(in crate::workstation) fn extra_operand(&self, io: &mut Io, operand: &[u8]) -> u8 {
        io.complain(&format!("{}: extra operand ‘{}’\n", self.name, text(operand)));
        self.try_help(io)
    }

    /// What `--help` prints.
    pub(in crate::workstation) fn help(&self) -> String {
        let mut help = format!("Usage: {} {}\n{}.\n", self.name, self.synopsis, self.summary);
        if !self.options.is_empty() {
            help.push('\n');
        }
        help.push_str(&self.option_lines());
        if !self.notes.is_empty() {
            help.push('\n');
            help.push_str(self.notes);
            help.push('\n');
        }
        help
    }

    /// The options, one on a line.
    pub(in crate::workstation) fn option_lines(&self) -> String {
        let mut lines = String::new();
        for o in self.options {
            let short = if o.short == '\0' { "   ".to_owned() } else { format!("-{}", o.short) };
            let mut form = match (o.long, o.value) {
                ("", "") => short,
                ("", value) => format!("{short} {value}"),
                (long, "") if o.short == '\0' => format!("{short} --{long}"),
                (long, "") => format!("{short}, --{long}"),
                (long, value) => format!("{short}, --{long}={value}"),
            };
            if form.len() > 23 {
                form.push_str("\n                          ");
                form.push_str("  ");
                lines.push_str(&format!("  {form}{}\n", o.help));
            } else {
                lines.push_str(&format!("  {form:<24}  {}\n", o.help));
            }
        }
        lines
    }
}
