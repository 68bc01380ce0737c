//! The pages' own words in German and English, from `locales/ui/`, and which of the two a browser gets.

use crate::units::{Lang, Points};
use axum::http::{HeaderMap, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// The cookie that remembers the language chosen.
pub(super) const COOKIE: &str = "helo-lang";

/// The words of one language.
pub(super) struct Ui {
    /// Which.
    pub(super) lang: Lang,
    words: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Ui {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ui({})", self.lang.code())
    }
}

/// The source of one language's words.
fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::De => include_str!(concat!(env!("OUT_DIR"), "/ui.de.ftl")),
        Lang::En => include_str!(concat!(env!("OUT_DIR"), "/ui.en.ftl")),
    }
}

impl Ui {
    /// The words of this language.
    pub(super) fn of(lang: Lang) -> &'static Ui {
        static DE: OnceLock<Ui> = OnceLock::new();
        static EN: OnceLock<Ui> = OnceLock::new();
        match lang {
            Lang::De => DE.get_or_init(|| Ui::read(Lang::De)),
            Lang::En => EN.get_or_init(|| Ui::read(Lang::En)),
        }
    }

    fn read(lang: Lang) -> Ui {
        // What cannot be read is left out; a test below sees to it that there is nothing of the kind.
        let words = FluentResource::try_new(source(lang).to_owned()).unwrap_or_else(|(words, _)| words);
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(words);
        Ui { lang, words: bundle }
    }

    /// The language that the browser's cookie names, else the one of the two that it likes better.
    pub(super) fn for_browser(headers: &HeaderMap) -> &'static Ui {
        Ui::of(chosen(headers).unwrap_or_else(|| preferred(headers)))
    }

    /// A text without variables.
    pub(super) fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with one variable, `$x`.
    pub(super) fn x(&self, key: &str, x: impl Into<FluentValue<'static>>) -> String {
        self.with(key, &[("x", x.into())])
    }

    /// A text with variables. A key that is missing is shown itself.
    pub(super) fn with(&self, key: &str, variables: &[(&'static str, FluentValue<'static>)]) -> String {
        let Some(pattern) = self.words.get_message(key).and_then(|m| m.value()) else {
            return format!("[{key}]");
        };
        let args: FluentArgs<'_> = variables.iter().cloned().collect();
        self.words.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A text about points: `$x` as this language writes them, `$n` to choose the word's form by.
    pub(super) fn amount(&self, key: &str, points: Points) -> String {
        let n = points.0 as f64 / 100.0;
        self.with(key, &[("x", self.points(points).into()), ("n", n.into())])
    }

    /// Points as this language writes numbers.
    pub(super) fn points(&self, points: Points) -> String {
        match self.lang {
            Lang::De => points.to_string().replace('.', ",").replace('-', "−"),
            Lang::En => points.to_string().replace('-', "−"),
        }
    }

    /// The texts that the page's modules need, as a JSON object: all keys that begin with `js-`, without it.
    pub(super) fn for_modules(&self) -> String {
        let keys = source(self.lang).lines().filter_map(|l| Some(l.split_once(" =")?.0));
        let own = keys.filter_map(|k| Some((k.strip_prefix("js-")?, k)));
        let map = own.map(|(short, key)| {
            let raw = self.words.get_message(key).and_then(|m| m.value());
            (short.to_owned(), raw.map_or_else(String::new, |_| self.x(key, "{x}")).into())
        });
        serde_json::Value::Object(map.collect()).to_string()
    }
}

/// The language in the cookie.
fn chosen(headers: &HeaderMap) -> Option<Lang> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    cookies
        .flat_map(|v| v.split(';'))
        .filter_map(|c| c.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .find_map(|(_, lang)| lang.parse().ok())
}

/// The one with the greatest weight in Accept-Language (RFC 9110 section 12.5.4), the first of several; English where
/// neither is named.
fn preferred(headers: &HeaderMap) -> Lang {
    let sent = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|v| v.to_str().ok());
    let mut best = (Lang::En, 0.0);
    for range in sent.flat_map(|v| v.split(',')) {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        if let Ok(lang) = primary.parse()
            && weight > best.1
        {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// Each key with the variables in its text.
    fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut last = String::new();
        for line in source(lang).lines().filter(|l| !l.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                last = key.to_owned();
                keys.insert(last.clone(), BTreeSet::new());
            }
            for variable in line.split('$').skip(1) {
                let name: String = variable.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
                keys.entry(last.clone()).or_default().insert(name);
            }
        }
        keys
    }

    /// All files of this kind below a folder, as one text.
    fn all(folder: &str, kind: &str) -> String {
        let mut text = String::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == kind) {
                    text += &std::fs::read_to_string(path).unwrap();
                }
            }
        }
        text
    }

    #[test]
    fn both_languages_say_the_same_things() {
        for lang in Lang::ALL {
            assert!(
                FluentResource::try_new(source(lang).to_owned()).is_ok(),
                "locales/ui/*.{}.ftl",
                lang.code()
            );
        }
        assert!(keys(Lang::De).len() > 50);
        assert_eq!(keys(Lang::De), keys(Lang::En));
    }

    #[test]
    fn every_text_is_there_and_every_one_is_used() {
        let code = all("src/web", "rs") + &all("templates", "html");
        let modules = all("static/js", "js");
        let known = keys(Lang::En);
        for key in known.keys() {
            let used = match key.strip_prefix("js-") {
                Some(short) => modules.contains(&format!("\"{short}\"")),
                None => code.contains(&format!("\"{key}\"")),
            };
            assert!(used, "nobody says {key}");
        }
        let asked = |text: &str, call: &str| -> Vec<String> {
            text.split(call).skip(1).filter_map(|t| Some(t.split_once('"')?.0.to_owned())).collect()
        };
        for call in ["ui.t(\"", "ui.x(\"", "ui.with(\"", "ui.amount(\""] {
            for key in asked(&code, call) {
                assert!(known.contains_key(&key), "{key} is missing");
            }
        }
        for key in asked(&modules, " t(\"").into_iter().chain(asked(&modules, "(t(\"")) {
            assert!(known.contains_key(&format!("js-{key}")), "js-{key} is missing");
        }
    }

    #[test]
    fn the_browser_chooses_unless_the_learner_has() {
        for (accept, cookie, lang) in [
            ("", "", Lang::En),
            ("de", "", Lang::De),
            ("de-AT,de;q=0.9,en;q=0.8", "", Lang::De),
            ("fr, en;q=0.5, de;q=0.7", "", Lang::De),
            ("en-GB,de;q=0.9", "", Lang::En),
            ("de;q=0", "", Lang::En),
            ("en", "x=1; helo-lang=de", Lang::De),
            ("de", "helo-lang=fr", Lang::De),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
            assert_eq!(Ui::for_browser(&headers).lang, lang, "{accept} {cookie}");
        }
    }

    #[test]
    fn points_are_written_as_people_write_them() {
        for (points, de, en) in [(50, "0,5", "0.5"), (300, "3", "3"), (-25, "−0,25", "−0.25")] {
            assert_eq!(Ui::of(Lang::De).points(Points(points)), de);
            assert_eq!(Ui::of(Lang::En).points(Points(points)), en);
        }
    }
}
