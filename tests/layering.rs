//! Reads the sources and holds them to the map of the modules: who may use whom, what appears where, how long a
//! file may be. docs/architecture.md shows the same table to people; both are compared here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::Visit;

/// What each module may use, from the bottom up. `*` is anything.
const MAY_USE: &[(&str, &str)] = &[
    ("units", ""),
    ("rfc", ""),
    ("mail", "units rfc"),
    ("event", "units rfc mail"),
    ("explain", "units rfc mail event"),
    ("proto", "units rfc mail event"),
    ("world", "units rfc mail event proto"),
    ("workstation", "units rfc mail event proto world"),
    ("scenario", "units rfc mail event world"),
    ("grade", "units mail event scenario"),
    ("attempt", "units rfc mail event proto world workstation scenario grade"),
    ("capture", "units rfc mail event explain"),
    ("keys", "units mail"),
    ("author", "units mail scenario grade attempt explain event capture keys"),
    ("store", "units"),
    ("lab", "units mail event scenario grade attempt keys store"),
    ("net", "units event lab"),
    ("web", "units rfc mail event explain scenario grade attempt capture author store lab"),
    ("cli", "*"),
    ("config", "*"),
    ("main", "*"),
];

/// Crates that wait, listen or keep, and the modules at the edge that may use them. `async` belongs there too.
const EDGE_CRATES: &[&str] =
    &["tokio", "axum", "sqlx", "rusqlite", "askama", "tower_http", "tokio_tungstenite", "tokio_rustls"];
const EDGE: &[&str] = &["lab", "store", "net", "web", "cli", "config", "main"];

/// Crates that encrypt, sign, and read certificates, and the modules that may use them: cryptography is what `mail` and
/// `world` teach and the workstation's `openssl` does, keys are made in one place, and TLS is spoken at the edge.
const CRYPTOGRAPHY: &[(&[&str], &[&str])] = &[
    (&["aws_lc_rs"], &["mail", "world", "workstation", "keys", "net"]),
    (&["webpki", "x509_cert", "der"], &["mail", "world", "workstation", "keys"]),
    (&["rcgen"], &["keys"]),
    (&["rustls", "tokio_rustls"], &["net", "capture"]),
];

/// Lints that are switched off, each in one file for a reason that stands beside it there.
const ALLOWED: &[(&str, &str)] =
    &[("main.rs", "clippy::disallowed_methods"), ("lab/clock.rs", "clippy::disallowed_methods")];

/// The longest a source file may be; tests that stand in files of their own are not counted.
const LINES: usize = 600;

/// One source file.
struct Source {
    /// Its path under src/, with `/`.
    file: String,
    /// Its module path: `["proto", "smtp", "server"]`; empty for lib.rs.
    module: Vec<String>,
    text: String,
    syntax: syn::File,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    found.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let file = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let syntax = syn::parse_file(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        let mut module: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        module.retain(|part| part != "mod" && part != "lib");
        Source { file, module, text, syntax }
    };
    let sources: Vec<Source> = found.iter().map(read).collect();
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

/// A path to a name, from the crate's root where it is ours: `["crate", "mail", "Fields"]`.
type Names = Vec<String>;

/// What one file names, and what in it needs a permission.
#[derive(Default)]
struct Found {
    /// Where we are: the file's module, and the inline modules around.
    at: Names,
    /// The first names of every path that begins at the crate's root or at a crate.
    uses: BTreeSet<Names>,
    /// Faults of this file.
    faults: Vec<String>,
    /// Lints that are switched off.
    allowed: BTreeSet<String>,
    is_async: bool,
}

impl Found {
    fn of(source: &Source) -> Found {
        let mut found = Found { at: source.module.clone(), ..Found::default() };
        found.visit_file(&source.syntax);
        found
    }

    /// A path as seen from the crate's root; `super` and `self` are followed.
    fn absolute(&self, path: &[String]) -> Names {
        let mut names = match path.first().map(String::as_str) {
            Some("self" | "super") => self.at.clone(),
            Some("crate") => Vec::new(),
            _ => return path.to_vec(),
        };
        for name in path {
            match name.as_str() {
                "super" => {
                    names.pop();
                }
                "self" | "crate" => {}
                _ => names.push(name.clone()),
            }
        }
        names.insert(0, "crate".to_owned());
        names
    }

    fn tree(&mut self, prefix: &[String], tree: &syn::UseTree, public: bool) {
        let with = |name: &syn::Ident| {
            let mut names = prefix.to_vec();
            names.push(name.to_string());
            names
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree, public),
            syn::UseTree::Group(group) => group.items.iter().for_each(|t| self.tree(prefix, t, public)),
            syn::UseTree::Name(name) => self.used(&with(&name.ident), public),
            syn::UseTree::Rename(rename) => self.used(&with(&rename.ident), public),
            syn::UseTree::Glob(_) => {
                if public {
                    self.faults
                        .push(format!("re-exports everything of {}: name what it gives", prefix.join("::")));
                }
                self.used(prefix, false);
            }
        }
    }

    fn used(&mut self, path: &[String], public: bool) {
        let names = self.absolute(path);
        if public && names.first().is_some_and(|first| first == "crate") {
            let (own, target) = (&self.at, &names[1..]);
            if !target.starts_with(own) {
                self.faults.push(format!("re-exports {}, which is not its own", names.join("::")));
            }
        }
        self.uses.insert(names);
    }

    /// `crate::…` within a macro's tokens.
    fn tokens(&mut self, tokens: &str) {
        let words: Vec<&str> = tokens.split_whitespace().collect();
        for three in words.windows(3) {
            if let ["crate" | "$crate", "::", name] = three {
                self.uses.insert(vec!["crate".to_owned(), (*name).to_owned()]);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let public = !matches!(item.vis, syn::Visibility::Inherited);
        self.tree(&[], &item.tree, public);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if path.leading_colon.is_some() || names.len() > 1 {
            self.uses.insert(self.absolute(&names));
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        // `a::b` prints as `a :: b`, so that words are tokens.
        self.tokens(&item.tokens.to_string().replace("::", " :: "));
        syn::visit::visit_macro(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.at.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.at.pop();
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta
            && (list.path.is_ident("allow") || list.path.is_ident("expect") || list.path.is_ident("cfg_attr"))
        {
            let lints = list.tokens.to_string().replace(' ', "");
            self.allowed.extend(lints.split(',').filter(|l| !l.starts_with("reason=")).map(str::to_owned));
        }
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.is_async |= signature.asyncness.is_some();
        syn::visit::visit_signature(self, signature);
    }

    fn visit_expr_async(&mut self, expr: &'ast syn::ExprAsync) {
        self.is_async = true;
        syn::visit::visit_expr_async(self, expr);
    }

    fn visit_expr_closure(&mut self, expr: &'ast syn::ExprClosure) {
        self.is_async |= expr.asyncness.is_some();
        syn::visit::visit_expr_closure(self, expr);
    }
}

/// The faults of one file against the table.
fn faults(source: &Source) -> Vec<String> {
    let table: BTreeMap<&str, &str> = MAY_USE.iter().copied().collect();
    let found = Found::of(source);
    let mut faults = found.faults.clone();
    let own = source.module.first().map_or("lib", String::as_str);
    let edge = EDGE.contains(&own);
    let may: Vec<&str> = table.get(own).map(|m| m.split(' ').collect()).unwrap_or_default();
    if own != "lib" && !table.contains_key(own) {
        faults.push(format!("`{own}` is not in the table of modules"));
    }
    for names in &found.uses {
        let (first, second) = (names[0].as_str(), names.get(1).map_or("", String::as_str));
        let ours = first == "crate" || (first == "helo" && own == "main");
        if ours && table.contains_key(second) && second != own && !may.contains(&second) && may != ["*"] {
            faults.push(format!("uses {}, but `{own}` may not use `{second}`", names.join("::")));
        }
        if EDGE_CRATES.contains(&first) && !edge {
            faults.push(format!("uses {first}, which belongs to {}", EDGE.join(", ")));
        }
        for (crates, modules) in CRYPTOGRAPHY {
            if crates.contains(&first) && !modules.contains(&own) {
                faults.push(format!("uses {first}, which belongs to {}", modules.join(", ")));
            }
        }
    }
    if found.is_async && !edge {
        faults.push("is async: nothing below `lab` waits".to_owned());
    }
    for lint in &found.allowed {
        if !ALLOWED.contains(&(source.file.as_str(), lint.as_str())) {
            faults.push(format!("switches off {lint}, and is not named for it here"));
        }
    }
    let lines = source.text.lines().count();
    let tests = source.module.iter().any(|m| m == "tests");
    if lines > LINES && !tests {
        faults.push(format!("has {lines} lines: split it by command or by job (at most {LINES})"));
    }
    if !source.text.starts_with("//!") {
        faults.push("does not begin with `//!` and what it is for".to_owned());
    }
    faults
}

#[test]
fn the_sources_keep_to_the_map() {
    let mut shown = String::new();
    for source in sources() {
        for fault in faults(&source) {
            shown.push_str(&format!("src/{}: {fault}\n", source.file));
        }
    }
    assert!(shown.is_empty(), "\n{shown}");
}

#[test]
fn a_breach_of_the_map_is_seen() {
    let file = |file: &str, text: &str| {
        let module =
            file.trim_end_matches(".rs").split('/').filter(|p| *p != "mod").map(str::to_owned).collect();
        let text = format!("//! A test.\n{text}");
        let syntax = syn::parse_file(&text).unwrap();
        faults(&Source { file: file.to_owned(), module, text, syntax }).len()
    };
    for (name, text, count) in [
        ("grade/mod.rs", "use crate::event::Entry; use crate::scenario::{Step, Glob};", 0),
        ("grade/mod.rs", "use crate::world::World;", 1),
        ("grade/mod.rs", "use crate::{event::Entry, world::World};", 1),
        ("grade/x.rs", "fn f(w: &crate::world::World) {}", 1),
        ("grade/x.rs", "fn f() { crate::world::f(); }", 1),
        ("grade/x.rs", "fn f() { format!(\"{}\", crate::world::f()); }", 1),
        ("grade/x.rs", "use super::super::world::World;", 1),
        ("grade/x.rs", "use super::Grade; use self::y::Z;", 0),
        ("grade/x.rs", "mod tests { use super::*; use crate::world::World; }", 1),
        ("world/mod.rs", "use crate::scenario::Scenario;", 1),
        ("mail/mod.rs", "mod header; pub use header::Fields; pub use self::header::Field;", 0),
        ("mail/mod.rs", "pub use header::*;", 1),
        ("mail/mod.rs", "pub use crate::units::Span;", 1),
        ("mail/mod.rs", "pub(crate) use crate::units::Span;", 1),
        ("mail/mod.rs", "async fn f() {}", 1),
        ("mail/mod.rs", "fn f() { let g = async { 1 }; }", 1),
        ("mail/mod.rs", "use aws_lc_rs::digest;", 0),
        ("proto/mod.rs", "use aws_lc_rs::digest;", 1),
        ("keys/mod.rs", "use rcgen::KeyPair; fn f() { aws_lc_rs::rand::fill(&mut []); }", 0),
        ("world/mod.rs", "use rcgen::KeyPair;", 1),
        ("net/mod.rs", "use rustls::ServerConfig; use tokio_rustls::TlsAcceptor;", 0),
        ("lab/mod.rs", "use rustls::ServerConfig;", 1),
        ("web/mod.rs", "async fn f() {} use tokio::net::TcpListener;", 0),
        ("world/mod.rs", "use tokio::net::TcpListener;", 1),
        ("world/mod.rs", "#[allow(clippy::disallowed_methods)] fn f() {}", 1),
        ("world/mod.rs", "#[expect(dead_code, reason = \"x\")] fn f() {}", 1),
        ("main.rs", "#[allow(clippy::disallowed_methods)] fn f() { helo::cli::run(); }", 0),
        ("other/mod.rs", "", 1),
    ] {
        assert_eq!(file(name, text), count, "src/{name}: {text}");
    }
    assert_eq!(file("mail/mod.rs", &"\n".repeat(LINES)), 1, "a long file");
}

#[test]
fn the_table_has_no_circle() {
    for (place, (module, may)) in MAY_USE.iter().enumerate() {
        for used in may.split(' ').filter(|u| !u.is_empty() && *u != "*") {
            let below = MAY_USE.iter().take(place).any(|(m, _)| m == &used);
            assert!(below, "`{module}` may use `{used}`, which does not stand above it in the table");
        }
    }
}

/// The table in a document: rows whose first cell names modules, with what they may use in the last.
fn documented(document: &str) -> BTreeMap<String, BTreeSet<String>> {
    let known: BTreeSet<String> = MAY_USE.iter().map(|(m, _)| (*m).to_owned()).collect();
    let names = |cell: &str| -> BTreeSet<String> {
        let words = cell.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned);
        words.filter(|w| known.contains(w)).collect()
    };
    let mut rows = BTreeMap::new();
    let (mut above, mut previous) = (BTreeSet::new(), BTreeSet::new());
    for row in document.lines().map(str::trim).filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { continue };
        let modules = names(first);
        if cells.len() < 3 || modules.is_empty() || !first.starts_with('`') {
            continue;
        }
        let permission = last.split(';').next().unwrap_or_default().trim();
        let mut may = names(permission);
        if permission.starts_with("anything") {
            may = BTreeSet::from(["*".to_owned()]);
        } else if permission.starts_with("all above") {
            may = &above - &may;
        } else if permission.starts_with('+') {
            may.extend(previous);
        }
        previous = may.clone();
        above.extend(modules.iter().cloned());
        rows.extend(modules.into_iter().map(|module| (module, may.clone())));
    }
    rows
}

#[test]
fn the_document_shows_the_same_table() {
    let Ok(document) = fs::read_to_string(root().join("docs/architecture.md")) else { return };
    let rows = documented(&document);
    for source in sources() {
        if let Some(module) = source.module.first() {
            assert!(rows.contains_key(module), "docs/architecture.md has no row for `{module}`");
        }
    }
    for (module, may) in MAY_USE {
        let Some(shown) = rows.get(*module) else { continue };
        let may: BTreeSet<String> = may.split(' ').filter(|m| !m.is_empty()).map(str::to_owned).collect();
        assert_eq!(*shown, may, "what `{module}` may use in docs/architecture.md, and here");
    }
}

#[test]
fn a_table_in_a_document_is_read() {
    let document = "
        | module | what lives there | may use |
        |---|---|---|
        | `units` | time | - |
        | `mail` | letters | units |
        | `explain` | words | `units` (and no more) |
        | `world` | hosts | units, mail |
        | `workstation` | the shell | + world |
        | `attempt` | all of it | all above save explain |
        | `grade` | points | units; never world |
        | `cli`, `main` | the edge | anything |
    ";
    let shown: Vec<String> = documented(document)
        .into_iter()
        .map(|(module, may)| format!("{module}: {}", may.into_iter().collect::<Vec<_>>().join(" ")))
        .collect();
    let expected = [
        "attempt: mail units workstation world",
        "cli: *",
        "explain: units",
        "grade: units",
        "mail: units",
        "main: *",
        "units: ",
        "workstation: mail units world",
        "world: mail units",
    ];
    assert_eq!(shown, expected);
}
