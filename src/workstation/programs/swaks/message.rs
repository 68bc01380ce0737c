//! The message that `swaks` sends: a small letter of its own, or what was given, with its tokens filled in.

use super::arguments::Given;
use crate::mail::{Author, Message};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The version, as it stands in X-Mailer.
pub(super) const VERSION: &str = "20201014.0";
/// The longest message that is made.
pub(super) const LONGEST: usize = 4 << 20;

/// What stands in the message for the tokens.
#[derive(Debug)]
pub(super) struct Tokens {
    /// The envelope's sender.
    pub(super) from: String,
    /// The envelope's recipients, as they were given.
    pub(super) to: String,
    /// Now, as a header writes it.
    pub(super) date: String,
    /// The Message-ID without its brackets.
    pub(super) id: String,
    /// The number of the process.
    pub(super) process: u32,
}

/// A part of a message with attachments.
#[derive(Debug)]
struct Part {
    name: Option<String>,
    kind: String,
    body: String,
}

/// A text that was read from a file (`@name`), or stands for itself.
pub(super) type Loaded = (&'static str, String, Option<String>);

/// The data as it goes out after DATA, its final dot on a line of its own but without that line's end. `loaded` are the
/// options with texts, `@` and `-` replaced by what was read, each with the file's name.
pub(super) fn data(given: &Given, loaded: &[Loaded], tokens: &Tokens) -> String {
    let last = |name: &str| loaded.iter().rev().find(|(n, ..)| *n == name).map(|(_, body, _)| body.clone());
    let body = last("body").unwrap_or_else(|| "This is a test mailing".to_owned());
    let bound = format!("----=_MIME_BOUNDARY_000_{}", tokens.process);
    let attached = attachments(loaded, &body, &bound);
    let mime = match &attached {
        Some((kind, _)) => format!("MIME-Version: 1.0\\nContent-Type: {kind}; boundary=\"{bound}\"\\n"),
        None => String::new(),
    };
    let body = attached.map_or(body, |(_, body)| body);
    let text = last("data").filter(|d| !d.is_empty()).unwrap_or_else(|| {
        format!(
            "Date: %DATE%\\nTo: %TO_ADDRESS%\\nFrom: %FROM_ADDRESS%\\nSubject: test %DATE%\\nMessage-Id: \
             <%MESSAGEID%>\\nX-Mailer: swaks v%SWAKS_VERSION% \
             jetmore.org/john/code/swaks/\\n{mime}%NEW_HEADERS%\\n%BODY%\\n"
        )
    });
    if given.has("no-data-fixup") {
        return text;
    }
    let text = text.replace("%BODY%", &body).replace("\\n", "\r\n");
    let text = fielded(given, &text);
    let text = text.replace("\\n", "\r\n").replace("%NEWLINE%", "\r\n");
    let text = text.replace("%FROM_ADDRESS%", &tokens.from).replace("%TO_ADDRESS%", &tokens.to);
    let text = text.replace("%MESSAGEID%", &tokens.id).replace("%SWAKS_VERSION%", VERSION);
    let text = text.replace("%DATE%", &tokens.date);
    finished(given, &text)
}

/// The message that goes out as this data, with who wrote what: the learner what stands in the options, swaks the rest.
pub(super) fn written(given: &Given, data: &str) -> Message {
    let mut octets = String::with_capacity(data.len());
    for line in data.strip_suffix('.').unwrap_or(data).split_inclusive('\n') {
        octets.push_str(line.strip_prefix('.').unwrap_or(line));
    }
    let by_hand = |names: &[&str]| names.iter().any(|name| given.has(name));
    let swaks = Message::by(Author::Program("swaks".to_owned()), octets.as_str());
    if by_hand(&["data"]) {
        return Message { origin: Author::Learner, ..swaks };
    }
    let given_fields = given.all().filter(|(n, _)| ["header", "add-header"].contains(n));
    let named = given_fields.flat_map(|(_, v)| v.split("\\n").map(str::to_owned).collect::<Vec<_>>());
    let named: Vec<String> = named.filter_map(|l| Some(l.split_once(':')?.0.trim().to_owned())).collect();
    let body = by_hand(&["body", "attach", "attach-body"]);
    let mut edit = swaks.edit();
    for part in swaks.parts() {
        let learner = match &part.name {
            Some(name) => named.iter().any(|n| n.eq_ignore_ascii_case(name)),
            None => body,
        };
        let octets = swaks.octets.get(part.span.start..part.span.end).unwrap_or_default();
        if learner { edit.write(&Author::Learner, octets) } else { edit.keep(part.span) }
    }
    edit.finish()
}

/// Lines with CR LF, dots doubled, the final dot.
fn finished(given: &Given, text: &str) -> String {
    let mut text = text.replace("\r\n", "\n");
    if text.starts_with("From ") && !given.has("no-strip-from") {
        text = text.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    }
    let kept = text.strip_suffix('\n').unwrap_or(&text);
    let kept = kept.strip_suffix("\n.").unwrap_or(&text);
    let dotted = kept.replace("\n.", "\n..");
    let mut data = dotted.replace('\n', "\r\n");
    let end = (0..=LONGEST.min(data.len())).rev().find(|i| data.is_char_boundary(*i)).unwrap_or(0);
    data.truncate(end);
    data + "\r\n."
}

/// Puts `--header` and `--add-header` into the header.
fn fielded(given: &Given, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    let (header, body) = plain.split_once("\n\n").unwrap_or((plain.as_str(), ""));
    let mut fields: Vec<String> = Vec::new();
    for line in header.lines() {
        match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some(field) => {
                field.push('\n');
                field.push_str(line);
            }
            None => fields.push(line.to_owned()),
        }
    }
    let mut added: Vec<String> =
        given.all().filter(|(n, _)| *n == "add-header").map(|(_, v)| v.replace("\\n", "\n")).collect();
    let given_fields = given.all().filter(|(n, _)| *n == "header").map(|(_, v)| v);
    for line in given_fields.flat_map(|v| v.split("\\n").map(str::to_owned).collect::<Vec<_>>()) {
        let name = line.split_once(':').map(|(name, _)| format!("{name}:"));
        let same = |f: &&mut String| name.as_ref().is_some_and(|n| f.starts_with(n.as_str()));
        // Of several fields of that name the last is replaced.
        match fields.iter_mut().rev().find(same) {
            Some(field) => *field = line,
            None => added.push(line),
        }
    }
    let place = fields.iter().position(|f| f.contains("%NEW_HEADERS%"));
    match place {
        Some(place) => {
            // What is left of the token's line is the empty one between header and body.
            added.push(String::new());
            fields.splice(place..=place, added);
        }
        None => fields.extend(added),
    }
    let mut out = fields.join("\n");
    out.push_str("\n\n");
    out.push_str(body);
    out.replace('\n', "\r\n")
}

/// The body of a message with parts, and the type of the whole; `None` where nothing is attached.
fn attachments(loaded: &[Loaded], body: &str, bound: &str) -> Option<(&'static str, String)> {
    let (mut bodies, mut rest) = (Vec::new(), Vec::new());
    let (mut kind, mut name) = (None, None);
    for (option, text, file) in loaded {
        match *option {
            "attach-type" => kind = Some(text.clone()),
            "attach-name" => name = Some(text.clone()),
            "attach-body" => {
                let kind = kind.take().unwrap_or_else(|| "text/plain".to_owned());
                bodies.push(Part { name: None, kind, body: text.clone() });
                name = None;
            }
            "attach" => {
                let kind = kind.clone().unwrap_or_else(|| "application/octet-stream".to_owned());
                let name = name.take().or_else(|| file.clone());
                rest.push(Part { name, kind, body: text.clone() });
            }
            _ => {}
        }
    }
    if bodies.is_empty() && rest.is_empty() {
        return None;
    }
    if bodies.is_empty() {
        bodies.push(Part { name: None, kind: "text/plain".to_owned(), body: body.to_owned() });
    }
    let mut out = String::new();
    let several = bodies.len() > 1;
    if several && !rest.is_empty() {
        let inner = bound.replace("_000_", "_004_");
        out.push_str(&format!("--{bound}\nContent-Type: multipart/alternative; boundary=\"{inner}\"\n\n"));
        bodies.iter().for_each(|p| out.push_str(&encoded(p, &inner, true)));
        out.push_str(&format!("--{inner}--\n"));
    } else {
        bodies.iter().for_each(|p| out.push_str(&encoded(p, bound, true)));
    }
    rest.iter().for_each(|p| out.push_str(&encoded(p, bound, false)));
    out.push_str(&format!("--{bound}--\n"));
    Some((if several && rest.is_empty() { "multipart/alternative" } else { "multipart/mixed" }, out))
}

/// One part.
fn encoded(part: &Part, bound: &str, is_body: bool) -> String {
    let mut out = format!("--{bound}\n");
    let kind = &part.kind;
    if kind.eq_ignore_ascii_case("text/plain") && part.name.is_none() {
        out.push_str(&format!("Content-Type: {kind}\n\n{}\n", part.body));
        return out;
    }
    match &part.name {
        Some(name) => out.push_str(&format!(
            "Content-Type: {kind}; name=\"{name}\"\nContent-Description: {name}\nContent-Disposition: attachment; \
             filename=\"{name}\"\n"
        )),
        None => {
            out.push_str(&format!("Content-Type: {kind}\n"));
            if !(is_body && kind.to_ascii_lowercase().starts_with("text/")) {
                out.push_str("Content-Disposition: attachment\n");
            }
        }
    }
    out.push_str("Content-Transfer-Encoding: BASE64\n\n");
    for line in STANDARD.encode(&part.body).as_bytes().chunks(76) {
        out.extend(line.iter().map(|b| char::from(*b)));
        out.push('\n');
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::super::arguments::read;
    use super::*;

    fn made(args: &str, loaded: &[Loaded]) -> String {
        let args: Vec<Vec<u8>> = args.split(' ').map(|w| w.as_bytes().to_vec()).collect();
        let tokens = Tokens {
            from: "bob@lab.test".into(),
            to: "anna@example.tld".into(),
            date: "Wed, 25 Nov 2026 22:00:18 +0000".into(),
            id: "20261125220018.025588@vm".into(),
            process: 25588,
        };
        data(&read(&args).unwrap(), loaded, &tokens).replace("\r\n", "\n")
    }

    const HEAD: &str = "Date: Wed, 25 Nov 2026 22:00:18 +0000\nTo: anna@example.tld\nFrom: bob@lab.test\n";
    const TAIL: &str =
        "Message-Id: <20261125220018.025588@vm>\nX-Mailer: swaks v20201014.0 jetmore.org/john/code/swaks/\n";

    /// What the real one makes of the same arguments.
    #[test]
    fn messages_as_swaks_makes_them() {
        let test = "Subject: test Wed, 25 Nov 2026 22:00:18 +0000\n";
        assert_eq!(made("swaks", &[]), format!("{HEAD}{test}{TAIL}\nThis is a test mailing\n\n\n."));
        let body = [("body", "line1\\nline2".to_owned(), None)];
        assert_eq!(
            made("swaks --h-Subject Hallo --add-header X-Foo:bar --header Reply-To:a@b", &body),
            format!("{HEAD}Subject: Hallo\n{TAIL}X-Foo:bar\nReply-To:a@b\n\nline1\nline2\n\n\n.")
        );
        let data = [("data", "Subject: x\\n\\n.dot\\nbody %FROM_ADDRESS%\\n".to_owned(), None)];
        assert_eq!(made("swaks", &data), "Subject: x\n\n..dot\nbody bob@lab.test\n\n.");
        let dotted = [("data", "From a\nSubject: x\n\nbody\n.\n".to_owned(), None)];
        assert_eq!(made("swaks", &dotted), "Subject: x\n\nbody\n.");
    }

    #[test]
    fn attachments_as_swaks_makes_them() {
        let parts = [
            ("attach", "hello text".to_owned(), None),
            ("attach", "subjectAltName=DNS:localhost\n".to_owned(), Some("x.ext".to_owned())),
        ];
        let made = made("swaks", &parts);
        let (_, mime) = made.split_once("MIME-Version").unwrap();
        assert_eq!(
            mime,
            ": 1.0\nContent-Type: multipart/mixed; boundary=\"----=_MIME_BOUNDARY_000_25588\"\n\n\
             ------=_MIME_BOUNDARY_000_25588\nContent-Type: text/plain\n\nThis is a test mailing\n\
             ------=_MIME_BOUNDARY_000_25588\nContent-Type: application/octet-stream\nContent-Disposition: attachment\n\
             Content-Transfer-Encoding: BASE64\n\naGVsbG8gdGV4dA==\n\n------=_MIME_BOUNDARY_000_25588\n\
             Content-Type: application/octet-stream; name=\"x.ext\"\nContent-Description: x.ext\n\
             Content-Disposition: attachment; filename=\"x.ext\"\nContent-Transfer-Encoding: BASE64\n\n\
             c3ViamVjdEFsdE5hbWU9RE5TOmxvY2FsaG9zdAo=\n\n------=_MIME_BOUNDARY_000_25588--\n\n\n."
        );
    }
}
