//! `helo new`: the scenario it writes is whole, and it harms no file.

use crate::support::{folder, helo};
use std::fs;

#[test]
fn what_it_writes_is_a_whole_scenario() {
    let file = folder("new").join("river-post.toml");
    let (status, out, err) = helo(&format!("new {}", file.display()), "");
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("helo check "), "{out}");
    let (status, out, err) = helo(&format!("check {}", file.display()), "");
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out, "river-post: 1 solution, 3 counterexamples, 20 seeds in 2 languages: clean\n");
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let file = folder("new-twice").join("mine.toml");
    fs::write(&file, "mine").unwrap();
    let (status, _, err) = helo(&format!("new {}", file.display()), "");
    assert_eq!(status, 2);
    assert!(err.contains("is there already"), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn a_name_that_is_no_id_is_refused() {
    for name in ["My Scenario.toml", "Über.toml", "scenario.txt", "scenario"] {
        let file = folder("new-names").join(name.replace(' ', "_"));
        let (status, _, err) = helo(&format!("new {}", file.display()), "");
        assert_eq!(status, 2, "{name}");
        assert!(err.contains("lower-case letters"), "{err}");
        assert!(!file.exists());
    }
}
