//! Ids: plain numbers with a type of their own, given out in order by whoever owns the thing.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($repr:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $repr);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// The number of an event in one attempt's transcript, from 1. Reports name evidence by it.
    EventNo(u64)
}
id! {
    /// The number of an input in one attempt's record, from 1.
    InputNo(u64)
}
id! {
    /// A TCP connection in one learner's world, from 1 in the order they were tried.
    ConnId(u32)
}
id! {
    /// A terminal of the workstation; the first is 1, as in script lines (`@2 dig ...`).
    TermId(u8)
}
id! {
    /// A message that some host of the world has accepted, from 1; it keeps the number on every later hop.
    MessageId(u32)
}
