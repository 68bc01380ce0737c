//! The smallest vocabulary everything else is written in: simulated time, ids, bytes and spans as data, points,
//! the two languages, the bounds of an attempt, and named streams of seeded randomness. Uses nothing else of helo.

mod bounds;
mod bytes;
mod id;
mod lang;
mod points;
mod random;
mod time;
mod visible;

pub use bounds::Bounds;
pub use bytes::{Bytes, Span, lossy};
pub use id::{ConnId, EventNo, InputNo, MessageId, TermId};
pub use lang::{Lang, Text};
pub use points::Points;
pub use random::Stream;
pub use time::{Offset, Time, Zone};
pub use visible::{hides, show, visible};
