//! Header fields: splitting a message into fields and body without losing or changing an octet.
