//! Reading the tree a TOML file was parsed into, by hand, so that every fault is found and has its place.
//!
//! [`Keys`] is one table: it hands out the values asked for and remembers their names, and [`Keys::finish`] then
//! knows which keys nobody asked for, and what they were probably meant to be.

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::LikeModel;
use crate::scenario::suggest::nearest;
use crate::scenario::template::{At, Piece, Str, Texts, pieces};
use crate::units::Points;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Collects the faults of one file while it is read.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// What was found so far.
    pub(crate) faults: Vec<Diagnostic>,
    /// The values of the variables, for those that stand where a number or a word of a list belongs.
    pub(crate) vars: BTreeMap<String, String>,
    /// A variable stands in such a place, so that each draw must be read by itself.
    pub(crate) varies: bool,
    /// Every key that was asked for, with its table: what the schema must know.
    #[cfg(test)]
    pub(crate) asked: std::collections::BTreeSet<(&'static str, &'static str)>,
}

/// A value with its name, for messages.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    /// Its key, or that of the list it stands in.
    pub(crate) name: String,
    /// Where the key stands.
    pub(crate) key: Range<usize>,
    /// Where the value stands.
    pub(crate) span: Range<usize>,
    pub(crate) value: &'t DeValue<'t>,
    /// It is one of a list.
    item: bool,
}

/// One table of which keys are read.
#[derive(Debug)]
pub(crate) struct Keys<'t> {
    table: &'t DeTable<'t>,
    /// What it is, such as "a host".
    what: &'static str,
    /// Where it stands; `None` for the file itself.
    span: Option<Range<usize>>,
    asked: Vec<&'static str>,
    /// Keys that are needed and missing, with what to say of it.
    missing: Vec<(&'static str, Diagnostic)>,
    /// Other keys are no fault.
    forgiving: bool,
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with(['a', 'i']) { "an" } else { "a" }
}

/// A value's type as an author knows it.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "list",
        DeValue::Table(_) => "table",
    }
}

impl<'t> Keys<'t> {
    /// The file's own table.
    pub(crate) fn root(table: &'t DeTable<'t>) -> Keys<'t> {
        Keys {
            table,
            what: "a scenario",
            span: None,
            asked: Vec::new(),
            missing: Vec::new(),
            forgiving: false,
        }
    }

    /// The value of `key`, if it is there.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.asked.push(key);
        self.table.get_key_value(key).map(|(k, v)| Node::new(k, v))
    }

    /// The value of `key`. Where it is missing [`Keys::finish`] says so, unless it stands there misspelt.
    pub(crate) fn need(&mut self, key: &'static str, example: &str) -> Option<Node<'t>> {
        let node = self.get(key);
        if node.is_none() {
            let fault = Diagnostic::error(
                "missing-key",
                self.span.clone().unwrap_or_default(),
                format!("{} needs `{key}`", self.what),
            )
            .label(format!("`{key}` is missing"))
            .help(format!("add `{key} = {example}`"));
            let fault = if self.span.is_some() { fault } else { fault.whole_file() };
            self.missing.push((key, fault));
        }
        node
    }

    /// The keys nobody asked for, in file order: for tables whose keys are the author's own names.
    pub(crate) fn others(&self) -> Vec<Node<'t>> {
        let mut others: Vec<Node<'t>> = self
            .table
            .iter()
            .filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref()))
            .map(|(k, v)| Node::new(k, v))
            .collect();
        others.sort_by_key(|node| node.key.start);
        others
    }

    /// Which of these keys are there.
    pub(crate) fn which(&self, keys: &[&'static str]) -> Vec<&'static str> {
        keys.iter().copied().filter(|key| self.table.contains_key(*key)).collect()
    }

    /// Where the table stands; nowhere for the file itself.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone().unwrap_or_default()
    }

    /// Says nothing of keys that nobody asks for: something else is wrong with this table already.
    pub(crate) fn forgive(&mut self) {
        self.forgiving = true;
    }

    /// The key that one nobody asked for was probably meant to be: one that is missing rather than one that is there.
    pub(crate) fn meant(&self, key: &str) -> Option<&'static str> {
        let absent = self.asked.iter().copied().filter(|known| !self.table.contains_key(*known));
        nearest(key, absent).or_else(|| nearest(key, self.asked.iter().copied()))
    }

    /// A fault for each key that nobody asked for and for each that is missing.
    pub(crate) fn finish(mut self, r: &mut Reader) {
        #[cfg(test)]
        r.asked.extend(self.asked.iter().map(|key| (self.what, *key)));
        if !self.forgiving {
            for node in self.others() {
                let meant = self.meant(&node.name);
                self.missing.retain(|(key, _)| Some(*key) != meant);
                let message = format!("unknown key `{}`", node.name.escape_debug());
                r.faults.push(
                    Diagnostic::error("unknown-key", node.key, message)
                        .label(format!("{} has no such key", self.what))
                        .suggest(meant, || there_are(&self.asked)),
                );
            }
        }
        r.faults.extend(self.missing.into_iter().map(|(_, fault)| fault));
    }
}

impl Keys<'_> {
    /// The end of a table in which every other key is a name of the author's own, and has been read.
    pub(crate) fn finish_free(mut self, r: &mut Reader) {
        self.forgive();
        self.finish(r);
    }
}

/// What there is to choose from.
pub(crate) fn there_are<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => "there are none".to_owned(),
        [one] => format!("there is only `{}`", one.as_ref()),
        names => format!("there are {}", list(names)),
    }
}

/// `a`, `b` and `c`, each in backticks.
pub(crate) fn list<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

impl<'t> Node<'t> {
    pub(crate) fn new(key: &'t Spanned<DeString<'t>>, value: &'t Spanned<DeValue<'t>>) -> Node<'t> {
        let name = key.get_ref().to_string();
        Node { name, key: key.span(), span: value.span(), value: value.get_ref(), item: false }
    }

    /// Is it a table?
    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Is it a list?
    pub(crate) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Is it a string?
    pub(crate) fn is_string(&self) -> bool {
        self.value.is_str()
    }

    /// Is it a whole number?
    pub(crate) fn is_integer(&self) -> bool {
        self.value.is_integer()
    }
}

impl Reader {
    /// A value of the wrong type.
    pub(crate) fn wrong_type(&mut self, node: &Node<'_>, wanted: &str, example: &str) {
        let found = kind(node.value);
        let (name, each) = (node.name.escape_debug(), if node.item { "each of " } else { "" });
        self.faults.push(
            Diagnostic::error(
                "wrong-type",
                node.span.clone(),
                format!("{each}`{name}` must be {wanted}, not {} {found}", article(found)),
            )
            .label(format!("{} {found}", article(found)))
            .help(format!("for example `{} = {example}`", node.name.escape_debug())),
        );
    }

    /// A value of the right type that cannot be.
    pub(crate) fn bad_value(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults.push(Diagnostic::error("bad-value", span, message).help(help));
    }

    /// A table.
    pub(crate) fn table<'t>(
        &mut self,
        node: &Node<'t>,
        what: &'static str,
        example: &str,
    ) -> Option<Keys<'t>> {
        match node.value {
            DeValue::Table(table) => Some(Keys {
                table,
                what,
                span: Some(node.span.clone()),
                asked: Vec::new(),
                missing: Vec::new(),
                forgiving: false,
            }),
            _ => {
                self.wrong_type(node, "a table", example);
                None
            }
        }
    }

    /// The elements of a list.
    pub(crate) fn list<'t>(&mut self, node: &Node<'t>, example: &str) -> Vec<Node<'t>> {
        match node.value {
            DeValue::Array(items) => items
                .iter()
                .map(|item| Node {
                    name: node.name.clone(),
                    key: node.key.clone(),
                    span: item.span(),
                    value: item.get_ref(),
                    item: true,
                })
                .collect(),
            _ => {
                self.wrong_type(node, "a list", example);
                Vec::new()
            }
        }
    }

    /// A string.
    pub(crate) fn string(&mut self, node: &Node<'_>, example: &str) -> Option<Str> {
        match node.value {
            DeValue::String(s) => Some(At { value: s.to_string(), span: node.span.clone() }),
            _ => {
                self.wrong_type(node, "a string", example);
                None
            }
        }
    }

    /// What variables make of a text where a number or a word of a list belongs; `None` where none stands there, or one
    /// that there is not, which is told.
    pub(crate) fn filled(&mut self, node: &Node<'_>) -> Option<String> {
        let DeValue::String(text) = node.value else { return None };
        if !text.contains("{{") {
            return None;
        }
        self.varies = true;
        let mut out = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) | Piece::Open(text) => out.push_str(text),
                Piece::Name(name) => match self.vars.get(name) {
                    Some(value) => out.push_str(value),
                    None => {
                        let message = format!("there is no variable `{}`", name.escape_debug());
                        self.faults.push(
                            Diagnostic::error("unknown-variable", node.span.clone(), message)
                                .suggest(nearest(name, self.vars.keys().map(String::as_str)), || {
                                    "here only variables of [vars] are known".to_owned()
                                }),
                        );
                        return None;
                    }
                },
            }
        }
        Some(out.trim().to_owned())
    }

    /// A string that stands for one thing, with its variables filled in.
    pub(crate) fn word_now(&mut self, node: &Node<'_>, example: &str) -> Option<Str> {
        let word = self.word(node, example)?;
        if !word.value.contains("{{") {
            return Some(word);
        }
        self.filled(node).map(|value| At { value, span: word.span })
    }

    /// A string that stands for one thing and is not empty.
    pub(crate) fn word(&mut self, node: &Node<'_>, example: &str) -> Option<Str> {
        let word = self.string(node, example)?;
        if word.value.trim().is_empty() {
            self.bad_value(word.span, format!("`{}` is empty", node.name), format!("for example {example}"));
            return None;
        }
        Some(word)
    }

    /// What a text must be like: a pattern, a list of patterns of which one must fit, or a table that says which must and
    /// which must not.
    pub(crate) fn like(&mut self, node: &Node<'_>, example: &str) -> Option<LikeModel> {
        if node.is_list() {
            let like = self.globs(node, example);
            return (!like.is_empty()).then_some(LikeModel { like, without: Vec::new() });
        }
        if !node.is_table() {
            let like = vec![self.string(node, example)?];
            return Some(LikeModel { like, without: Vec::new() });
        }
        let example = format!("{{ like = {example}, without = \"...\" }}");
        let mut keys = self.table(node, "what a text is like", &example)?;
        let mut globs =
            |r: &mut Reader, key| keys.get(key).map(|n| r.globs(&n, "\"...\"")).unwrap_or_default();
        let (like, without) = (globs(self, "like"), globs(self, "without"));
        if keys.which(&["like", "without"]).is_empty() && keys.others().is_empty() {
            self.bad_value(keys.span(), "nothing says what it is like", format!("for example {example}"));
        }
        keys.finish(self);
        Some(LikeModel { like, without })
    }

    /// The same, where nothing cannot be meant.
    pub(crate) fn like_word(&mut self, node: &Node<'_>, example: &str) -> Option<LikeModel> {
        let like = self.like(node, example)?;
        let empty = like.like.iter().find(|text| text.value.trim().is_empty());
        if let Some(text) = empty {
            let message = format!("`{}` is empty", node.name);
            self.bad_value(text.span.clone(), message, format!("for example {example}"));
            return None;
        }
        Some(like)
    }

    /// One pattern or a list of them.
    fn globs(&mut self, node: &Node<'_>, example: &str) -> Vec<Str> {
        if !node.is_list() {
            return self.string(node, example).into_iter().collect();
        }
        let globs = self.strings(node, &format!("[{example}]"));
        if self.list(node, "").is_empty() {
            let message = format!("nothing is like `{}`", node.name);
            self.bad_value(node.span.clone(), message, format!("for example [{example}]"));
        }
        globs
    }

    /// A list of strings.
    pub(crate) fn strings(&mut self, node: &Node<'_>, example: &str) -> Vec<Str> {
        let items = self.list(node, example);
        items.iter().filter_map(|item| self.string(item, example)).collect()
    }

    /// A boolean.
    pub(crate) fn boolean(&mut self, node: &Node<'_>) -> Option<bool> {
        match node.value {
            DeValue::Boolean(b) => Some(*b),
            DeValue::String(text) if text.contains("{{") => match self.filled(node)?.as_str() {
                "true" => Some(true),
                "false" => Some(false),
                other => {
                    let message = format!("`{}` cannot be \"{}\"", node.name, other.escape_debug());
                    self.bad_value(node.span.clone(), message, "it must be `true` or `false`");
                    None
                }
            },
            _ => {
                self.wrong_type(node, "`true` or `false`", "true");
                None
            }
        }
    }

    /// A whole number from `least` to `most`.
    pub(crate) fn integer(&mut self, node: &Node<'_>, least: i64, most: i64) -> Option<i64> {
        let n = match node.value {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            DeValue::String(text) if text.contains("{{") => self.filled(node)?.parse().ok(),
            _ => {
                // Where there is no least, what nobody would write is no example.
                self.wrong_type(node, "a whole number", &least.max(0).to_string());
                return None;
            }
        };
        let n = n.filter(|n| (least..=most).contains(n));
        if n.is_none() {
            self.bad_value(
                node.span.clone(),
                format!("`{}` is out of range", node.name),
                format!("it must be a whole number from {least} to {most}"),
            );
        }
        n
    }

    /// Points: a number, not negative.
    pub(crate) fn points(&mut self, node: &Node<'_>) -> Option<Points> {
        let number: f64 = match node.value {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or(f64::NAN, |n| n as f64),
            DeValue::Float(n) => n.as_str().parse().unwrap_or(f64::NAN),
            DeValue::String(text) if text.contains("{{") => self.filled(node)?.parse().unwrap_or(f64::NAN),
            _ => {
                self.wrong_type(node, "a number of points", "0.5");
                return None;
            }
        };
        let points = Points::from_number(number).filter(|p| *p >= Points::ZERO);
        if points.is_none() {
            self.bad_value(
                node.span.clone(),
                format!("`{}` is no number of points", node.name),
                "points are 0 or more, such as `2` or `0.5`",
            );
        }
        points
    }

    /// A text for the learner, which must be there in both languages.
    pub(crate) fn texts(&mut self, node: &Node<'_>) -> Option<Texts> {
        if let DeValue::String(_) = node.value {
            self.faults.push(
                Diagnostic::error(
                    "missing-translation",
                    node.span.clone(),
                    format!("`{}` is there in one language only", node.name),
                )
                .label("which language is this?")
                .help(format!("write `{} = {{ en = \"...\", de = \"...\" }}`", node.name)),
            );
            return None;
        }
        let mut keys = self.table(node, "a text", "{ en = \"...\", de = \"...\" }")?;
        let texts = self.both(&node.name, &mut keys);
        keys.finish(self);
        texts
    }

    /// The `en` and `de` of a table that has other keys too.
    pub(crate) fn both(&mut self, name: &str, keys: &mut Keys<'_>) -> Option<Texts> {
        let [en, de] = ["en", "de"].map(|lang| {
            let node = keys.get(lang);
            let text = node.as_ref().and_then(|node| self.string(node, "\"...\""));
            if node.is_none() || text.as_ref().is_some_and(|t| t.value.trim().is_empty()) {
                let (at, what) = match &node {
                    Some(node) => (node.span.clone(), "empty"),
                    None => (keys.span(), "missing"),
                };
                let language = if lang == "en" { "English" } else { "German" };
                self.faults.push(
                    Diagnostic::error(
                        "missing-translation",
                        at,
                        format!("the {language} text of `{name}` is {what}"),
                    )
                    .label(format!("no {language} here"))
                    .help(format!("add `{lang} = \"...\"`")),
                );
                return None;
            }
            text
        });
        Some(Texts { en: en?, de: de? })
    }

    /// A text of the world: one string where language does not matter, else both languages.
    pub(crate) fn world_text(&mut self, node: &Node<'_>) -> Option<Texts> {
        match node.value {
            DeValue::String(s) => {
                let text = At { value: s.to_string(), span: node.span.clone() };
                Some(Texts { de: text.clone(), en: text })
            }
            DeValue::Table(_) => self.texts(node),
            _ => {
                self.wrong_type(
                    node,
                    "a string or a text in both languages",
                    "{ en = \"...\", de = \"...\" }",
                );
                None
            }
        }
    }

    /// An id: lower-case letters, digits, `-` and `_`, beginning with a letter.
    pub(crate) fn id(&mut self, node: &Node<'_>, example: &str) -> Option<Str> {
        let id = self.word(node, example)?;
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if id.value.starts_with(|c: char| c.is_ascii_lowercase()) && id.value.chars().all(good) {
            return Some(id);
        }
        self.bad_value(
            id.span,
            format!("`{}` is no id", id.value.escape_debug()),
            format!(
                "an id has lower-case letters, digits and hyphens and begins with a letter, such as {example}"
            ),
        );
        None
    }

    /// One of a fixed set of words.
    pub(crate) fn one_of<T: Copy>(&mut self, node: &Node<'_>, words: &[(&'static str, T)]) -> Option<T> {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        let mut word = self.string(node, &format!("{:?}", names.first().copied().unwrap_or_default()))?;
        if word.value.contains("{{") {
            word.value = self.filled(node)?;
        }
        let found = words.iter().find(|(name, _)| name.eq_ignore_ascii_case(word.value.trim()));
        if found.is_none() {
            self.faults.push(
                Diagnostic::error(
                    "bad-value",
                    word.span,
                    format!("`{}` cannot be \"{}\"", node.name, word.value.escape_debug()),
                )
                .suggest(nearest(&word.value, names.iter().copied()), || there_are(&names)),
            );
        }
        found.map(|(_, value)| *value)
    }
}
