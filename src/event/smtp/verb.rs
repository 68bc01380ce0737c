//! The verbs of SMTP.

use serde::{Deserialize, Serialize};

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident $name:literal,)*) => {
        /// The verbs of SMTP, as statistics and scenarios name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum SmtpVerb {
            $($(#[$doc])* #[serde(rename = $name)] $verb,)*
        }

        impl SmtpVerb {
            /// All of them.
            pub const ALL: [SmtpVerb; [$($name),*].len()] = [$(SmtpVerb::$verb),*];

            /// The verb in capitals, as it is typed and as JSON and scenarios write it.
            pub fn name(self) -> &'static str {
                match self {
                    $(SmtpVerb::$verb => $name,)*
                }
            }
        }
    };
}

verbs! {
    /// RFC 5321 section 4.1.1.1.
    Helo "HELO",
    /// RFC 5321 section 4.1.1.1.
    Ehlo "EHLO",
    /// RFC 5321 section 4.1.1.2.
    Mail "MAIL",
    /// RFC 5321 section 4.1.1.3.
    Rcpt "RCPT",
    /// RFC 5321 section 4.1.1.4.
    Data "DATA",
    /// RFC 5321 section 4.1.1.5.
    Rset "RSET",
    /// RFC 5321 section 4.1.1.9.
    Noop "NOOP",
    /// RFC 5321 section 4.1.1.6.
    Vrfy "VRFY",
    /// RFC 5321 section 4.1.1.7.
    Expn "EXPN",
    /// RFC 5321 section 4.1.1.8.
    Help "HELP",
    /// RFC 5321 section 4.1.1.10.
    Quit "QUIT",
    /// RFC 3207.
    Starttls "STARTTLS",
    /// RFC 4954.
    Auth "AUTH",
    /// RFC 3030.
    Bdat "BDAT",
    /// RFC 1985.
    Etrn "ETRN",
}
