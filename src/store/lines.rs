//! Inputs or events on their way into the record: lines of JSON, one behind the other in one stretch of memory.

/// Lines of JSON, in order. What number the first has, the place says where they are written to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    text: Vec<u8>,
    count: u64,
}

impl Lines {
    /// No lines, with room for so many octets.
    pub fn with_capacity(octets: usize) -> Lines {
        Lines { text: Vec::with_capacity(octets), count: 0 }
    }

    /// One more line: the JSON that `write` puts behind what it is given.
    ///
    /// # Errors
    /// That of `write`; then there is no line more.
    pub fn push<E>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        let start = self.text.len();
        if let Err(error) = write(&mut self.text) {
            self.text.truncate(start);
            return Err(error);
        }
        // Between the parts of a JSON value a line may end, inside of a string it cannot: there it is written `\n`.
        let mut rest = self.text.get_mut(start..).unwrap_or_default();
        while let Some(end) = memchr::memchr(b'\n', rest)
            && let Some((octet, behind)) = rest.get_mut(end..).and_then(<[u8]>::split_first_mut)
        {
            *octet = b' ';
            rest = behind;
        }
        self.text.push(b'\n');
        self.count += 1;
        Ok(())
    }

    /// How many lines there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The lines, each with its end.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// How many octets they have.
    pub fn octets(&self) -> usize {
        self.text.len()
    }
}

impl<S: AsRef<str>> FromIterator<S> for Lines {
    fn from_iter<I: IntoIterator<Item = S>>(lines: I) -> Lines {
        let mut all = Lines::default();
        for line in lines {
            let written: Result<(), std::convert::Infallible> = all.push(|text| {
                text.extend_from_slice(line.as_ref().as_bytes());
                Ok(())
            });
            // There is no error of this kind.
            let Ok(()) = written;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        let lines: Lines = ["{\n  \"a\": 1\n}", "\"b\\n\"", ""].into_iter().collect();
        assert_eq!(lines.text(), b"{   \"a\": 1 }\n\"b\\n\"\n\n");
        assert_eq!((lines.count(), lines.octets()), (3, 20));
    }

    #[test]
    fn what_failed_leaves_nothing() {
        let mut lines: Lines = ["1"].into_iter().collect();
        let failed = lines.push(|text| {
            text.extend_from_slice(b"half of");
            Err("a line")
        });
        assert_eq!((failed, lines.text(), lines.count()), (Err("a line"), &b"1\n"[..], 1));
    }
}
