//! Puts what the pages need, and the scenarios, into the binary: each file of `static/` as it is and compressed,
//! with a hash of its content; each scenario's text; the texts of each language as one.
#![allow(clippy::disallowed_methods)] // cargo tells a build script by its environment where things are

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    fs::write(out.join("assets.rs"), assets(&root.join("static"), &out)?)?;
    for room in ["explain", "lines", "ui"] {
        for lang in ["de", "en"] {
            let texts = texts(&root.join("locales").join(room), lang)?;
            fs::write(out.join(format!("{room}.{lang}.ftl")), texts)?;
        }
    }
    fs::write(out.join("scenarios.rs"), scenarios(&root.join("scenarios"))?)
}

/// All files below `folder`, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// The name below `folder`, with `/`.
fn name(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A slice of `web::assets::Asset`, sorted by name.
fn assets(folder: &Path, out: &Path) -> io::Result<String> {
    let mut code = String::from("&[\n");
    for path in files(folder)? {
        let (name, octets) = (name(folder, &path), fs::read(&path)?);
        let kind = match path.extension().and_then(|e| e.to_str()) {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => {
                return Err(io::Error::other(format!(
                    "static/{name}: what kind of file is this? Name it in build.rs"
                )));
            }
        };
        let hash = Sha256::digest(&octets).iter().take(10).fold(String::new(), |mut hex, o| {
            let _ = write!(hex, "{o:02x}");
            hex
        });
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&octets)?;
        let packed = out.join(format!("{hash}.gz"));
        fs::write(&packed, gzip.finish()?)?;
        let _ = writeln!(
            code,
            "Asset {{ name: {name:?}, kind: {kind:?}, hash: {hash:?}, octets: include_bytes!({path:?}), \
             gzip: include_bytes!({packed:?}) }},"
        );
    }
    code.push(']');
    Ok(code)
}

/// A slice of pairs: the file's name and its text.
fn scenarios(folder: &Path) -> io::Result<String> {
    let mut code = String::from("&[\n");
    for path in files(folder)?.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let _ = writeln!(code, "({:?}, include_str!({path:?})),", name(folder, path));
    }
    code.push(']');
    Ok(code)
}

/// All texts of a folder in one language.
fn texts(folder: &Path, lang: &str) -> io::Result<String> {
    let ending = format!(".{lang}.ftl");
    let mut all = String::new();
    for path in files(folder)?.iter().filter(|p| p.to_string_lossy().ends_with(&ending)) {
        all.push_str(&fs::read_to_string(path)?);
        all.push('\n');
    }
    Ok(all)
}
