//! TO COME.
