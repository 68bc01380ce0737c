//! From words to arguments: variables, the home folder, file names.

use super::env::Env;
use super::lex::{Piece, Word};

/// The most octets one word may become.
const EXPANDED: usize = 1 << 20;

/// The arguments a word becomes: none where only empty variables stood in it, several where a variable held several
/// words or a pattern met several of the files `names`.
pub(in crate::workstation) fn arguments(word: &Word, env: &Env, names: &[&str]) -> Vec<Vec<u8>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut current: Option<Field> = None;
    for piece in word {
        match piece {
            Piece::Variable { name, quoted: false } => {
                let value = env.get(name).unwrap_or_default();
                let space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n');
                if value.first().is_some_and(space) {
                    fields.extend(current.take());
                }
                let mut first = true;
                for part in value.split(space).filter(|p| !p.is_empty()) {
                    if !first {
                        fields.extend(current.take());
                    }
                    first = false;
                    current.get_or_insert_default().add(part, true);
                }
                if !first && value.last().is_some_and(space) {
                    fields.extend(current.take());
                }
            }
            _ => {
                let glob = matches!(piece, Piece::Text(_));
                current.get_or_insert_default().add(&value_of(piece, env), glob);
            }
        }
    }
    fields.extend(current);
    fields.into_iter().flat_map(|f| f.matching(names)).collect()
}

/// The one text a word becomes where a shell does not split: the value of an assignment, a here-string.
pub(in crate::workstation) fn text(word: &Word, env: &Env) -> Vec<u8> {
    let mut text = Vec::new();
    for piece in word {
        text.extend(value_of(piece, env));
        if text.len() > EXPANDED {
            break;
        }
    }
    text
}

fn value_of(piece: &Piece, env: &Env) -> Vec<u8> {
    match piece {
        Piece::Text(t) | Piece::Quoted(t) => t.clone(),
        Piece::Variable { name, .. } => env.get(name).unwrap_or_default(),
        Piece::Home => env.get("HOME").unwrap_or_default(),
    }
}

/// The name and value of `NAME=value`, where a word is an assignment.
pub(in crate::workstation) fn assignment(word: &Word, env: &Env) -> Option<(String, Vec<u8>)> {
    let Some((Piece::Text(first), rest)) = word.split_first() else { return None };
    let equals = first.iter().position(|b| *b == b'=')?;
    let name = std::str::from_utf8(first.get(..equals)?).ok()?;
    let head = name.chars().next()?;
    let legal = (head.is_ascii_alphabetic() || head == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let mut value = first.get(equals + 1..)?.to_vec();
    value.extend(text(&rest.to_vec(), env));
    legal.then(|| (name.to_owned(), value))
}

/// A word on its way to arguments, with which of its octets may be a pattern.
#[derive(Default)]
struct Field {
    text: Vec<u8>,
    /// Places of `*` and `?` that are a pattern.
    wild: Vec<usize>,
}

impl Field {
    fn add(&mut self, octets: &[u8], glob: bool) {
        if self.text.len() + octets.len() > EXPANDED {
            return;
        }
        let start = self.text.len();
        if glob {
            let places = octets.iter().enumerate().filter(|(_, b)| matches!(b, b'*' | b'?'));
            self.wild.extend(places.map(|(i, _)| start + i));
        }
        self.text.extend_from_slice(octets);
    }

    fn matching(self, names: &[&str]) -> Vec<Vec<u8>> {
        if !self.wild.is_empty() {
            let hidden = self.text.first() == Some(&b'.');
            let met = names.iter().filter(|n| n.starts_with('.') == hidden && self.matches(n.as_bytes()));
            let met: Vec<Vec<u8>> = met.map(|n| n.as_bytes().to_vec()).collect();
            if !met.is_empty() {
                return met;
            }
        }
        vec![self.text]
    }

    /// The usual two-pointer match: on failure the last `*` takes one octet more.
    fn matches(&self, name: &[u8]) -> bool {
        let wild = |p: usize| self.wild.binary_search(&p).is_ok();
        let (mut p, mut n) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while let Some(&c) = name.get(n) {
            match self.text.get(p) {
                Some(b'*') if wild(p) => {
                    star = Some((p, n));
                    p += 1;
                }
                Some(b'?') if wild(p) => {
                    (p, n) = (p + 1, n + 1);
                }
                Some(&t) if t == c => {
                    (p, n) = (p + 1, n + 1);
                }
                _ => match star {
                    Some((at, taken)) => {
                        star = Some((at, taken + 1));
                        (p, n) = (at + 1, taken + 1);
                    }
                    None => return false,
                },
            }
        }
        (p..self.text.len()).all(|p| self.text.get(p) == Some(&b'*') && wild(p))
    }
}
