//! Texts with wildcards: `*` stands for any run of characters, `?` for any one, `\` takes the meaning of the next.

/// One element of a glob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Any run of characters, empty too.
    Run,
    /// Any one character.
    One,
    /// This character, whatever its case.
    Char(char),
}

/// Does the whole of `text` match `glob`, white space at both ends not counted? Case does not matter.
///
/// The work is bounded by the length of the text times that of the glob, whatever both contain: only the last `*` is
/// ever gone back to, because an earlier one can take nothing that the last could not.
pub fn glob_matches(glob: &str, text: &str) -> bool {
    let parts = parts(glob.trim());
    let text: Vec<char> = text.trim().chars().map(fold).collect();
    let (mut p, mut t) = (0, 0);
    // After the last `*`: the part that follows it, and how much of the text it has swallowed so far.
    let mut retry: Option<(usize, usize)> = None;
    while let Some(&c) = text.get(t) {
        match parts.get(p) {
            Some(Part::Run) => {
                p += 1;
                retry = Some((p, t));
            }
            Some(Part::One) => (p, t) = (p + 1, t + 1),
            Some(&Part::Char(want)) if want == c => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    (p, t) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    parts.get(p..).is_some_and(|rest| rest.iter().all(|part| *part == Part::Run))
}

/// One character without regard to case. A few letters grow when their case changes (`ß`); they stay as they are.
fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn parts(glob: &str) -> Vec<Part> {
    let mut out = Vec::with_capacity(glob.len());
    let mut chars = glob.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(match c {
            '*' if out.last() == Some(&Part::Run) => continue,
            '*' => Part::Run,
            '?' => Part::One,
            '\\' => match chars.next_if(|next| matches!(next, '*' | '?' | '\\')) {
                Some(next) => Part::Char(next),
                None => Part::Char('\\'),
            },
            c => Part::Char(fold(c)),
        });
    }
    out
}
