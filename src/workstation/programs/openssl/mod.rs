//! `openssl`, as Debian 12 has it in version 3.0: `s_client` and the commands one needs beside it.

mod agreement;
mod arguments;
mod certificate;
mod check;
mod client;
mod digest;
mod encode;
mod errors;
mod extensions;
mod names;
mod random;
mod report;
mod settings;
mod smime;
mod starttls;
mod verify;
mod view;

pub(super) use agreement::{Mismatch, Versions, mismatch, offered, usable};
pub(super) use digest::{MD5, md5sum};
pub(super) use report::cipher;
pub(in crate::workstation) use settings::TRUSTED;
pub(super) use verify::Roots;

use super::super::io::{Io, PIPE_LIMIT};
use super::{Flow, KeyUse, Program, text};
use crate::event::Key;
use crate::units::{Bytes, ConnId, Time};
use crate::world::Notice;
use arguments::Command;
use certificate::Certificate;
use names::Form;

/// What `openssl version` prints.
const VERSION: &str = "OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)";

/// What `help openssl` adds.
pub(super) const NOTES: &str = "\
openssl s_client -connect HOST:PORT speaks with a server under TLS from the first octet (465, 995, 993);
openssl s_client -starttls smtp|pop3|imap -connect HOST:PORT asks for TLS on a plain port (25, 587, 110, 143).
  -crlf ends lines with CR LF, -quiet prints no report, -servername NAME asks for a certificate of that name,
  -CAfile FILE trusts the authorities in FILE, -verify_return_error ends where a certificate is not to be trusted.
  Without -quiet or -nocommands a line that begins with Q ends it, and one that begins with R wants to renegotiate.
openssl x509 -in FILE -noout -text|-subject|-issuer|-dates|-ext subjectAltName looks at a certificate.
openssl smime -verify -in FILE says whether a signed mail (S/MIME) holds; -sign -signer CERT -inkey KEY signs one, -encrypt
  -aes256 CERT... encrypts one for its recipients, -decrypt -recip CERT -inkey KEY opens it. openssl cms does the same.
openssl verify [-CAfile FILE] [-verify_hostname NAME] FILE says whether it is to be trusted.
openssl base64 [-d] [-A], openssl dgst -md5 [-hmac KEY], openssl rand -hex NUM. More: openssl COMMAND -help.";

/// The commands, as `openssl help` lists them.
static COMMANDS: [&Command; 10] = [
    &encode::BASE64,
    &smime::CMS,
    &digest::DGST,
    &encode::ENC,
    &random::RAND,
    &settings::S_CLIENT,
    &smime::SMIME,
    &check::VERIFY,
    &VERSION_COMMAND,
    &view::X509,
];

/// Without a command the commands; the options of one, with their hyphen, and whether something follows.
pub(in crate::workstation) fn completions(command: Option<&str>) -> Vec<(String, bool)> {
    let Some(name) = command else {
        let commands = COMMANDS.iter().map(|command| command.name).chain(digest::names()).chain(["help"]);
        return commands.map(|name| (name.to_owned(), false)).collect();
    };
    let name = if digest::by_name(name).is_some() { "dgst" } else { name };
    let options = COMMANDS.iter().filter(|command| command.name == name).flat_map(|command| command.options);
    options.map(|option| (format!("-{}", option.name), option.takes != arguments::Takes::Nothing)).collect()
}

static VERSION_COMMAND: Command = Command {
    name: "version",
    operands: "",
    summary: "which OpenSSL this is",
    options: &[arguments::flag("a", "Show all data"), arguments::flag("v", "Show library version")],
};

/// What a command does with what it has read: the files' octets, or its input's.
type Act = Box<dyn FnOnce(&mut Io, Vec<u8>) -> Flow + Send>;

/// `openssl`.
#[derive(Debug, Default)]
pub(super) struct Openssl {
    runs: Runs,
}

/// What runs under the name.
#[derive(Default)]
enum Runs {
    #[default]
    Nothing,
    /// A command that reads its input to the end.
    Reader { act: Act, input: Vec<u8> },
    /// `s_client`.
    Client(Box<client::Client>),
}

impl std::fmt::Debug for Runs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Runs::Nothing => f.write_str("Nothing"),
            Runs::Reader { input, .. } => f.debug_struct("Reader").field("input", &input.len()).finish(),
            Runs::Client(client) => client.fmt(f),
        }
    }
}

/// What becomes of a command once its arguments were read.
enum Begun {
    /// It is done.
    Done(u8),
    /// It reads its input to the end.
    Reads(Act),
}

impl Openssl {
    pub(super) fn new() -> Openssl {
        Openssl::default()
    }
}

impl Program for Openssl {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        let args = args.get(1..).unwrap_or_default();
        let name = args.first().map_or_else(|| "help".to_owned(), |a| text(a));
        let begun = match name.as_str() {
            "s_client" => {
                let mut client = Box::new(client::Client::new());
                let flow = client.start(io, args);
                self.runs = Runs::Client(client);
                return flow;
            }
            "x509" => view::x509(io, args),
            "verify" => check::check(io, args),
            "base64" => encode::encode(io, args, &encode::BASE64),
            "enc" => encode::encode(io, args, &encode::ENC),
            "rand" => random::rand(io, args),
            "dgst" => digest::dgst(io, args, None),
            "smime" => smime::smime(io, args),
            "cms" => smime::cms(io, args),
            "version" => version(io, args),
            "help" | "-help" | "--help" => {
                help(io);
                Begun::Done(0)
            }
            "list" | "req" | "ca" | "genrsa" | "genpkey" | "s_server" | "ciphers" => {
                io.hint(&format!("openssl {name} is not on this workstation; `openssl help` lists what is"));
                Begun::Done(1)
            }
            name => match digest::by_name(name) {
                Some(digest) => digest::dgst(io, args, Some(digest)),
                None => {
                    io.complain(&format!("Invalid command '{name}'; type \"help\" for a list.\n"));
                    Begun::Done(1)
                }
            },
        };
        match begun {
            Begun::Done(status) => Flow::Exit(status),
            Begun::Reads(act) => {
                self.runs = Runs::Reader { act, input: Vec::new() };
                Flow::Running
            }
        }
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        match &mut self.runs {
            Runs::Nothing => Flow::Running,
            Runs::Reader { input, .. } => {
                let room = PIPE_LIMIT.saturating_sub(input.len());
                input.extend_from_slice(octets.get(..room).unwrap_or(octets));
                Flow::Running
            }
            Runs::Client(client) => client.input(io, octets),
        }
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        match std::mem::take(&mut self.runs) {
            Runs::Nothing => Flow::Exit(0),
            Runs::Reader { act, input } => act(io, input),
            Runs::Client(mut client) => {
                let flow = client.end_of_input(io);
                self.runs = Runs::Client(client);
                flow
            }
        }
    }

    fn key(&mut self, io: &mut Io, key: Key) -> KeyUse {
        match &mut self.runs {
            Runs::Client(client) => client.key(io, key),
            _ => KeyUse::Usual,
        }
    }

    fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
        match &mut self.runs {
            Runs::Client(client) => client.notice(io, notice),
            _ => Flow::Running,
        }
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        match &mut self.runs {
            Runs::Client(client) => client.wake(io),
            _ => Flow::Running,
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        match &self.runs {
            Runs::Client(client) => client.next_wakeup(),
            _ => None,
        }
    }

    fn reads(&self) -> bool {
        match &self.runs {
            Runs::Nothing => false,
            Runs::Reader { .. } => true,
            Runs::Client(client) => client.reads(),
        }
    }

    fn conn(&self) -> Option<ConnId> {
        match &self.runs {
            Runs::Client(client) => client.conn(),
            _ => None,
        }
    }

    fn stop(&mut self, io: &mut Io) {
        if let Runs::Client(client) = &mut self.runs {
            client.stop(io);
        }
    }
}

/// The page on one of its commands, by its name or with `openssl-` before it; `None` where there is no such command.
pub(super) fn page(topic: &str) -> Option<String> {
    let name = topic.strip_prefix("openssl-").unwrap_or(topic);
    let command = COMMANDS.iter().find(|c| c.name == name)?;
    Some(format!("openssl {name} - {}\n\n{}", command.summary, command.help()))
}

/// Whose the first certificate of a chain is, in the old form (`/CN=mail.example.tld`).
pub(super) fn subject(chain: &[Bytes]) -> String {
    let own = chain.first().and_then(|der| Certificate::from_der(der));
    own.map(|c| c.subject(Form::Compat)).unwrap_or_default()
}

/// The first certificate of a chain in PEM.
pub(super) fn pem(chain: &[Bytes]) -> Option<String> {
    chain.first().and_then(|der| Certificate::from_der(der)).map(|c| c.pem())
}

/// Reads the file of `-in`, or the input; then does `act`.
fn reading(
    io: &mut Io,
    path: Option<String>,
    missing: impl FnOnce(&mut Io, &str, &str),
    act: impl FnOnce(&mut Io, Vec<u8>) -> Flow + Send + 'static,
) -> Begun {
    let Some(path) = path else { return Begun::Reads(Box::new(act)) };
    match io.machine.files.read(&path).map(<[u8]>::to_vec) {
        Ok(octets) => match act(io, octets) {
            Flow::Exit(status) | Flow::Leave(status) => Begun::Done(status),
            Flow::Running => Begun::Done(0),
        },
        Err(fault) => {
            missing(io, &path, &fault.to_string());
            Begun::Done(1)
        }
    }
}

/// Writes to the file of `-out`, or to standard output; the exit status.
fn written(io: &mut Io, path: Option<&str>, octets: &[u8]) -> u8 {
    let Some(path) = path else {
        io.out(octets);
        return 0;
    };
    let files = &mut io.machine.files;
    match files.open(path, false).and_then(|()| files.append(path, octets)) {
        Ok(()) => 0,
        Err(fault) => {
            let fault = fault.to_string();
            io.complain(&format!("Can't open \"{path}\" for writing, {fault}\n"));
            errors::no_file(io, path, &fault, "w", &[]);
            1
        }
    }
}

fn version(io: &mut Io, args: &[Vec<u8>]) -> Begun {
    let read = VERSION_COMMAND.read(io, args, false);
    let read = read.and_then(|g| VERSION_COMMAND.no_operands(io, &g).map(|()| g));
    match read {
        Err(status) => Begun::Done(status),
        Ok(given) => {
            io.print(&format!("{VERSION}\n"));
            if given.has("a") {
                io.print("platform: debian-amd64\nOPENSSLDIR: \"/usr/lib/ssl\"\n");
            }
            Begun::Done(0)
        }
    }
}

/// `openssl help`.
fn help(io: &mut Io) {
    let mut out = String::from("help:\n\nStandard commands of this workstation\n");
    for command in COMMANDS {
        out.push_str(&format!("{:<18}{}\n", command.name, command.summary));
    }
    out.push_str("\nMessage Digest commands (see the `dgst' command for more details)\n");
    let names: Vec<String> = digest::names().map(|n| format!("{n:<18}")).collect();
    out.push_str(names.concat().trim_end());
    out.push_str("\n\n`openssl COMMAND -help` tells more about one.\n");
    io.complain(&out);
}
