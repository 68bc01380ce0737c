//! "Did you mean ...?": the known name that looks most like what was written.

/// How alike two names must be (Jaro-Winkler, 0 to 1) to be worth a suggestion.
const ALIKE: f64 = 0.8;

/// The name of `known` that is most like `word`; the first of those that are equally like it.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let alike = strsim::jaro_winkler(&word, &name.to_lowercase());
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_probably_meant() {
        let keys = ["mailbox", "host", "domain", "message", "banner_name"];
        for (word, meant) in [
            ("mailbx", Some("mailbox")),
            ("Hosts", Some("host")),
            ("banner", Some("banner_name")),
            ("mesage", Some("message")),
            ("quota", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), meant, "{word}");
        }
    }
}
