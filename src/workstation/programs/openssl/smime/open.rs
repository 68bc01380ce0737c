//! `-verify` and `-decrypt`.

use super::super::super::super::io::Io;
use super::super::settings::TRUSTED;
use super::super::{errors, written};
use super::{Form, Name, Task, files, said};
use crate::mail::certificate::{Certificate, CertificateFault, Purpose, verify_for};
use crate::mail::smime::{
    Checked, CmsFault, EnvelopedData, PrivateKey, SignedData, Wrapped, canonical, unwrap,
};
use crate::mail::{Fields, pem};

/// The exit status where something could not be read, and where it is not as it should be.
const UNREADABLE: u8 = 2;
const FAILED: u8 = 4;

/// Content and CMS out of what was read; the exit status where there is none.
fn taken_apart(io: &mut Io, task: &Task, octets: &[u8]) -> Result<(Option<Vec<u8>>, Vec<u8>), u8> {
    let lines = match task.inform {
        Form::Smime => match unwrap(from_first_field(octets)) {
            Ok(Wrapped::Beside { content, cms }) => return Ok((Some(content), cms)),
            Ok(Wrapped::Alone { cms }) => return Ok((None, cms)),
            Err(fault) => said::no_entity(&fault),
        },
        Form::Pem => {
            let blocks = pem::decode(&String::from_utf8_lossy(octets));
            match blocks.into_iter().find(|(label, _)| ["CMS", "PKCS7"].contains(&label.as_str())) {
                Some((_, cms)) => return Ok((None, cms)),
                None => said::unreadable(Form::Pem, task.name),
            }
        }
        Form::Der => return Ok((None, octets.to_vec())),
    };
    Err(told(io, task.name.words().unreadable, &lines, UNREADABLE))
}

/// A message from its first field on. OpenSSL passes over lines that are none, such as the one with which mailx begins a
/// message in a file, or a server's answer.
fn from_first_field(octets: &[u8]) -> &[u8] {
    let mut rest = octets;
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        let line = rest.get(..end).unwrap_or_default();
        let name = line.iter().position(|b| *b == b':').and_then(|colon| line.get(..colon));
        let is_field = name.is_some_and(|name| !name.is_empty() && name.iter().all(u8::is_ascii_graphic));
        if is_field || line.is_empty() || line == b"\r" {
            return rest;
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    octets
}

/// Says something and the lines of the error queue; the exit status.
fn told(io: &mut Io, first: &str, lines: &[String], status: u8) -> u8 {
    io.complain(first);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    errors::print(io, &lines);
    status
}

/// Verifies; the exit status.
pub(super) fn verify(io: &mut Io, task: &Task, octets: &[u8]) -> u8 {
    verified(io, task, octets).unwrap_or_else(|status| status)
}

fn verified(io: &mut Io, task: &Task, octets: &[u8]) -> Result<u8, u8> {
    let words = task.name.words();
    let (content, cms) = taken_apart(io, task, octets)?;
    let content = match task.given.value("content") {
        Some(path) => Some(supplied(io, task, &path)?),
        None => content,
    };
    let roots = roots(io, task)?;
    let data = match SignedData::read(&cms) {
        Ok(data) => data,
        Err(CmsFault::OtherContent { .. }) => {
            return Err(told(io, words.bad, &said::not_signed(task.name), FAILED));
        }
        Err(_) => {
            return Err(told(io, words.unreadable, &said::unreadable(task.inform, task.name), UNREADABLE));
        }
    };
    let checked = data.check(content.as_deref(), &task.others);
    let missing = checked.iter().filter_map(|one| one.fault.as_ref());
    let missing = missing.clone().find(|fault| matches!(fault, CmsFault::NoContent | CmsFault::NoSigner));
    if let Some(fault) = missing {
        return Err(told(io, words.bad, &said::signature(task.name, fault), FAILED));
    }
    if checked.is_empty() {
        return Err(told(io, words.bad, &said::not_signed(task.name), FAILED));
    }
    if !task.given.has("noverify")
        && let Some(fault) = distrusted(io, task, &data, &checked, &roots)
    {
        return Err(told(io, words.bad, &[said::certificate(task.name, &fault)], FAILED));
    }
    let content = content.or_else(|| data.content.as_ref().map(|c| c.to_vec())).unwrap_or_default();
    let broken = checked.iter().filter(|_| !task.given.has("nosigs")).find_map(|one| one.fault.clone());
    // `cms` looks at the signature before it writes the content, and at the content's digest after it.
    if let (Name::Cms, Some(fault)) = (task.name, &broken)
        && *fault != CmsFault::ContentChanged
    {
        return Err(told(io, words.bad, &said::signature(task.name, fault), FAILED));
    }
    let shown = shown(io, task, &content, true)?;
    let status = written(io, task.given.value("out").as_deref(), &shown);
    if let Some(fault) = broken {
        return Err(told(io, words.bad, &said::signature(task.name, &fault), FAILED));
    }
    io.complain(words.good);
    if let Some(path) = task.given.value("signer") {
        let certificates = checked.iter().filter_map(|one| one.certificate.as_ref());
        let text: String = certificates.map(|c| pem::encode(pem::CERTIFICATE, &c.der)).collect();
        return Ok(status | written(io, Some(&path), text.as_bytes()));
    }
    Ok(status)
}

/// What is wrong with the first signer's certificate that is not to be trusted.
fn distrusted(
    io: &Io,
    task: &Task,
    data: &SignedData,
    checked: &[Checked],
    roots: &[Certificate],
) -> Option<CertificateFault> {
    let roots: Vec<&[u8]> = roots.iter().map(|root| &root.der[..]).collect();
    let now = io.now();
    let any = task.given.value("purpose").is_some_and(|purpose| purpose == "any");
    checked.iter().filter_map(|one| one.certificate.as_ref()).find_map(|own| {
        let others = data.certificates.iter().chain(&task.others);
        let chain: Vec<&[u8]> = std::iter::once(own).chain(others).map(|c| &c.der[..]).collect();
        let purpose = if any { Purpose::Any } else { Purpose::Mail };
        verify_for(purpose, &chain, &roots, now).err()
    })
}

/// The content that lies in a file of its own. Only `cms` takes it as text.
fn supplied(io: &mut Io, task: &Task, path: &str) -> Result<Vec<u8>, u8> {
    match io.machine.files.read(path).map(<[u8]>::to_vec) {
        Ok(octets) if task.name == Name::Cms && !task.given.has("binary") => Ok(canonical(&octets)),
        Ok(octets) => Ok(octets),
        Err(fault) => {
            io.complain(&format!("Can't open content file {path}\n"));
            errors::no_file(io, path, &fault.to_string(), "rb", &[]);
            Err(UNREADABLE)
        }
    }
}

fn roots(io: &mut Io, task: &Task) -> Result<Vec<Certificate>, u8> {
    let given = &task.given;
    let mut roots = match given.value("CAfile") {
        Some(path) => files::trusted(io, &path)?,
        None => Vec::new(),
    };
    if !given.has("CAfile")
        && !given.has("no-CAfile")
        && !given.has("no-CApath")
        && io.machine.files.read(TRUSTED).is_ok()
    {
        roots = files::trusted(io, TRUSTED).unwrap_or_default();
    }
    Ok(roots)
}

/// What is shown of the content: with `-text` the text alone, which it must be.
fn shown(io: &mut Io, task: &Task, content: &[u8], verifies: bool) -> Result<Vec<u8>, u8> {
    if !task.given.has("text") {
        return Ok(content.to_vec());
    }
    let fields = Fields::parse(content);
    let text =
        fields.get("Content-Type").is_some_and(|f| f.value.to_ascii_lowercase().starts_with("text/plain"));
    if text {
        let body = fields.split.body;
        return Ok(content.get(body.start..body.end).unwrap_or_default().to_vec());
    }
    let first = match (verifies, task.name) {
        (true, name) => name.words().bad,
        (false, Name::Smime) => "Error decrypting PKCS#7 structure\n",
        (false, Name::Cms) => "Error decrypting CMS structure\n",
    };
    Err(told(io, first, &said::no_text(task.name, verifies), FAILED))
}

/// Decrypts; the exit status.
pub(super) fn decrypt(io: &mut Io, task: &Task, key: &PrivateKey, octets: &[u8]) -> u8 {
    decrypted(io, task, key, octets).unwrap_or_else(|status| status)
}

fn decrypted(io: &mut Io, task: &Task, key: &PrivateKey, octets: &[u8]) -> Result<u8, u8> {
    let (_, cms) = taken_apart(io, task, octets)?;
    let own = task.recipients.first();
    let fault = match EnvelopedData::read(&cms) {
        Err(CmsFault::Unreadable) => {
            let lines = said::unreadable(task.inform, task.name);
            return Err(told(io, task.name.words().unreadable, &lines, UNREADABLE));
        }
        Err(fault) => fault,
        Ok(_) if task.name == Name::Smime && own.is_some_and(|own| !key.is_of(own)) => {
            io.complain("Error decrypting PKCS#7 structure\n");
            errors::print(io, &said::other_key(task.name, false));
            return Err(FAILED);
        }
        Ok(data) => match data.open(key, own) {
            Ok(content) => {
                let shown = shown(io, task, &content, false)?;
                return Ok(written(io, task.given.value("out").as_deref(), &shown));
            }
            Err(CmsFault::UnknownAlgorithm { oid }) => {
                io.hint(&format!("this workstation does not know the algorithm {oid}"));
                CmsFault::UnknownAlgorithm { oid }
            }
            Err(fault) => fault,
        },
    };
    let (first, lines) = said::not_decrypted(task.name, &fault);
    io.complain(first);
    errors::print(io, &lines);
    Err(FAILED)
}
