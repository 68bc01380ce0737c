//! Runs a list of pipelines: starts programs, carries octets from one to the next, hands on keys, news and time.
//!
//! Nothing here waits. A job goes on as far as it can ([`Job::drive`]) and stops where a program runs that waits for
//! input, for the world or for a time.

use super::super::complete::Asks;
use super::super::io::{Io, Outputs, PIPE_LIMIT, Sink};
use super::super::programs::{self, Flow, KeyUse, Keying, Program, Spec};
use super::parse::{Command, Connector, List};
use super::stage::{Source, Stage};
use crate::event::{Event, Key};
use crate::units::{ConnId, Time};
use crate::world::Notice;

/// The exit status of a program that was ended by ^C: 128 and the number of SIGINT.
pub(in crate::workstation) const INTERRUPTED: u8 = 130;
/// The exit status of a program that wrote to a program that had ended: 128 and the number of SIGPIPE.
const BROKEN_PIPE: u8 = 141;

/// A list that is being run.
#[derive(Debug)]
pub(in crate::workstation) struct Job {
    rest: List,
    stages: Vec<Stage>,
    negate: bool,
    status: u8,
    source: Source,
    /// What came for a group and was not read yet, and whether that is all.
    pub(super) inbox: Vec<u8>,
    pub(super) input_ended: bool,
    outputs: Outputs,
    /// The command as it was typed, for hints.
    line: Vec<u8>,
    /// `exit` was run.
    left: bool,
}

/// What runs.
#[derive(Debug)]
pub(super) enum Runs {
    Nothing,
    Program { spec: &'static Spec, args: Vec<Vec<u8>>, program: Box<dyn Program> },
    Group(Box<Job>),
}

impl Job {
    /// A job of the terminal; `line` is what was typed.
    pub(in crate::workstation) fn new(list: List, line: Vec<u8>) -> Job {
        let outputs = Outputs { out: Sink::Screen, err: Sink::Screen };
        Job::with(list, line, Source::Terminal, outputs)
    }

    /// A job inside another.
    pub(super) fn with(rest: List, line: Vec<u8>, source: Source, outputs: Outputs) -> Job {
        Job {
            rest,
            stages: Vec::new(),
            negate: false,
            status: 0,
            source,
            inbox: Vec::new(),
            input_ended: false,
            outputs,
            line,
            left: false,
        }
    }

    /// Did the list end with `exit`?
    pub(in crate::workstation) fn left(&self) -> bool {
        self.left
    }

    /// Goes on as far as possible; true when everything has run.
    pub(in crate::workstation) fn drive(&mut self, io: &mut Io) -> bool {
        loop {
            self.pump(io);
            if self.stages.iter().any(|s| s.status.is_none()) {
                return false;
            }
            if let Some(last) = self.stages.last() {
                let status = last.status.unwrap_or(0);
                self.status = if self.negate { u8::from(status == 0) } else { status };
                io.env.status = self.status;
                self.stages.clear();
            }
            let Some((connector, pipeline)) = self.rest.pop_front() else { return true };
            let skip = match connector {
                Connector::Always => false,
                Connector::And => self.status != 0,
                Connector::Or => self.status == 0,
            };
            if !skip {
                self.negate = pipeline.negate;
                self.begin(pipeline.commands, io);
            }
        }
    }

    /// Starts the commands of a pipeline, from left to right.
    fn begin(&mut self, commands: Vec<Command>, io: &mut Io) {
        let last = commands.len().saturating_sub(1);
        for (i, command) in commands.into_iter().enumerate() {
            let outputs = if i == last {
                self.outputs.clone()
            } else {
                Outputs { out: Sink::Pipe, err: self.outputs.err.clone() }
            };
            let mut stage = Stage {
                runs: Runs::Nothing,
                source: if i == 0 { self.source } else { Source::Fed },
                inherits: i == 0,
                inbox: Vec::new(),
                input_ended: false,
                told: false,
                outputs,
                write_failed: false,
                status: None,
            };
            if let Err(status) = stage.prepare(command, &self.line, io) {
                stage.status = Some(status);
            }
            self.stages.push(stage);
        }
        for i in 0..self.stages.len() {
            match self.stages.get(i).and_then(|s| s.status) {
                Some(_) => self.close_pipe_after(i),
                None => self.touch(i, io, Runs::start),
            }
        }
    }

    /// Lets a command do something, and carries what it wrote to where it belongs.
    fn touch(&mut self, i: usize, io: &mut Io, act: impl FnOnce(&mut Runs, &mut Io) -> Flow) {
        let Some(stage) = self.stages.get_mut(i).filter(|s| s.status.is_none()) else { return };
        let outer_pipe = std::mem::take(&mut io.pipe);
        let outer_outputs = std::mem::replace(&mut io.outputs, stage.outputs.clone());
        let outer_failed = std::mem::replace(&mut io.write_failed, stage.write_failed);
        let outer_interactive = std::mem::replace(&mut io.interactive, stage.source == Source::Terminal);
        let flow = act(&mut stage.runs, io);
        stage.write_failed = std::mem::replace(&mut io.write_failed, outer_failed);
        io.outputs = outer_outputs;
        io.interactive = outer_interactive;
        let written = std::mem::replace(&mut io.pipe, outer_pipe);
        let mut broken = false;
        if !written.is_empty() {
            match self.stages.get_mut(i + 1) {
                Some(next) if next.status.is_none() => {
                    let room = PIPE_LIMIT.saturating_sub(next.inbox.len());
                    next.inbox.extend_from_slice(written.get(..room).unwrap_or(&written));
                }
                Some(_) => broken = true,
                None => io.pipe.extend(written),
            }
        }
        match flow {
            Flow::Exit(status) => self.ended(i, status, io),
            Flow::Leave(status) => {
                if self.stages.len() == 1 {
                    self.rest.clear();
                    self.left = true;
                }
                self.ended(i, status, io);
            }
            Flow::Running if broken => self.kill_stage(i, BROKEN_PIPE, io),
            Flow::Running => {}
        }
    }

    fn ended(&mut self, i: usize, status: u8, io: &mut Io) {
        let Some(stage) = self.stages.get_mut(i) else { return };
        stage.status = Some(status);
        stage.inbox = Vec::new();
        if let Runs::Program { spec, .. } = std::mem::replace(&mut stage.runs, Runs::Nothing) {
            let (term, program) = (io.term, spec.name.to_owned());
            io.log(Event::Exited { term, program, status });
        }
        self.close_pipe_after(i);
    }

    fn close_pipe_after(&mut self, i: usize) {
        if let Some(next) = self.stages.get_mut(i + 1) {
            next.input_ended = true;
        }
    }

    fn kill_stage(&mut self, i: usize, status: u8, io: &mut Io) {
        let Some(stage) = self.stages.get_mut(i).filter(|s| s.status.is_none()) else { return };
        match &mut stage.runs {
            Runs::Program { program, .. } => program.stop(io),
            Runs::Group(job) => job.kill(status, io),
            Runs::Nothing => {}
        }
        self.ended(i, status, io);
    }

    /// Ends everything that runs, and what would have come after.
    pub(in crate::workstation) fn kill(&mut self, status: u8, io: &mut Io) {
        self.rest.clear();
        for i in 0..self.stages.len() {
            self.kill_stage(i, status, io);
        }
        self.stages.clear();
        self.status = status;
    }

    /// Hands waiting octets to the commands that read, until nobody takes any more.
    fn pump(&mut self, io: &mut Io) {
        let mut again = true;
        while again {
            again = false;
            for i in 0..self.stages.len() {
                self.inherit(i);
                let Some(stage) = self.stages.get_mut(i) else { continue };
                if stage.status.is_some() || stage.source == Source::Terminal || !stage.runs.reads() {
                    continue;
                }
                if !stage.inbox.is_empty() {
                    let octets = std::mem::take(&mut stage.inbox);
                    self.touch(i, io, |runs, io| runs.input(io, &octets));
                    again = true;
                } else if stage.input_ended && !stage.told {
                    stage.told = true;
                    self.touch(i, io, Runs::end_of_input);
                    again = true;
                }
            }
        }
    }

    /// The first command of a group that reads from a pipe or file gets what the group got.
    fn inherit(&mut self, i: usize) {
        if let Some(stage) = self.stages.get_mut(i).filter(|s| s.inherits && self.source == Source::Fed)
            && stage.status.is_none()
            && stage.runs.reads()
        {
            stage.inbox.append(&mut self.inbox);
            stage.input_ended |= self.input_ended;
        }
    }

    /// Who would get a line typed now?
    fn reader(&self) -> Option<usize> {
        let stage = self.stages.first()?;
        (stage.source == Source::Terminal && stage.status.is_none()).then_some(0)
    }

    /// Would a line typed now be read now?
    pub(in crate::workstation) fn reads(&self) -> bool {
        self.reader().and_then(|i| self.stages.get(i)).is_some_and(|s| s.runs.reads_terminal())
    }

    /// The connection to which a line typed now would go.
    pub(in crate::workstation) fn conn(&self) -> Option<ConnId> {
        match &self.stages.get(self.reader()?)?.runs {
            Runs::Nothing => None,
            Runs::Program { program, .. } => program.conn().filter(|_| program.reads()),
            Runs::Group(job) => job.conn(),
        }
    }

    /// What a line typed now would be.
    pub(in crate::workstation) fn asks(&self) -> Asks {
        match self.reader().and_then(|i| self.stages.get(i)).map(|stage| &stage.runs) {
            Some(Runs::Program { program, .. }) if program.reads() => program.asks(),
            Some(Runs::Group(job)) => job.asks(),
            _ => Asks::Text,
        }
    }

    /// A line typed at the terminal, with its LF.
    pub(in crate::workstation) fn typed(&mut self, io: &mut Io, octets: &[u8]) {
        if let Some(i) = self.reader() {
            self.touch(i, io, |runs, io| runs.typed(io, octets));
        }
    }

    /// The end of the terminal's input, for the program that reads now.
    pub(in crate::workstation) fn typed_end(&mut self, io: &mut Io) {
        if let Some(i) = self.reader() {
            self.touch(i, io, Runs::typed_end);
        }
    }

    /// A key, offered to the program that reads from the terminal; true if it took the key.
    pub(in crate::workstation) fn key(&mut self, io: &mut Io, key: Key) -> bool {
        let Some(i) = self.reader() else { return false };
        let mut taken = false;
        self.touch(i, io, |runs, io| match runs.key(io, key) {
            KeyUse::Taken(flow) => {
                taken = true;
                flow
            }
            KeyUse::Usual => Flow::Running,
        });
        taken
    }

    /// How the program that reads from the terminal takes keys one by one; `None` where it takes lines alone.
    pub(in crate::workstation) fn keying(&self) -> Option<Keying> {
        match &self.stages.get(self.reader()?)?.runs {
            Runs::Nothing => None,
            Runs::Program { program, .. } => program.keying(),
            Runs::Group(job) => job.keying(),
        }
    }

    /// Keys for that program.
    pub(in crate::workstation) fn keys(&mut self, io: &mut Io, octets: &[u8]) {
        if let Some(i) = self.reader() {
            self.touch(i, io, |runs, io| runs.keys(io, octets));
        }
    }

    /// The name of the program in the foreground.
    pub(in crate::workstation) fn foreground(&self) -> Option<&'static str> {
        let stage = self.stages.iter().find(|s| s.status.is_none())?;
        match &stage.runs {
            Runs::Program { spec, .. } => Some(spec.name),
            Runs::Group(job) => job.foreground(),
            Runs::Nothing => None,
        }
    }

    /// News of the world, for all programs.
    pub(in crate::workstation) fn notice(&mut self, io: &mut Io, notice: &Notice) {
        for i in 0..self.stages.len() {
            self.touch(i, io, |runs, io| runs.notice(io, notice));
        }
    }

    /// Time has passed.
    pub(in crate::workstation) fn wake(&mut self, io: &mut Io) {
        for i in 0..self.stages.len() {
            self.touch(i, io, Runs::wake);
        }
    }

    /// When a program wants to go on by itself.
    pub(in crate::workstation) fn next_wakeup(&self) -> Option<Time> {
        let running = self.stages.iter().filter(|s| s.status.is_none());
        running.filter_map(|s| s.runs.next_wakeup()).min()
    }

    fn as_flow(&mut self, io: &mut Io) -> Flow {
        if self.drive(io) { Flow::Exit(self.status) } else { Flow::Running }
    }
}

impl Runs {
    fn start(&mut self, io: &mut Io) -> Flow {
        match self {
            Runs::Nothing => Flow::Exit(0),
            Runs::Group(job) => job.as_flow(io),
            Runs::Program { args, program, .. } => {
                let argv = args.iter().map(|a| programs::text(a)).collect();
                let term = io.term;
                io.log(Event::Ran { term, argv });
                program.start(io, args)
            }
        }
    }

    fn reads(&self) -> bool {
        match self {
            Runs::Nothing => false,
            Runs::Program { program, .. } => program.reads(),
            Runs::Group(job) => {
                job.stages.first().is_some_and(|s| s.inherits && s.status.is_none() && s.runs.reads())
            }
        }
    }

    fn reads_terminal(&self) -> bool {
        match self {
            Runs::Group(job) => job.reads(),
            _ => self.reads(),
        }
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        match self {
            Runs::Nothing => Flow::Running,
            Runs::Program { program, .. } => program.input(io, octets),
            Runs::Group(job) => {
                job.inbox.extend_from_slice(octets);
                job.as_flow(io)
            }
        }
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        match self {
            Runs::Nothing => Flow::Running,
            Runs::Program { program, .. } => program.end_of_input(io),
            Runs::Group(job) => {
                job.input_ended = true;
                job.as_flow(io)
            }
        }
    }

    fn typed(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        match self {
            Runs::Group(job) => {
                job.typed(io, octets);
                job.as_flow(io)
            }
            _ => self.input(io, octets),
        }
    }

    fn typed_end(&mut self, io: &mut Io) -> Flow {
        match self {
            Runs::Group(job) => {
                job.typed_end(io);
                job.as_flow(io)
            }
            _ => self.end_of_input(io),
        }
    }

    fn key(&mut self, io: &mut Io, key: Key) -> KeyUse {
        match self {
            Runs::Nothing => KeyUse::Usual,
            Runs::Program { program, .. } => program.key(io, key),
            Runs::Group(job) => {
                if job.key(io, key) {
                    KeyUse::Taken(job.as_flow(io))
                } else {
                    KeyUse::Usual
                }
            }
        }
    }

    fn keys(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        match self {
            Runs::Nothing => Flow::Running,
            Runs::Program { program, .. } => program.keys(io, octets),
            Runs::Group(job) => {
                job.keys(io, octets);
                job.as_flow(io)
            }
        }
    }

    fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
        match self {
            Runs::Nothing => Flow::Running,
            Runs::Program { program, .. } => program.notice(io, notice),
            Runs::Group(job) => {
                job.notice(io, notice);
                job.as_flow(io)
            }
        }
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        match self {
            Runs::Nothing => Flow::Running,
            Runs::Program { program, .. } => program.wake(io),
            Runs::Group(job) => {
                job.wake(io);
                job.as_flow(io)
            }
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        match self {
            Runs::Nothing => None,
            Runs::Program { program, .. } => program.next_wakeup(),
            Runs::Group(job) => job.next_wakeup(),
        }
    }
}
