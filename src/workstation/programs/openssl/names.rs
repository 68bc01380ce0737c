//! Distinguished names as OpenSSL writes them.

use const_oid_names::short;
use der::Tagged as _;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `O = helo, CN = mail.example`: what OpenSSL writes unless told otherwise.
    Oneline,
    /// `CN=mail.example,O=helo` (RFC 2253, now RFC 4514).
    Rfc2253,
    /// `/O=helo/CN=mail.example`: the old form.
    Compat,
    /// One attribute on a line, by its long name.
    Multiline,
}

impl Form {
    /// The form that `-nameopt` names.
    pub(super) fn named(name: &str) -> Option<Form> {
        match name {
            "oneline" => Some(Form::Oneline),
            "RFC2253" => Some(Form::Rfc2253),
            "compat" => Some(Form::Compat),
            "multiline" => Some(Form::Multiline),
            _ => None,
        }
    }
}

/// A name in this form.
pub(super) fn written(name: &Name, form: Form) -> String {
    let parts = |equals: &str, plus: &str, quote: Quote| -> Vec<String> {
        let attribute = |a: &AttributeTypeAndValue| {
            format!("{}{equals}{}", short(&a.oid.to_string()), quoted(&value(a), quote))
        };
        name.iter_rdn().map(|rdn| rdn.iter().map(attribute).collect::<Vec<_>>().join(plus)).collect()
    };
    match form {
        Form::Oneline => parts(" = ", " + ", Quote::Around).join(", "),
        Form::Rfc2253 => {
            let mut parts = parts("=", "+", Quote::Backslash);
            parts.reverse();
            parts.join(",")
        }
        Form::Compat => parts("=", "/", Quote::Never).iter().map(|p| format!("/{p}")).collect(),
        Form::Multiline => name
            .iter()
            .map(|a| format!("\n    {:<26}= {}", const_oid_names::long(&a.oid.to_string()), value(a)))
            .collect(),
    }
}

/// How special characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    Around,
    Backslash,
    Never,
}

/// An attribute's text; what is no text stands in hexadecimal after `#`.
fn value(attribute: &AttributeTypeAndValue) -> String {
    let any = &attribute.value;
    let textual =
        [der::Tag::Utf8String, der::Tag::PrintableString, der::Tag::Ia5String, der::Tag::TeletexString];
    match std::str::from_utf8(any.value()) {
        Ok(text) if textual.contains(&any.tag()) => text.to_owned(),
        _ => any.value().iter().fold("#".to_owned(), |text, b| text + &format!("{b:02X}")),
    }
}

/// Octets beyond ASCII and control characters stand as `\XX`; special ones are quoted.
fn quoted(text: &str, quote: Quote) -> String {
    let special = |c: char| ",+\"\\<>;".contains(c);
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.chars().enumerate() {
        let last = i + 1 == text.chars().count();
        if !c.is_ascii() || c.is_ascii_control() {
            let mut octets = [0; 4];
            out.extend(c.encode_utf8(&mut octets).bytes().map(|b| format!("\\{b:02X}")));
        } else if quote == Quote::Backslash
            && (special(c) || (i == 0 && c == '#') || (c == ' ' && (i == 0 || last)))
            || quote == Quote::Around && "\"\\".contains(c)
        {
            out.push('\\');
            out.push(c);
        } else {
            out.push(c);
        }
    }
    let around = text.contains(special) || text.starts_with(['#', ' ']) || text.ends_with(' ');
    if quote == Quote::Around && around { format!("\"{out}\"") } else { out }
}

/// The names of attributes.
mod const_oid_names {
    const NAMES: [(&str, &str, &str); 12] = [
        ("2.5.4.3", "CN", "commonName"),
        ("2.5.4.4", "SN", "surname"),
        ("2.5.4.5", "serialNumber", "serialNumber"),
        ("2.5.4.6", "C", "countryName"),
        ("2.5.4.7", "L", "localityName"),
        ("2.5.4.8", "ST", "stateOrProvinceName"),
        ("2.5.4.10", "O", "organizationName"),
        ("2.5.4.11", "OU", "organizationalUnitName"),
        ("2.5.4.12", "title", "title"),
        ("1.2.840.113549.1.9.1", "emailAddress", "emailAddress"),
        ("0.9.2342.19200300.100.1.25", "DC", "domainComponent"),
        ("0.9.2342.19200300.100.1.1", "UID", "userId"),
    ];

    /// The short one.
    pub(super) fn short(oid: &str) -> String {
        NAMES.iter().find(|(o, ..)| *o == oid).map_or(oid, |(_, s, _)| s).to_owned()
    }

    /// The long one.
    pub(super) fn long(oid: &str) -> String {
        NAMES.iter().find(|(o, ..)| *o == oid).map_or(oid, |(_, _, l)| l).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr as _;

    #[test]
    fn names_as_openssl_writes_them() {
        // The text form is read from the right.
        let name = Name::from_str(r"CN=Fluß\, Anna,O=helo lab").unwrap();
        assert_eq!(written(&name, Form::Oneline), r#"O = helo lab, CN = "Flu\C3\9F, Anna""#);
        assert_eq!(written(&name, Form::Rfc2253), r"CN=Flu\C3\9F\, Anna,O=helo lab");
        assert_eq!(written(&name, Form::Compat), r"/O=helo lab/CN=Flu\C3\9F, Anna");
        assert_eq!(
            written(&name, Form::Multiline),
            "\n    organizationName          = helo lab\n    commonName                = Fluß, Anna"
        );
    }
}
