//! Reading the words of structured header fields: atoms, quoted strings, comments, folding white space (RFC 5322
//! section 3.2, RFC 2045 section 5.1). What is broken is read as far as it goes; where it stops is data too.

/// Where reading a piece has led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Went {
    /// Well; something follows.
    On,
    /// Well; nothing follows.
    End,
    /// The piece is broken.
    Broken,
}

impl Went {
    pub(super) fn is_broken(self) -> bool {
        self == Went::Broken
    }
}

/// A place in a field's value.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    /// What the last comment said. Old mail has people's names there.
    pub(super) comment: Vec<u8>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(value: &'a [u8]) -> Reader<'a> {
        Reader { rest: value, comment: Vec::new() }
    }

    /// The next octet.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// What is still unread, to come back to with [`Reader::back_to`].
    pub(super) fn place(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn back_to(&mut self, place: &'a [u8]) {
        self.rest = place;
    }

    /// Passes over one octet.
    pub(super) fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    fn here(&self) -> Went {
        if self.rest.is_empty() { Went::End } else { Went::On }
    }

    /// Takes what belongs to a set of octets.
    fn take(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|b| !belongs(*b)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Passes over white space, line ends and comments.
    pub(super) fn blank(&mut self) -> Went {
        loop {
            self.take(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
            if self.peek() != Some(b'(') {
                return self.here();
            }
            if self.skip_comment().is_broken() {
                self.comment.clear();
                return Went::Broken;
            }
        }
    }

    /// Passes over one comment, which may hold others, and keeps what it says.
    fn skip_comment(&mut self) -> Went {
        self.comment.clear();
        self.skip();
        let mut depth = 1_usize;
        while let Some(b) = self.peek() {
            self.skip();
            match b {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return self.here();
                    }
                }
                b'\n' => {
                    drop_cr(&mut self.comment);
                    continue;
                }
                b'\\' => match self.peek() {
                    None => return Went::Broken,
                    Some(b'\r' | b'\n' | 0) => {}
                    Some(quoted) => {
                        self.comment.push(quoted);
                        self.skip();
                        continue;
                    }
                },
                _ => {}
            }
            self.comment.push(b);
        }
        Went::Broken
    }

    /// One atom and the blanks after it.
    pub(super) fn atom(&mut self, into: &mut Vec<u8>) -> Went {
        let atom = self.take(is_atext);
        if atom.is_empty() {
            return Went::Broken;
        }
        into.extend_from_slice(atom);
        if self.rest.is_empty() { Went::End } else { self.blank() }
    }

    /// Atoms with dots among them in any order: local parts that should be quoted and are not.
    pub(super) fn loose_dot_atom(&mut self, into: &mut Vec<u8>) -> Went {
        loop {
            let dots = self.take(|b| b == b'.');
            into.extend_from_slice(dots);
            if !dots.is_empty() && self.rest.is_empty() {
                return Went::End;
            }
            if !dots.is_empty() && self.peek() == Some(b'@') {
                return Went::On;
            }
            match self.atom(into) {
                Went::On if self.peek() == Some(b'.') => {}
                went => return went,
            }
        }
    }

    /// Atoms with dots between them; blanks around the dots are obsolete but read (RFC 5322 section 4.4).
    pub(super) fn dot_atom(&mut self, into: &mut Vec<u8>) -> Went {
        loop {
            let atom = self.take(is_atext);
            if atom.is_empty() {
                return Went::Broken;
            }
            into.extend_from_slice(atom);
            if self.rest.is_empty() {
                return Went::End;
            }
            match self.blank() {
                Went::On if self.peek() == Some(b'.') => {}
                went => return went,
            }
            self.skip();
            into.push(b'.');
            if self.blank() != Went::On {
                return Went::Broken;
            }
        }
    }

    /// A token of MIME, dots among it (RFC 2045 section 5.1), and the blanks after it. It may be empty.
    pub(super) fn token(&mut self, into: &mut Vec<u8>) -> Went {
        into.extend_from_slice(self.take(|b| (is_atext(b) && !matches!(b, b'/' | b'?' | b'=')) || b == b'.'));
        if self.rest.is_empty() { Went::End } else { self.blank() }
    }

    /// A quoted string without its quotes, and the blanks after it.
    pub(super) fn quoted(&mut self, into: &mut Vec<u8>) -> Went {
        self.skip();
        while let Some(b) = self.peek() {
            self.skip();
            match b {
                b'"' => return self.blank(),
                b'\n' => {
                    drop_cr(into);
                    continue;
                }
                b'\\' => match self.peek() {
                    None => return Went::Broken,
                    Some(b'\r' | b'\n' | 0) => {}
                    Some(quoted) => {
                        into.push(quoted);
                        self.skip();
                        continue;
                    }
                },
                _ => {}
            }
            into.push(b);
        }
        Went::Broken
    }

    /// Words, one blank between them: a display name (RFC 5322 section 3.2.5; dots as in section 4.1).
    pub(super) fn phrase(&mut self, into: &mut Vec<u8>) -> Went {
        match self.peek() {
            None => return Went::End,
            Some(b'.') => return Went::Broken,
            Some(_) => {}
        }
        loop {
            let went = if self.peek() == Some(b'"') {
                self.quoted(into)
            } else {
                into.extend_from_slice(self.take(|b| is_atext(b) || b == b'.'));
                if self.rest.is_empty() { Went::End } else { self.blank() }
            };
            if went != Went::On {
                return went;
            }
            if !self.peek().is_some_and(|b| is_atext(b) || matches!(b, b'"' | b'.')) {
                return self.blank();
            }
            into.push(b' ');
        }
    }

    /// The domain after an `@`: a name or an address in brackets (RFC 5322 section 3.4.1).
    pub(super) fn domain(&mut self, into: &mut Vec<u8>) -> Went {
        self.skip();
        if self.blank() != Went::On {
            return Went::Broken;
        }
        if self.peek() == Some(b'[') { self.literal(into) } else { self.dot_atom(into) }
    }

    fn literal(&mut self, into: &mut Vec<u8>) -> Went {
        self.skip();
        into.push(b'[');
        while let Some(b) = self.peek() {
            self.skip();
            match b {
                b'[' => return Went::Broken,
                b']' => {
                    into.push(b);
                    return self.blank();
                }
                b'\n' => {
                    drop_cr(into);
                    continue;
                }
                b'\\' => match self.peek() {
                    None => return Went::Broken,
                    Some(b'\r' | b'\n' | 0) => continue,
                    Some(quoted) => {
                        into.extend_from_slice(&[b, quoted]);
                        self.skip();
                        continue;
                    }
                },
                _ => {}
            }
            into.push(b);
        }
        Went::Broken
    }
}

/// Takes off the CR of a line end whose LF is being left out.
fn drop_cr(text: &mut Vec<u8>) {
    if text.last() == Some(&b'\r') {
        text.pop();
    }
}

/// What an atom is made of (RFC 5322 section 3.2.3); octets beyond ASCII too (RFC 6532 section 3.2), in whatever
/// charset they are.
pub(super) fn is_atext(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80 || b"!#$%&'*+-/=?^_`{|}~".contains(&b)
}
