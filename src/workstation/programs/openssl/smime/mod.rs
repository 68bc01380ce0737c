//! `openssl smime` and `openssl cms`: signing, verifying, encrypting, decrypting mail (RFC 8551). They are one program under
//! two names, an old one and a newer one, and differ in their words.

mod files;
mod make;
mod open;
mod said;

use super::super::super::io::Io;
use super::arguments::{Command, Given, Opt, Takes, flag, value};
use super::{Act, Begun, Flow, errors, text};
use crate::mail::certificate::Certificate;
use crate::mail::smime::{Cipher, PrivateKey, Types, canonical};
use said::Words;

const OPTIONS: &[Opt] = &[
    value("in", Takes::Value, "Input file"),
    value("inform", Takes::Value, "Input format SMIME (default), PEM or DER"),
    value("out", Takes::Value, "Output file"),
    value("outform", Takes::Value, "Output format SMIME (default), PEM or DER"),
    value("inkey", Takes::Value, "Input private key (if not signer or recipient)"),
    value("keyform", Takes::Value, ""),
    flag("stream", ""),
    flag("indef", ""),
    flag("noindef", ""),
    flag("encrypt", "Encrypt message"),
    flag("decrypt", "Decrypt encrypted message"),
    flag("sign", "Sign message"),
    flag("verify", "Verify signed message"),
    value("md", Takes::Value, ""),
    flag("aes128", "Encrypt with AES, 128 bits"),
    flag("aes192", "Encrypt with AES, 192 bits"),
    flag("aes256", "Encrypt with AES, 256 bits"),
    flag("nointern", "Don't search certificates in message for signer"),
    flag("nodetach", "Use opaque signing"),
    flag("noattr", "Don't include any signed attributes"),
    flag("binary", "Don't translate message to text"),
    value("signer", Takes::Value, "Signer certificate file"),
    value("content", Takes::Value, "Supply or override content for detached signature"),
    flag("nocerts", "Don't include signers certificate when signing"),
    flag("nosigs", "Don't verify message signature"),
    flag("noverify", "Don't verify signers certificate"),
    value("certfile", Takes::Value, "Other certificates file"),
    value("recip", Takes::Value, "Recipient certificate file"),
    value("to", Takes::Value, "To address"),
    value("from", Takes::Value, "From address"),
    value("subject", Takes::Value, "Subject"),
    flag("text", "Include or delete text MIME headers"),
    flag("nosmimecap", ""),
    value("CAfile", Takes::Value, "Trusted certificates file"),
    flag("no-CAfile", "Do not load the default certificates file"),
    flag("no-CApath", ""),
    flag("nochain", ""),
    flag("crlfeol", "Use CRLF as EOL termination instead of LF only"),
    value("purpose", Takes::Value, "certificate chain purpose"),
];

/// `smime`.
pub(super) static SMIME: Command = Command {
    name: "smime",
    operands: "[cert...]",
    summary: "sign, verify, encrypt and decrypt mail",
    options: OPTIONS,
};
/// `cms`.
pub(super) static CMS: Command =
    Command { name: "cms", operands: "[cert...]", summary: "the same, of newer make", options: OPTIONS };

/// Which of the two it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Smime,
    Cms,
}

/// How CMS stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Smime,
    Pem,
    Der,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Encrypt,
    Decrypt,
    Sign,
    Verify,
}

/// Everything that was given, files read.
struct Task {
    name: Name,
    given: Given,
    inform: Form,
    outform: Form,
    /// The recipients, or the one who decrypts.
    recipients: Vec<Certificate>,
    others: Vec<Certificate>,
    cipher: Cipher,
}

impl Name {
    fn command(self) -> &'static Command {
        match self {
            Name::Smime => &SMIME,
            Name::Cms => &CMS,
        }
    }

    fn words(self) -> &'static Words {
        match self {
            Name::Smime => &said::SMIME,
            Name::Cms => &said::CMS,
        }
    }

    /// The exit status after a mistake on the command line: `smime` of OpenSSL 3.0 forgets to set one.
    fn misused(self) -> u8 {
        match self {
            Name::Smime => 0,
            Name::Cms => 1,
        }
    }

    fn types(self) -> Types {
        match self {
            Name::Smime => Types::Old,
            Name::Cms => Types::Usual,
        }
    }
}

/// `smime`.
pub(super) fn smime(io: &mut Io, args: &[Vec<u8>]) -> Begun {
    run(io, args, Name::Smime).unwrap_or_else(Begun::Done)
}

/// `cms`.
pub(super) fn cms(io: &mut Io, args: &[Vec<u8>]) -> Begun {
    run(io, args, Name::Cms).unwrap_or_else(Begun::Done)
}

fn run(io: &mut Io, args: &[Vec<u8>], name: Name) -> Result<Begun, u8> {
    let command = name.command();
    let given = command.read(io, args, true).map_err(|_| name.misused())?;
    let cipher = cipher(io, &given, name)?;
    let inform = form(io, &given, name, "inform")?;
    let outform = form(io, &given, name, "outform")?;
    let operation = operation(io, &given, name)?;
    let path = given.value("in");
    let named_behind = operation != Operation::Encrypt && !given.operands.is_empty();
    let mode = if given.has("binary") || inform == Form::Der { "rb" } else { "r" };
    let mut task = Task { name, given, inform, outform, recipients: Vec::new(), others: Vec::new(), cipher };
    task.wants(io, operation)?;
    task.others = match task.given.value("certfile") {
        Some(path) => files::certificates(io, &path, "certs of certificate file")?,
        None => Vec::new(),
    };
    let act: Act = match operation {
        Operation::Encrypt => {
            let operands = task.given.operands.iter().map(|o| text(o));
            let paths: Vec<String> =
                operands.chain(task.given.value("recip").filter(|_| name == Name::Cms)).collect();
            for path in paths {
                let one = files::certificate(io, &path, "recipient certificate file").map_err(|()| 2u8)?;
                task.recipients.push(one);
            }
            Box::new(move |io, octets| Flow::Exit(make::encrypt(io, &task, &octets)))
        }
        Operation::Decrypt => {
            let key = task.decryption_key(io)?;
            Box::new(move |io, octets| Flow::Exit(open::decrypt(io, &task, &key, &octets)))
        }
        Operation::Sign => {
            let (certificate, key) = task.signer(io)?;
            Box::new(move |io, octets| Flow::Exit(make::sign(io, &task, (&certificate, &key), &octets)))
        }
        Operation::Verify => Box::new(move |io, octets| Flow::Exit(open::verify(io, &task, &octets))),
    };
    if path.is_none() && named_behind {
        io.hint("without -in FILE it reads what comes in, here what you type, until Ctrl-D; a file at the end is none of it");
    }
    Ok(input(io, path, mode, act))
}

/// What is read: the file, or standard input.
fn input(io: &mut Io, path: Option<String>, mode: &str, act: Act) -> Begun {
    let Some(path) = path else { return Begun::Reads(act) };
    match io.machine.files.read(&path).map(<[u8]>::to_vec) {
        Ok(octets) => match act(io, octets) {
            Flow::Exit(status) | Flow::Leave(status) => Begun::Done(status),
            Flow::Running => Begun::Done(0),
        },
        Err(fault) => {
            let fault = fault.to_string();
            io.complain(&format!("Can't open \"{path}\" for reading, {fault}\n"));
            errors::no_file(io, &path, &fault, mode, &[]);
            Begun::Done(2)
        }
    }
}

/// The last of the operations that were given.
fn operation(io: &mut Io, given: &Given, name: Name) -> Result<Operation, u8> {
    let operations = [
        ("encrypt", Operation::Encrypt),
        ("decrypt", Operation::Decrypt),
        ("sign", Operation::Sign),
        ("verify", Operation::Verify),
    ];
    let last = given.names().filter_map(|n| operations.iter().find(|(o, _)| *o == n)).last();
    last.map(|(_, operation)| *operation).ok_or_else(|| {
        io.complain(name.words().no_operation);
        name.command().use_help(io);
        name.misused()
    })
}

fn form(io: &mut Io, given: &Given, name: Name, option: &str) -> Result<Form, u8> {
    let Some(written) = given.value(option) else { return Ok(Form::Smime) };
    match written.to_ascii_lowercase().as_str() {
        "smime" => Ok(Form::Smime),
        "pem" => Ok(Form::Pem),
        "der" => Ok(Form::Der),
        _ => {
            let command = name.command();
            io.complain(&format!("{}: Bad format \"{written}\"\n", command.name));
            command.fault(io, &format!("Invalid format \"{written}\" for option -{option}"));
            Err(name.misused())
        }
    }
}

/// How to encrypt: an option without a name of its own is a cipher's.
fn cipher(io: &mut Io, given: &Given, name: Name) -> Result<Cipher, u8> {
    let mut cipher = Cipher::Aes256;
    let mut named = false;
    let short = [("aes128", Cipher::Aes128), ("aes192", Cipher::Aes192), ("aes256", Cipher::Aes256)];
    for (option, one) in short {
        if given.has(option) {
            (cipher, named) = (one, true);
        }
    }
    for written in &given.unknown {
        let long = short.iter().find(|(_, one)| one.name().eq_ignore_ascii_case(written));
        let Some((_, one)) = long else {
            let old = ["des", "des3", "des-ede3-cbc", "rc2", "camellia128", "camellia256"];
            if old.contains(&written.to_ascii_lowercase().as_str()) {
                io.hint(&format!(
                    "-{written} is not on this workstation; it has -aes128, -aes192 and -aes256"
                ));
                return Err(1);
            }
            name.command().fault(io, &format!("Unknown cipher: {written}"));
            return Err(name.misused());
        };
        (cipher, named) = (*one, true);
    }
    if !named && given.has("encrypt") {
        io.hint(
            "OpenSSL 3.0 would take the old triple DES here; this workstation takes AES, as with -aes256",
        );
    }
    Ok(cipher)
}

impl Task {
    /// Is everything there that the operation needs?
    fn wants(&self, io: &mut Io, operation: Operation) -> Result<(), u8> {
        let given = &self.given;
        let recip = given.has("recip");
        let missing = match operation {
            Operation::Encrypt if given.operands.is_empty() && !(recip && self.name == Name::Cms) => {
                "No recipient(s) certificate(s) specified\n"
            }
            Operation::Decrypt if !recip && !given.has("inkey") => {
                "No recipient certificate or key specified\n"
            }
            Operation::Sign if !given.has("signer") => "No signer certificate specified\n",
            _ => return Ok(()),
        };
        io.complain(missing);
        self.name.command().use_help(io);
        Err(self.name.misused())
    }

    /// The signer's certificate and key; the key's file is the certificate's where no other is named.
    fn signer(&self, io: &mut Io) -> Result<(Certificate, PrivateKey), u8> {
        let status = if self.name == Name::Smime { 3 } else { 2 };
        let path = self.given.value("signer").unwrap_or_default();
        let certificate = files::certificate(io, &path, "signer certificate").map_err(|()| status)?;
        let key = self.given.value("inkey").unwrap_or(path);
        Ok((certificate, files::key(io, &key).map_err(|()| status)?))
    }

    /// The recipient's key; in the file of their certificate where no other is named.
    fn decryption_key(&mut self, io: &mut Io) -> Result<PrivateKey, u8> {
        let recip = self.given.value("recip");
        if let Some(path) = &recip {
            let own = files::certificate(io, path, "recipient certificate file").map_err(|()| 2u8)?;
            self.recipients = vec![own];
        }
        let key = self.given.value("inkey").or(recip).unwrap_or_default();
        files::key(io, &key).map_err(|()| 2)
    }

    /// What is signed or encrypted of a file: its lines end with CRLF (RFC 8551 section 3.1.1) unless it is binary, and
    /// `-text` puts the fields of a text before it.
    fn content(&self, octets: &[u8]) -> Vec<u8> {
        let mut content = Vec::new();
        if self.given.has("text") && !self.given.has("binary") {
            content.extend_from_slice(b"Content-Type: text/plain\r\n\r\n");
        }
        content.extend(if self.given.has("binary") { octets.to_vec() } else { canonical(octets) });
        content
    }
}
