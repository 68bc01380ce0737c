//! Styles, modules and pictures, all inside the binary: plain or compressed, with an ETag of the content's hash. Whoever
//! works on them lets helo take them from a folder instead, as they are at that moment.

use super::Site;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::path::Component;

/// One file, put here by build.rs.
#[derive(Debug)]
struct Asset {
    /// Its name below `/static/`.
    name: &'static str,
    /// Its media type.
    kind: &'static str,
    /// A hash of its content.
    hash: &'static str,
    octets: &'static [u8],
    gzip: &'static [u8],
}

/// All of them, by name.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.binary_search_by(|a| a.name.cmp(name)).ok().and_then(|i| ASSETS.get(i))
}

/// The address of a file, with its hash, so that a browser may keep it for ever.
pub(super) fn address(name: &str) -> String {
    let hash = find(name).map_or("", |a| a.hash);
    format!("/static/{name}?v={hash}")
}

/// The addresses of all style sheets: the common one, then the rooms' own.
pub(super) fn styles() -> Vec<String> {
    const COMMON: &str = "css/base.css";
    let rooms = ASSETS.iter().map(|a| a.name).filter(|name| name.starts_with("css/") && *name != COMMON);
    std::iter::once(COMMON).chain(rooms).map(address).collect()
}

#[derive(Deserialize)]
pub(super) struct Version {
    v: Option<String>,
}

/// `GET /static/{*name}`.
pub(super) async fn get(
    State(site): State<Site>,
    Path(name): Path<String>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Response {
    if let Some(folder) = &site.statics {
        return from_folder(folder, &name).await;
    }
    let Some(asset) = find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", asset.hash);
    let lasting = version.v.as_deref() == Some(asset.hash);
    let keep = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = if matches(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if takes_gzip(&headers) && asset.gzip.len() < asset.octets.len() {
        ([(header::CONTENT_ENCODING, "gzip"), (header::CONTENT_TYPE, asset.kind)], asset.gzip).into_response()
    } else {
        ([(header::CONTENT_TYPE, asset.kind)], asset.octets).into_response()
    };
    let kept = response.headers_mut();
    kept.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    kept.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        kept.insert(header::ETAG, tag);
    }
    response
}

/// A file of the folder, never kept by the browser.
async fn from_folder(folder: &std::path::Path, name: &str) -> Response {
    let name = std::path::Path::new(name);
    let inside = name.components().all(|c| matches!(c, Component::Normal(_)));
    let kind = match name.extension().and_then(|e| e.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match tokio::fs::read(folder.join(name)).await {
        Ok(octets) if inside => {
            ([(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, kind)], octets).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Does the browser have it already (RFC 9110 section 13.1.2)? Tags are compared weakly.
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    let sent = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    sent.flat_map(|v| v.split(',')).map(str::trim).any(|t| t == "*" || t.trim_start_matches("W/") == tag)
}

/// Is gzip named in Accept-Encoding, and not with a weight of nothing (RFC 9110 section 12.5.3)?
fn takes_gzip(headers: &HeaderMap) -> bool {
    let sent = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    sent.flat_map(|v| v.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && weight > 0.0
    })
}
