//! Exports of a transcript: as text, and as JSON.
