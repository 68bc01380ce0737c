//! Tools for those who write scenarios: check and play.
