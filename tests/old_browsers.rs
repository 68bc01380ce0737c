//! The pages need no younger browser than Firefox 128 and Safari 17.5, both of the middle of 2024: this names what those
//! lack, and looks for it in scripts, styles and templates. It knows words, not grammar; what it cannot see (methods of
//! iterators, say, which look like those of lists) is for whoever writes it to look up.

use std::fs;
use std::path::{Path, PathBuf};

/// What is looked for, and since when both have it (`-`: one of them has not, as far as is known here).
const YOUNG: [(&str, &str); 60] = [
    // Scripts.
    ("Promise.try", "Firefox 134, Safari 18.2"),
    ("RegExp.escape", "Firefox 134, Safari 18.2"),
    ("Iterator.", "Firefox 131, Safari 18.4"),
    ("entries().map", "Firefox 131, Safari 18.4: iterators have no map()"),
    ("entries().filter", "Firefox 131, Safari 18.4: iterators have no filter()"),
    ("values().map", "Firefox 131, Safari 18.4: iterators have no map()"),
    ("values().filter", "Firefox 131, Safari 18.4: iterators have no filter()"),
    ("keys().map", "Firefox 131, Safari 18.4: iterators have no map()"),
    ("keys().filter", "Firefox 131, Safari 18.4: iterators have no filter()"),
    ("matchAll(", "its answer is an iterator: only what is spread or looped over is old"),
    (".toArray()", "Firefox 131, Safari 18.4"),
    ("Base64(", "Firefox 133, Safari 18.2: Uint8Array's base64"),
    ("Float16Array", "Firefox 129, Safari 18.2"),
    ("Intl.DurationFormat", "Firefox 136"),
    ("Math.sumPrecise", "Firefox 137, Safari 26.2"),
    ("Error.isError", "Firefox 138, Safari 26"),
    ("Temporal.", "-"),
    ("(?i:", "Firefox 132: modifiers inside an expression"),
    ("with { type:", "Firefox 138, Safari 17.2"),
    ("URLPattern", "Firefox 142, Safari 26"),
    ("requestIdleCallback", "-"),
    ("scheduler.", "-"),
    ("startViewTransition", "Firefox 144, Safari 18"),
    ("moveBefore", "Firefox 144"),
    ("cookieStore", "Firefox 140, Safari 18.4"),
    ("navigation.navigate", "Firefox 147, Safari 26.2"),
    ("scrollend", "Firefox 109, Safari 26.2"),
    ("CSS.highlights", "Firefox 140, Safari 17.2"),
    ("requestClose", "Firefox 139, Safari 18.4"),
    ("Element.setHTML", "-"),
    // Templates.
    ("until-found", "Firefox 139, Safari 26.2"),
    ("<details name", "Firefox 130, Safari 17.2"),
    ("commandfor", "Firefox 144, Safari 26.2"),
    ("closedby", "Firefox 141"),
    ("<selectedcontent", "-"),
    // Styles.
    ("anchor-name", "Firefox 147, Safari 26"),
    ("anchor(", "Firefox 147, Safari 26"),
    ("position-area", "Firefox 147, Safari 26"),
    ("@position-try", "Firefox 147, Safari 26"),
    ("@scope", "Firefox 146, Safari 17.4"),
    ("@starting-style", "Firefox 129, Safari 17.5"),
    ("@function", "-"),
    ("::details-content", "Firefox 143, Safari 18.4"),
    ("::scroll-", "-"),
    ("field-sizing", "-"),
    ("interpolate-size", "-"),
    ("calc-size(", "-"),
    ("sibling-index", "-"),
    ("animation-timeline", "-"),
    ("view-timeline", "-"),
    ("view-transition", "Firefox 144, Safari 18"),
    ("scrollbar-gutter", "Safari 18.2"),
    ("text-box", "-"),
    ("contrast-color", "-"),
    ("corner-shape", "-"),
    ("shape(", "-"),
    ("style(--", "-"),
    ("type(<", "-"),
    ("if(style", "-"),
    ("backdrop-filter", "Firefox 103, Safari 18"),
];

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Each line of scripts, styles and templates, with where it stands.
fn lines() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["static", "templates"] {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(found.len() > 50, "static/ and templates/ are not where they were");
    let mut lines = Vec::new();
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        for (at, line) in text.lines().enumerate() {
            lines.push((format!("{}:{}", path.display(), at + 1), line.to_owned()));
        }
    }
    lines
}

#[test]
fn nothing_is_used_that_browsers_of_2024_lack() {
    let mut young = Vec::new();
    for (place, line) in lines() {
        for (what, since) in YOUNG {
            if line.contains(what) {
                young.push(format!("{place}: {what} ({since})"));
            }
        }
    }
    assert!(young.is_empty(), "{}", young.join("\n"));
}

/// What old browsers know in another way stands in both ways.
#[test]
fn what_old_browsers_write_otherwise_is_written_twice() {
    let mut alone = Vec::new();
    for (place, line) in lines() {
        // Safari selects text that is not to be selected, unless the name has its prefix.
        let unselected = line.matches("user-select: none").count();
        let prefixed = line.matches("-webkit-user-select: none").count();
        if unselected != 2 * prefixed {
            alone.push(format!("{place}: user-select without -webkit-user-select"));
        }
        // Safari tells a screen reader of no list where its style is none; a summary's triangle is another matter.
        if line.contains("list-style: none") && !line.contains("summary") {
            alone.push(format!("{place}: list-style: none, where \"\" would do"));
        }
        // Before Firefox 128 and Safari 17.4, a sign with a text for screen readers was no sign at all.
        for (at, _) in line.match_indices("\" / \"\"") {
            let before = &line[..at + 1];
            let sign = before.rfind("content: ").map(|from| &before[from..]).unwrap_or_default();
            if before.matches(&format!("{sign};")).count() == 0 {
                alone.push(format!("{place}: {sign} / \"\" without {sign} before it"));
            }
        }
    }
    assert!(alone.is_empty(), "{}", alone.join("\n"));
}
