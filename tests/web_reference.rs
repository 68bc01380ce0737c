//! The reference and the background chapters as pages: both languages, nothing in them that no page may have, and every
//! link leads somewhere.

mod web_support;

use axum::http::StatusCode;
use std::collections::BTreeSet;
use web_support::World;

/// The values of an attribute.
fn all<'t>(html: &'t str, attribute: &str) -> Vec<&'t str> {
    let begin = format!(" {attribute}=\"");
    html.split(begin.as_str()).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

#[tokio::test]
async fn every_link_of_reference_and_background_leads_somewhere() {
    let world = World::new().await;
    let catalogue = world.get("/").await.text();
    for lang in ["de", "en"] {
        let reference = world.get_in("/reference", lang).await.text();
        let ids: BTreeSet<&str> = all(&reference, "id").into_iter().collect();
        let contents = world.get_in("/background", lang).await.text();
        let chapters: Vec<&str> =
            all(&contents, "href").into_iter().filter(|h| h.starts_with("/background/")).collect();
        assert_eq!(chapters.len(), 12, "{chapters:?}");
        let mut pages = vec![reference.clone(), contents.clone()];
        for chapter in &chapters {
            let page = world.get_in(chapter, lang).await;
            assert_eq!(page.status, StatusCode::OK, "{chapter}");
            let html = page.text();
            assert!(html.contains(&format!("<html lang=\"{lang}\">")));
            assert!(html.contains("<svg class=\"fig\" role=\"img\" aria-label=\""), "{chapter} has a figure");
            pages.push(html);
        }
        let mut count = 0;
        for href in pages.iter().flat_map(|page| all(page, "href")) {
            count += 1;
            match href {
                "/" | "/reference" | "/background" | "#main" => {}
                _ if href.starts_with("/reference#") => {
                    assert!(ids.contains(&href["/reference#".len()..]), "{href} leads nowhere");
                }
                _ if href.starts_with("/background/") => assert!(chapters.contains(&href), "{href}"),
                _ if href.starts_with("/#scenario-") => {
                    assert!(catalogue.contains(&format!("id=\"{}\"", &href[2..])), "{href}");
                }
                _ => {
                    let known =
                        href.starts_with("/static/") || href.starts_with("https://www.rfc-editor.org/rfc/");
                    assert!(known, "{href}");
                }
            }
        }
        assert!(count > 1000, "{count} links");
    }
    assert_eq!(world.get("/background/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_fragment_may_be_kept_and_is_the_same_as_the_page() {
    let world = World::new().await;
    let token = world.begin("first-contact").await;
    let lab = world.get_in(&format!("/attempts/{token}"), "de").await.text();
    let from = all(&lab, "data-from")[0].replace("&#38;", "&").replace("&amp;", "&");
    let fragment = world.get(&from).await;
    assert_eq!(fragment.header("cache-control"), "public, max-age=31536000, immutable");
    let page = world.get_in("/reference", "de").await.text();
    assert!(page.contains(&fragment.text()), "the tab shows what the page shows");
    assert!(!lab.contains("ref-entry"), "the lab page does not carry the reference with it");
    let other = world.get("/reference/fragment?lang=en&v=0").await;
    assert_eq!(other.header("cache-control"), "no-cache");
    assert!(other.text().contains("What EHLO announces"));
}
