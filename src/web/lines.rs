//! What there is to see behind a line of the terminal, when a learner opens it.

use super::Site;
use super::error::Problem;
use super::reference;
use super::replay::{At, past};
use super::shown::Shown;
use super::ui::Ui;
use crate::explain::Explainer;
use crate::explain::line::{Opened, Part};
use crate::scenario::Hidden;
use crate::units::EventNo;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A line, opened, as the page gets it. Everything is pieces of text, for `textContent`.
#[derive(Debug, Serialize)]
pub(super) struct LineShown {
    /// What it is, what happened and why.
    what: Vec<Shown>,
    /// Its parts.
    parts: Vec<PartShown>,
    /// The rules.
    rules: Vec<RuleShown>,
    /// What could be typed now.
    next: Vec<PartShown>,
}

/// A part of a line.
#[derive(Debug, Serialize)]
struct PartShown {
    piece: Shown,
    meaning: Shown,
    depth: u8,
}

/// A section of an RFC.
#[derive(Debug, Serialize)]
struct RuleShown {
    /// `RFC 5321 section 4.1.1.2`, in the page's language.
    text: String,
    /// What it is about, by the index, which is in English.
    title: &'static str,
    /// Where it can be read.
    url: String,
}

impl LineShown {
    /// As the page shows it.
    pub(super) fn of(ui: &Ui, opened: Opened) -> LineShown {
        let part = |part: Part| PartShown {
            piece: Shown::text(&part.piece),
            meaning: Shown::text(&part.meaning),
            depth: part.depth,
        };
        LineShown {
            what: opened.what.iter().map(|text| Shown::text(text)).collect(),
            parts: opened.parts.into_iter().map(part).collect(),
            rules: opened
                .rules
                .iter()
                .map(|rule| RuleShown {
                    text: reference::name(ui, rule),
                    title: rule.entry().map_or("", |entry| entry.title),
                    url: reference::place(rule),
                })
                .collect(),
            next: opened.next.into_iter().map(part).collect(),
        }
    }
}

/// Leaves out what would tell what stands in base64 in the line.
fn keep_coded(opened: &mut Opened) {
    let words = opened.parts.iter().flat_map(|part| part.piece.split_whitespace());
    let inside: Vec<String> = words.flat_map(decoded).collect();
    let tells = |text: &str| inside.iter().any(|secret| text.contains(secret));
    opened.what.retain(|text| !tells(text));
    opened.parts.retain(|part| !tells(&part.piece) && !tells(&part.meaning));
}

/// The texts in a word of base64, such as name and password behind AUTH PLAIN; none where it is none.
fn decoded(word: &str) -> Vec<String> {
    let octets = STANDARD.decode(word).unwrap_or_default();
    let text = String::from_utf8(octets).unwrap_or_default();
    let pieces = text.split('\0').map(str::trim).filter(|piece| piece.chars().count() > 2);
    pieces.filter(|piece| !piece.contains(char::is_control)).map(str::to_owned).collect()
}

/// Which line of the event's text; without it the event as a whole.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    line: Option<usize>,
}

/// `GET /attempts/{token}/lines/{n}?line=K`. It reads the store alone, so that a replay's lines open too.
pub(super) async fn get(
    State(site): State<Site>,
    headers: HeaderMap,
    Path((token, n)): Path<(String, u64)>,
    Query(which): Query<Which>,
) -> Response {
    past(&site, &headers, &token, At::NOW, |ui, there| {
        let explainer = Explainer::of(ui.lang);
        let opened = match which.line {
            Some(line) => explainer.open_line(&there.entries, EventNo(n), line),
            None => explainer.open_event(&there.entries, EventNo(n)),
        };
        let mut opened = opened.ok_or(Problem::NotFound)?;
        if there.hidden.contains(&Hidden::Decoding) {
            keep_coded(&mut opened);
        }
        let json = serde_json::to_string(&LineShown::of(ui, opened)).map_err(|_| Problem::Internal)?;
        let kind = (header::CONTENT_TYPE, "application/json; charset=utf-8");
        Ok(([kind, (header::CACHE_CONTROL, "no-store")], json).into_response())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_coded_stays_so_while_a_step_asks_for_it() {
        let part =
            |piece: &str, meaning: &str| Part { piece: piece.into(), meaning: meaning.into(), depth: 0 };
        let mut opened = Opened {
            what: vec!["VXNlcm5hbWU6 is base64 for “Username:”.".into(), "334 means: your turn.".into()],
            parts: vec![
                part("334", "the login goes on"),
                part("VXNlcm5hbWU6", "base64: what is inside it comes below"),
                part("Username:", "what the server asks for"),
            ],
            ..Opened::default()
        };
        keep_coded(&mut opened);
        assert_eq!(opened.what, ["334 means: your turn."]);
        let pieces: Vec<&str> = opened.parts.iter().map(|p| p.piece.as_str()).collect();
        assert_eq!(pieces, ["334", "VXNlcm5hbWU6"]);
        assert_eq!(decoded("AGFsaWNlAHNlY3JldA=="), ["alice", "secret"]);
        assert!(decoded("AUTH").is_empty() && decoded("PLAIN").is_empty());
    }
}
