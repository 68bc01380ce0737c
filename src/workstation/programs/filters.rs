//! Programs that read files or their input to the end and then write: `wc`, `head`, `tail`, and what others share.

use super::super::io::{Io, PIPE_LIMIT};
use super::options::Given;
use super::{Flow, Program, Spec, text};

/// What is to be done with the files once they are read.
type Act = Box<dyn FnOnce(&mut Io, Vec<Source>) -> Flow + Send>;

/// A file that was read, or why it was not.
#[derive(Debug)]
pub(super) struct Source {
    /// As it was named; `-` is the input.
    pub(super) name: String,
    /// Its octets, or what the system said.
    pub(super) octets: Result<Vec<u8>, String>,
}

/// The files to read and what then happens.
pub(super) struct Work {
    names: Vec<Vec<u8>>,
    act: Act,
}

impl Work {
    /// Reads `names` (the input, where there are none) and then does `act`.
    pub(super) fn new(
        names: Vec<Vec<u8>>,
        act: impl FnOnce(&mut Io, Vec<Source>) -> Flow + Send + 'static,
    ) -> Work {
        let names = if names.is_empty() { vec![b"-".to_vec()] } else { names };
        Work { names, act: Box::new(act) }
    }
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work").field("names", &self.names).finish_non_exhaustive()
    }
}

/// Reads the arguments of a filter.
pub(super) type Prepare = fn(&mut Io, &'static Spec, &Given) -> Result<Work, u8>;

/// A program that reads everything before it writes.
#[derive(Debug)]
pub(super) struct Filter {
    name: &'static str,
    prepare: Prepare,
    work: Option<Work>,
    input: Vec<u8>,
}

impl Filter {
    pub(super) fn new(name: &'static str, prepare: Prepare) -> Filter {
        Filter { name, prepare, work: None, input: Vec::new() }
    }

    fn finish(&mut self, io: &mut Io) -> Flow {
        let Some(work) = self.work.take() else { return Flow::Exit(1) };
        let input = std::mem::take(&mut self.input);
        let sources = work.names.iter().map(|name| {
            let name = text(name);
            let octets = if name == "-" {
                Ok(input.clone())
            } else {
                io.machine.files.read(&name).map(<[u8]>::to_vec).map_err(|f| f.to_string())
            };
            Source { name, octets }
        });
        let sources = sources.collect();
        (work.act)(io, sources)
    }
}

impl Program for Filter {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let Some(spec) = super::find(self.name) else { return Flow::Exit(1) };
        let args = if matches!(self.name, "head" | "tail") { old_form(args) } else { args.to_vec() };
        let work = spec.read(io, &args).and_then(|given| (self.prepare)(io, spec, &given));
        match work {
            Err(status) => return Flow::Exit(status),
            Ok(work) => self.work = Some(work),
        }
        if self.reads() { Flow::Running } else { self.finish(io) }
    }

    fn input(&mut self, _io: &mut Io, octets: &[u8]) -> Flow {
        let room = PIPE_LIMIT.saturating_sub(self.input.len());
        self.input.extend_from_slice(octets.get(..room).unwrap_or(octets));
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        self.finish(io)
    }

    fn reads(&self) -> bool {
        self.work.as_ref().is_some_and(|w| w.names.iter().any(|n| n == b"-"))
    }
}

/// `-5` as `-n 5`.
fn old_form(args: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let digits =
        |a: &[u8]| a.len() > 1 && a.first() == Some(&b'-') && a.iter().skip(1).all(u8::is_ascii_digit);
    let mut out = Vec::with_capacity(args.len() + 1);
    for (i, arg) in args.iter().enumerate() {
        if i == 1 && digits(arg) {
            out.push(b"-n".to_vec());
            out.push(arg.get(1..).unwrap_or_default().to_vec());
        } else {
            out.push(arg.clone());
        }
    }
    out
}

/// All sources as one; what could not be read is complained about. The octets and the status.
pub(super) fn joined(io: &mut Io, program: &str, sources: Vec<Source>) -> (Vec<u8>, u8) {
    let (mut all, mut status) = (Vec::new(), 0);
    for source in sources {
        match source.octets {
            Ok(octets) => all.extend(octets),
            Err(fault) => {
                io.complain(&format!("{program}: {}: {fault}\n", source.name));
                status = 1;
            }
        }
    }
    (all, status)
}

/// `wc`.
pub(super) fn wc(_io: &mut Io, _spec: &'static Spec, given: &Given) -> Result<Work, u8> {
    let wanted: Vec<char> = "lwmc".chars().filter(|c| given.has(*c)).collect();
    let wanted = if wanted.is_empty() { vec!['l', 'w', 'c'] } else { wanted };
    let named = !given.operands.is_empty();
    Ok(Work::new(given.operands.clone(), move |io, sources| {
        let several = sources.len() > 1;
        // The columns are as wide as the largest number may be; input from a pipe may be of any length.
        let total: usize = sources.iter().filter_map(|s| s.octets.as_ref().ok()).map(Vec::len).sum();
        let width = match (wanted.len(), several, named) {
            (1, false, _) => 1,
            (_, _, false) => 7,
            _ => total.to_string().len(),
        };
        let (mut status, mut sums) = (0, vec![0; wanted.len()]);
        let line = |io: &mut Io, counts: &[usize], name: &str| {
            let columns: Vec<String> = counts.iter().map(|n| format!("{n:>width$}")).collect();
            let end = if name.is_empty() { String::new() } else { format!(" {name}") };
            io.print(&format!("{}{end}\n", columns.join(" ")));
        };
        for source in sources {
            match source.octets {
                Err(fault) => {
                    io.complain(&format!("wc: {}: {fault}\n", source.name));
                    status = 1;
                }
                Ok(octets) => {
                    let counts: Vec<usize> = wanted.iter().map(|c| count(&octets, *c)).collect();
                    sums.iter_mut().zip(&counts).for_each(|(s, n)| *s += n);
                    line(io, &counts, if named { &source.name } else { "" });
                }
            }
        }
        if several {
            line(io, &sums, "total");
        }
        Flow::Exit(status)
    }))
}

fn count(octets: &[u8], what: char) -> usize {
    match what {
        'l' => octets.iter().filter(|b| **b == b'\n').count(),
        'w' => octets.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).count(),
        // Octets that begin a character.
        'm' => octets.iter().filter(|b| **b & 0xc0 != 0x80).count(),
        _ => octets.len(),
    }
}

/// `head`.
pub(super) fn head(io: &mut Io, spec: &'static Spec, given: &Given) -> Result<Work, u8> {
    part(io, spec, given, |octets, lines, n, sign| {
        let all = pieces(octets, lines);
        let keep = if sign == Some('-') { all.len().saturating_sub(n) } else { n };
        all.into_iter().take(keep).flatten().copied().collect()
    })
}

/// `tail`.
pub(super) fn tail(io: &mut Io, spec: &'static Spec, given: &Given) -> Result<Work, u8> {
    part(io, spec, given, |octets, lines, n, sign| {
        let all = pieces(octets, lines);
        let skip = if sign == Some('+') { n.saturating_sub(1) } else { all.len().saturating_sub(n) };
        all.into_iter().skip(skip).flatten().copied().collect()
    })
}

fn pieces(octets: &[u8], lines: bool) -> Vec<&[u8]> {
    if lines { octets.split_inclusive(|b| *b == b'\n').collect() } else { octets.chunks(1).collect() }
}

/// What `head` and `tail` share: how many of what, and a heading for each of several files.
fn part(
    io: &mut Io,
    spec: &'static Spec,
    given: &Given,
    select: fn(&[u8], bool, usize, Option<char>) -> Vec<u8>,
) -> Result<Work, u8> {
    let lines = given.last_of("nc") != Some('c');
    let shown = given.value(if lines { 'n' } else { 'c' }).map_or_else(|| "10".to_owned(), text);
    let sign = shown.chars().next().filter(|c| matches!(c, '+' | '-'));
    let Ok(n) = shown.trim_start_matches(['+', '-']).parse::<usize>() else {
        let what = if lines { "lines" } else { "bytes" };
        io.complain(&format!("{}: invalid number of {what}: ‘{shown}’\n", spec.name));
        return Err(1);
    };
    Ok(Work::new(given.operands.clone(), move |io, sources| {
        let (several, mut first, mut status) = (sources.len() > 1, true, 0);
        for source in sources {
            match source.octets {
                Err(fault) => {
                    io.complain(&format!(
                        "{}: cannot open '{}' for reading: {fault}\n",
                        spec.name, source.name
                    ));
                    status = 1;
                }
                Ok(octets) => {
                    if several {
                        let gap = if first { "" } else { "\n" };
                        let name = if source.name == "-" { "standard input" } else { source.name.as_str() };
                        io.print(&format!("{gap}==> {name} <==\n"));
                        first = false;
                    }
                    io.out(&select(&octets, lines, n, sign));
                }
            }
        }
        Flow::Exit(status)
    }))
}
