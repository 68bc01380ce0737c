//! LIST and LSUB: which of a user's folders fit the patterns, and what is said of each (RFC 3501 sections 6.3.8, 6.3.9
//! and 7.2.2, RFC 5258).

use super::{FolderInfo, ListOptions, SpecialUse};
use std::collections::BTreeMap;

/// A longer pattern fits nothing: no folder has a name this long.
const PATTERN: usize = 1024;

/// A line of an answer to LIST or LSUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The name as it is shown, separators included.
    pub name: String,
    /// The attributes with their backslashes.
    pub attributes: Vec<&'static str>,
    /// Below it there is something that was asked for (RFC 5258 section 3.5).
    pub child_info: bool,
    /// There is such a folder.
    exists: bool,
}

impl Listed {
    /// Can it be selected, and does it have a status?
    pub fn selectable(&self) -> bool {
        self.exists
    }
}

/// What is known of a name while a list is made.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    exists: bool,
    subscribed: bool,
    special: Option<SpecialUse>,
    /// There are folders below it.
    has_children: bool,
    /// There is something below it that was asked for, and that no pattern fits.
    wanted_below: bool,
}

/// The answer to LIST. Names in `folders`, patterns and the answer have `separator` between levels.
pub fn list(folders: &[FolderInfo], separator: char, options: &ListOptions) -> Vec<Listed> {
    if let ([pattern], false) = (options.patterns.as_slice(), options.extended)
        && pattern.is_empty()
    {
        // Asks for the separator alone.
        return vec![Listed {
            name: options.reference.clone(),
            attributes: vec!["\\Noselect"],
            child_info: false,
            exists: false,
        }];
    }
    let patterns = Patterns::new(options);
    let select = options.select;
    let wanted = |known: &Known| {
        (!select.subscribed || known.subscribed)
            && (!select.special_use || known.special.is_some())
            && (known.exists || known.subscribed)
    };
    let selects = select.subscribed || select.special_use;
    let mut found = Vec::new();
    let below = |name: &str, known: &Known| wanted(known) && !patterns.fit(name, separator);
    for (name, known) in levels(folders, separator, below) {
        let is_parent = known.has_children && !selects;
        let as_parent = select.recursive && known.wanted_below && !wanted(&known);
        // A name that is subscribed to and is no folder is listed where subscriptions are asked for.
        let listed = (wanted(&known) && (known.exists || select.subscribed)) || is_parent || as_parent;
        if !listed || !patterns.fit(name, separator) {
            continue;
        }
        found.push(Listed {
            name: name.to_owned(),
            attributes: attributes(&known, options),
            child_info: select.recursive && known.wanted_below,
            exists: known.exists,
        });
    }
    found
}

/// The answer to LSUB (RFC 3501 section 6.3.9): what is subscribed to, and the levels above that `%` stops at.
pub fn lsub(folders: &[FolderInfo], separator: char, options: &ListOptions) -> Vec<Listed> {
    let patterns = Patterns::new(options);
    let mut found = Vec::new();
    let below = |name: &str, known: &Known| known.subscribed && !patterns.fit(name, separator);
    for (name, known) in levels(folders, separator, below) {
        let stops_here = known.wanted_below && patterns.ends_in_level();
        if !(known.subscribed || stops_here) || !patterns.fit(name, separator) {
            continue;
        }
        let attributes = if known.subscribed { Vec::new() } else { vec!["\\Noselect"] };
        found.push(Listed { name: name.to_owned(), attributes, child_info: false, exists: known.exists });
    }
    found
}

/// Every name, and every level above one, in order.
fn levels(
    folders: &[FolderInfo],
    separator: char,
    wanted: impl Fn(&str, &Known) -> bool,
) -> BTreeMap<&str, Known> {
    let mut levels: BTreeMap<&str, Known> = BTreeMap::new();
    for folder in folders {
        let known = levels.entry(&folder.name).or_default();
        known.exists = folder.exists;
        known.subscribed = folder.subscribed;
        known.special = folder.special;
        let (exists, wanted) = (folder.exists, wanted(&folder.name, known));
        let mut name = folder.name.as_str();
        while let Some((above, _)) = name.rsplit_once(separator) {
            let known = levels.entry(above).or_default();
            known.has_children |= exists;
            known.wanted_below |= wanted;
            name = above;
        }
    }
    levels
}

fn attributes(known: &Known, options: &ListOptions) -> Vec<&'static str> {
    let mut attributes = Vec::new();
    if (options.return_subscribed || options.select.subscribed) && known.subscribed {
        attributes.push("\\Subscribed");
    }
    if !known.exists {
        attributes.push(if options.extended { "\\NonExistent" } else { "\\Noselect" });
    }
    if options.return_children || !options.extended {
        attributes.push(if known.has_children { "\\HasChildren" } else { "\\HasNoChildren" });
    }
    if options.return_special_use || options.select.special_use || !options.extended {
        attributes.extend(known.special.map(SpecialUse::name));
    }
    attributes
}

/// Patterns, put after the reference.
struct Patterns(Vec<Vec<char>>);

impl Patterns {
    fn new(options: &ListOptions) -> Patterns {
        let whole = |pattern: &String| {
            let whole = format!("{}{pattern}", options.reference);
            let mut chars: Vec<char> = Vec::with_capacity(whole.len());
            for c in whole.chars() {
                // Of neighbouring wildcards the widest says everything.
                match (chars.last(), c) {
                    (Some('*'), '*' | '%') | (Some('%'), '%') => {}
                    (Some('%'), '*') => {
                        chars.pop();
                        chars.push('*');
                    }
                    _ => chars.push(c),
                }
            }
            chars
        };
        Patterns(options.patterns.iter().map(whole).filter(|pattern| pattern.len() <= PATTERN).collect())
    }

    fn fit(&self, name: &str, separator: char) -> bool {
        self.0.iter().any(|pattern| fits(pattern, name, separator))
    }

    /// Does one of them end in `%`? It lists levels of the hierarchy too (RFC 3501 section 6.3.9).
    fn ends_in_level(&self) -> bool {
        self.0.iter().any(|pattern| pattern.last() == Some(&'%'))
    }
}

/// Does the name fit? `*` stands for anything, `%` for anything within one level. INBOX has no case.
fn fits(pattern: &[char], name: &str, separator: char) -> bool {
    let level = name.split(separator).next().unwrap_or_default();
    let caseless = if level == "INBOX" { level.len() } else { 0 };
    // Which places of the pattern may come next, after so much of the name.
    let mut places = vec![false; pattern.len() + 1];
    if let Some(first) = places.first_mut() {
        *first = true;
    }
    pass_wildcards(pattern, &mut places);
    for (at, c) in name.chars().enumerate() {
        let mut next = vec![false; places.len()];
        for (place, wanted) in pattern.iter().enumerate() {
            if !places.get(place).copied().unwrap_or(false) {
                continue;
            }
            let stays = *wanted == '*' || (*wanted == '%' && c != separator);
            let moves = *wanted == c || (at < caseless && wanted.eq_ignore_ascii_case(&c));
            let to = if stays { place } else { place + 1 };
            if (stays || (moves && !matches!(wanted, '*' | '%')))
                && let Some(slot) = next.get_mut(to)
            {
                *slot = true;
            }
        }
        places = next;
        pass_wildcards(pattern, &mut places);
    }
    places.last() == Some(&true)
}

/// A wildcard may stand for nothing.
fn pass_wildcards(pattern: &[char], places: &mut [bool]) {
    for (place, c) in pattern.iter().enumerate() {
        if matches!(c, '*' | '%')
            && places.get(place) == Some(&true)
            && let Some(next) = places.get_mut(place + 1)
        {
            *next = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ListSelect, StatusItem};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn patterns_fit_names() {
        for (pattern, name, wanted) in [
            ("*", "a/b/c", true),
            ("%", "a", true),
            ("%", "a/b", false),
            ("%/%", "a/b", true),
            ("a/%/c", "a/b/c", true),
            ("a/%/c", "a/b/b/c", false),
            ("a*c", "a/b/c", true),
            ("*%", "a/b", true),
            ("%*", "a/b", true),
            ("inbox", "INBOX", true),
            ("InB%", "INBOX", true),
            ("inbox/*", "INBOX/sub", true),
            ("inbox/SUB", "INBOX/sub", false),
            ("sent", "Sent", false),
            ("inbox", "INBOXES", false),
            ("", "", true),
            ("", "a", false),
            ("a", "", false),
            ("K%n", "Köln", true),
        ] {
            let options = ListOptions { patterns: vec![pattern.to_owned()], ..ListOptions::default() };
            assert_eq!(Patterns::new(&options).fit(name, '/'), wanted, "{pattern} {name}");
        }
    }

    fn folder(name: &str) -> FolderInfo {
        FolderInfo { name: name.to_owned(), exists: true, subscribed: false, special: None }
    }

    fn folders() -> Vec<FolderInfo> {
        let subscribed = |name| FolderInfo { subscribed: true, ..folder(name) };
        vec![
            subscribed("INBOX"),
            folder("INBOX/sub"),
            FolderInfo { special: Some(SpecialUse::Sent), ..subscribed("Sent") },
            subscribed("a/b/c"),
            folder("x"),
            folder("x/y"),
            FolderInfo { exists: false, ..subscribed("ghost") },
            folder("Entwürfe"),
        ]
    }

    /// `(attributes) name`, with a `+` where there is something below.
    fn shown(lines: &[Listed]) -> Vec<String> {
        let one = |listed: &Listed| {
            let plus = if listed.child_info { " +" } else { "" };
            format!("({}) {}{plus}", listed.attributes.join(" "), listed.name)
        };
        lines.iter().map(one).collect()
    }

    fn options(reference: &str, pattern: &str) -> ListOptions {
        ListOptions {
            reference: reference.to_owned(),
            patterns: vec![pattern.to_owned()],
            ..ListOptions::default()
        }
    }

    #[test]
    fn lists_of_the_plain_kind() {
        for (reference, pattern, wanted) in [
            (
                "",
                "*",
                &[
                    "(\\HasNoChildren) Entwürfe",
                    "(\\HasChildren) INBOX",
                    "(\\HasNoChildren) INBOX/sub",
                    "(\\HasNoChildren \\Sent) Sent",
                    "(\\Noselect \\HasChildren) a",
                    "(\\Noselect \\HasChildren) a/b",
                    "(\\HasNoChildren) a/b/c",
                    "(\\HasChildren) x",
                    "(\\HasNoChildren) x/y",
                ][..],
            ),
            ("", "inb%", &["(\\HasChildren) INBOX"]),
            ("a/", "%", &["(\\Noselect \\HasChildren) a/b"]),
            ("", "", &["(\\Noselect) "]),
            ("foo/", "", &["(\\Noselect) foo/"]),
            ("", "nobody", &[]),
        ] {
            let got = shown(&list(&folders(), '/', &options(reference, pattern)));
            assert_eq!(got, wanted, "{reference} {pattern}");
        }
    }

    #[test]
    fn another_separator_divides_other_levels() {
        let folders: Vec<FolderInfo> = ["INBOX", "INBOX.a/b.c"].map(folder).into();
        let got = |pattern| shown(&list(&folders, '.', &options("", pattern)));
        assert_eq!(got("inbox.%.c"), ["(\\HasNoChildren) INBOX.a/b.c"]);
        assert_eq!(got("inbox.%"), ["(\\Noselect \\HasChildren) INBOX.a/b"]);
    }

    #[test]
    fn lists_of_the_extended_kind() {
        let all = |pattern| ListOptions { extended: true, ..options("", pattern) };
        let select = |subscribed, recursive| ListSelect { subscribed, recursive, ..ListSelect::default() };
        for (options, wanted) in [
            (
                ListOptions { select: select(true, false), ..all("*") },
                &[
                    "(\\Subscribed) INBOX",
                    "(\\Subscribed) Sent",
                    "(\\Subscribed) a/b/c",
                    "(\\Subscribed \\NonExistent) ghost",
                ][..],
            ),
            (
                ListOptions { select: select(true, true), ..all("%") },
                &[
                    "(\\Subscribed) INBOX",
                    "(\\Subscribed) Sent",
                    "(\\NonExistent) a +",
                    "(\\Subscribed \\NonExistent) ghost",
                ],
            ),
            // What is below a folder and listed itself needs no mention there.
            (ListOptions { select: select(true, true), ..all("a*") }, &["(\\Subscribed) a/b/c"]),
            (
                ListOptions { return_subscribed: true, return_children: true, ..all("%") },
                &[
                    "(\\HasNoChildren) Entwürfe",
                    "(\\Subscribed \\HasChildren) INBOX",
                    "(\\Subscribed \\HasNoChildren) Sent",
                    "(\\NonExistent \\HasChildren) a",
                    "(\\HasChildren) x",
                ],
            ),
            (
                ListOptions {
                    select: ListSelect { special_use: true, ..ListSelect::default() },
                    return_status: vec![StatusItem::Messages],
                    ..all("*")
                },
                &["(\\Sent) Sent"],
            ),
            (
                ListOptions { patterns: vec!["x".to_owned(), "Sent".to_owned()], ..all("") },
                &["() Sent", "() x"],
            ),
            (all(""), &[]),
        ] {
            assert_eq!(shown(&list(&folders(), '/', &options)), wanted, "{options:?}");
        }
    }

    #[test]
    fn lsub_stops_at_levels() {
        let got = |pattern| shown(&lsub(&folders(), '/', &options("", pattern)));
        assert_eq!(got("*"), ["() INBOX", "() Sent", "() a/b/c", "() ghost"]);
        assert_eq!(got("%"), ["() INBOX", "() Sent", "(\\Noselect) a", "() ghost"]);
        assert_eq!(got("a/%"), ["(\\Noselect) a/b"]);
        assert_eq!(got("a"), Vec::<String>::new());
    }

    /// The rule itself, without regard to time.
    fn fits_slowly(pattern: &[char], name: &[char]) -> bool {
        match (pattern.split_first(), name.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), None) | (Some(('%', rest)), None) => fits_slowly(rest, name),
            (Some((wild @ ('*' | '%'), rest)), Some((c, after))) => {
                fits_slowly(rest, name) || ((*wild == '*' || *c != '/') && fits_slowly(pattern, after))
            }
            (Some((wanted, rest)), Some((c, after))) => wanted == c && fits_slowly(rest, after),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn patterns_fit_by_the_rule(pattern in "[ab/*%]{0,8}", name in "[ab/]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let fast = Patterns::new(&options("", &pattern)).fit(&name, '/');
            prop_assert_eq!(fast, fits_slowly(&chars(&pattern), &chars(&name)));
        }
    }
}
