//! What stands before every page: who may ask (the `Host` header), and the headers that tell the browser what a page of
//! helo may never do.

use super::error::Problem;
use super::ui::Ui;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;

/// Nothing from elsewhere, nothing inline, in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Lets only requests for this machine through, and puts the headers on every answer.
///
/// A page elsewhere can have its own name resolve to 127.0.0.1 and then read what helo answers as if it were its own;
/// the name it used stands in `Host` (DNS rebinding).
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let ui = Ui::for_browser(request.headers());
    let mut response = match host(request.headers()) {
        Some(host) if is_loopback(host) => next.run(request).await,
        _ => Problem::ForeignHost.page_in(ui),
    };
    let html =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if !html && (response.status().is_client_error() || response.status().is_server_error()) {
        response = Problem::of_status(response.status()).page_in(ui);
    }
    for (name, value) in HEADERS {
        // What comes from a mail has a stricter policy of its own.
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    // What is made for one person at one moment is not to be kept; assets say otherwise themselves.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The one `Host` header; `None` where there is none, or more than one.
fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        _ => None,
    }
}

/// Is this `host` or `host:port` a name of this very machine?
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => {
            if port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) {
                return false;
            }
            name
        }
        _ => host,
    };
    match name.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok_and(|ip| ip.is_loopback()),
        None => {
            let local = name.trim_end_matches('.').to_ascii_lowercase();
            local == "localhost"
                || local.ends_with(".localhost")
                || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv4() && ip.is_loopback())
        }
    }
}

/// May a page with this `Origin` open a WebSocket here? Browsers always send the header; programs that are no browser may
/// leave it out.
pub(super) fn same_origin(headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => {
            let origin = origin.to_str().unwrap_or_default();
            let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            authority.is_some() && authority == host(headers)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for (host, ours) in [
            ("localhost", true),
            ("LocalHost.:8025", true),
            ("helo.localhost:8025", true),
            ("127.0.0.1:8025", true),
            ("127.1.2.3", true),
            ("[::1]:8025", true),
            ("[::1]", true),
            ("::1", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:8025", false),
            ("192.0.2.1:8025", false),
            ("0.0.0.0:8025", false),
            ("localhost:", false),
            ("localhost:80x", false),
            ("[::1", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(host), ours, "{host}");
        }
    }

    #[test]
    fn only_our_own_pages_open_a_websocket() {
        for (host, origin, open) in [
            ("localhost:8025", Some("http://localhost:8025"), true),
            ("localhost:8025", None, true),
            ("localhost:8025", Some("http://127.0.0.1:8025"), false),
            ("localhost:8025", Some("http://localhost:8026"), false),
            ("localhost:8025", Some("https://evil.example"), false),
            ("localhost:8025", Some("null"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(same_origin(&headers), open, "{origin:?}");
        }
    }
}
