//! What the lab says when it cannot do something: what came, and what to do now, in both languages.

use crate::keys::KeysFault;
use crate::scenario::Diagnostic;
use crate::store::StoreError;
use crate::units::{EventNo, TermId, Text};
use std::time::Duration;

/// Why the lab could not do what it was asked.
#[derive(Debug, Clone, PartialEq)]
pub enum LabError {
    /// There is no such scenario.
    NoSuchScenario {
        /// As asked for.
        id: String,
        /// One that has nearly this name.
        similar: Option<String>,
    },
    /// There is no attempt with this token.
    NoSuchAttempt,
    /// The scenario cannot be begun under the seed that was drawn: a fault of the scenario.
    Scenario {
        /// The scenario.
        id: String,
        /// What is wrong with it.
        faults: Vec<Diagnostic>,
    },
    /// As many attempts are being worked on as may be at the same time.
    TooManyAttempts {
        /// How many.
        limit: usize,
    },
    /// As many pages look at this attempt as may.
    TooManyPages {
        /// How many.
        limit: usize,
    },
    /// Inputs come faster than anybody can type. This one was left out.
    TooFast {
        /// When there is room again.
        wait: Duration,
    },
    /// The attempt can be looked at and no longer worked on.
    Frozen {
        /// Why.
        why: WhyFrozen,
    },
    /// It was to be done at a terminal that is neither there nor the next one to be opened.
    NoSuchTerminal {
        /// The one that would be opened next.
        next: TermId,
    },
    /// The attempt has as many inputs, or as long a record, as it may have.
    UsedUp,
    /// This connection of a program at a real port is over.
    SocketGone,
    /// The input brought helo itself to a fall. It is not recorded; the attempt stands as before it.
    Crashed,
    /// The store could not keep it, so it did not happen.
    Store(StoreError),
    /// What the store has of this attempt cannot be read.
    Unreadable {
        /// What is wrong.
        what: String,
    },
    /// The operating system gave no randomness.
    NoEntropy {
        /// What it said.
        what: String,
    },
    /// The certificates that the scenario's hosts are to have could not be made.
    Keys(KeysFault),
    /// The lab is being closed.
    Closing,
}

/// Why an attempt can only be looked at. Its record stays as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyFrozen {
    /// Replayed by this helo, its inputs cause other events than were recorded, from this one on.
    Diverged {
        /// The first event that differs.
        at: EventNo,
    },
    /// This helo cannot read the version of the scenario that it was begun with.
    ScenarioUnreadable,
    /// This helo cannot begin that version under the attempt's seed.
    ScenarioUnusable,
    /// Replaying it brings this helo to a fall.
    ReplayCrashes,
    /// Something that another version of helo, or a person, has noted.
    Noted(String),
}

impl WhyFrozen {
    /// As it is kept in the store.
    pub(super) fn note(&self) -> String {
        match self {
            WhyFrozen::Diverged { at } => format!("diverged {at}"),
            WhyFrozen::ScenarioUnreadable => "scenario-unreadable".to_owned(),
            WhyFrozen::ScenarioUnusable => "scenario-unusable".to_owned(),
            WhyFrozen::ReplayCrashes => "replay-crashes".to_owned(),
            WhyFrozen::Noted(note) => note.clone(),
        }
    }

    /// Out of the store.
    pub(super) fn from_note(note: &str) -> WhyFrozen {
        let known = [WhyFrozen::ScenarioUnreadable, WhyFrozen::ScenarioUnusable, WhyFrozen::ReplayCrashes];
        let diverged = note.strip_prefix("diverged ").and_then(|at| at.parse().ok());
        match (diverged, known.into_iter().find(|k| k.note() == note)) {
            (Some(at), _) => WhyFrozen::Diverged { at: EventNo(at) },
            (None, Some(known)) => known,
            (None, None) => WhyFrozen::Noted(note.to_owned()),
        }
    }

    /// In a few words.
    pub fn text(&self) -> Text {
        match self {
            WhyFrozen::Diverged { at } => text(
                &format!("mit dieser Version von helo käme es ab Ereignis {at} anders heraus"),
                &format!("with this version of helo it would come out differently from event {at} on"),
            ),
            WhyFrozen::ScenarioUnreadable => text(
                "diese Version von helo kann sein Szenario nicht mehr lesen",
                "this version of helo cannot read its scenario any more",
            ),
            WhyFrozen::ScenarioUnusable => text(
                "diese Version von helo kann sein Szenario nicht mehr beginnen",
                "this version of helo cannot begin its scenario any more",
            ),
            WhyFrozen::ReplayCrashes => text(
                "diese Version von helo stolpert beim Nachspielen darüber",
                "this version of helo stumbles over replaying it",
            ),
            WhyFrozen::Noted(note) => text(note, note),
        }
    }
}

impl LabError {
    /// What it means and what to do now.
    pub fn text(&self) -> Text {
        match self {
            LabError::NoSuchScenario { id, similar } => no_such_scenario(id, similar.as_deref()),
            LabError::NoSuchAttempt => text(
                "Diesen Versuch gibt es hier nicht. Prüfe die Adresse, oder fang im Verzeichnis einen neuen an.",
                "there is no such attempt here. Check the address, or begin a new one from the catalogue.",
            ),
            LabError::Scenario { id, faults } => scenario(id, faults),
            LabError::TooManyAttempts { limit } => text(
                &format!(
                    "Gerade wird an {limit} Versuchen gearbeitet, mehr gehen hier nicht zugleich. Warte einen \
                     Augenblick; dein Stand bleibt gespeichert."
                ),
                &format!(
                    "{limit} attempts are being worked on, and no more fit at the same time. Wait a moment; your work \
                     is saved."
                ),
            ),
            LabError::TooManyPages { limit } => text(
                &format!("Dieser Versuch ist schon auf {limit} Seiten offen. Schließe eine davon."),
                &format!("this attempt is open on {limit} pages already. Close one of them."),
            ),
            LabError::TooFast { wait } => too_fast(*wait),
            LabError::Frozen { why } => frozen(why),
            LabError::NoSuchTerminal { next: TermId(next) } => text(
                &format!("Dieses Terminal gibt es nicht: Das nächste, das aufgehen kann, ist Nummer {next}."),
                &format!("there is no such terminal: the next one that can be opened is number {next}."),
            ),
            LabError::UsedUp => text(
                "Dieser Versuch ist voll: Er hat so viele Eingaben oder so viel aufgezeichnet, wie einer darf. Ansehen \
                 kannst du ihn weiter; zum Weitermachen fang einen neuen an.",
                "this attempt is used up: it has as many inputs, or as much in its record, as one may have. It can still be \
                 looked at; to go on, begin a new one.",
            ),
            LabError::SocketGone => text(
                "Diese Verbindung ist zu Ende. Bau sie neu auf.",
                "this connection is over. Open it again.",
            ),
            LabError::Crashed => text(
                "Über diese Eingabe ist helo selbst gestolpert: ein Fehler in helo, nicht deiner. Sie zählt nicht; mach \
                 weiter, als hättest du sie nicht getippt, und melde sie bitte.",
                "helo itself stumbled over this input: a fault of helo's, not yours. It does not count; go on as if \
                 you had not typed it, and please report it.",
            ),
            LabError::Store(error) => error.text(),
            LabError::Unreadable { what } => text(
                &format!(
                    "Die Aufzeichnung dieses Versuchs lässt sich nicht lesen: {what}. Fang einen neuen an."
                ),
                &format!("the record of this attempt cannot be read: {what}. Begin a new one."),
            ),
            LabError::NoEntropy { what } => text(
                &format!("Das Betriebssystem gibt keine Zufallszahlen her: {what}. Starte helo neu."),
                &format!("the operating system gives no random numbers: {what}. Start helo again."),
            ),
            LabError::Keys(fault) => text(
                &format!(
                    "Die Zertifikate für diesen Versuch ließen sich nicht ausstellen ({fault}). Versuch es noch einmal; \
                     bleibt es dabei, sag es dem, der das Szenario geschrieben hat."
                ),
                &format!(
                    "the certificates for this attempt could not be made ({fault}). Try again; if it stays like that, \
                     tell whoever wrote the scenario."
                ),
            ),
            LabError::Closing => text(
                "helo wird gerade beendet. Was du getan hast, ist gespeichert; nach dem Neustart geht es hier weiter.",
                "helo is shutting down. What you did is saved; after the restart it goes on right here.",
            ),
        }
    }
}

impl From<StoreError> for LabError {
    fn from(error: StoreError) -> LabError {
        LabError::Store(error)
    }
}

impl From<KeysFault> for LabError {
    fn from(fault: KeysFault) -> LabError {
        LabError::Keys(fault)
    }
}

impl std::fmt::Display for LabError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for LabError {}

fn text(de: &str, en: &str) -> Text {
    Text { de: de.to_owned(), en: en.to_owned() }
}

fn no_such_scenario(id: &str, similar: Option<&str>) -> Text {
    let (de, en) = match similar {
        Some(similar) => (format!("Meintest du „{similar}“?"), format!("Did you mean `{similar}`?")),
        None => ("Schau im Verzeichnis nach.".to_owned(), "Look in the catalogue.".to_owned()),
    };
    text(
        &format!("Ein Szenario „{id}“ gibt es hier nicht. {de}"),
        &format!("there is no scenario `{id}` here. {en}"),
    )
}

fn scenario(id: &str, faults: &[Diagnostic]) -> Text {
    let first = faults.first().map_or("", |fault| fault.message.as_str());
    text(
        &format!(
            "Das Szenario „{id}“ lässt sich nicht beginnen ({first}). Sag es dem, der es geschrieben hat: `helo check` \
             zeigt alle Fehler."
        ),
        &format!(
            "the scenario `{id}` cannot be begun ({first}). Tell whoever wrote it: `helo check` shows all that is wrong."
        ),
    )
}

fn too_fast(wait: Duration) -> Text {
    let tenths = wait.as_millis().div_ceil(100).max(1);
    let (whole, part) = (tenths / 10, tenths % 10);
    text(
        &format!(
            "Das kam schneller, als jemand tippen kann, und wurde nicht ausgeführt. In {whole},{part} Sekunden geht es \
             weiter. Viele Zeilen auf einmal: füge sie zusammen ein."
        ),
        &format!(
            "that came faster than anybody can type and was not carried out. It goes on in {whole}.{part} seconds. For \
             many lines at once, paste them together."
        ),
    )
}

fn frozen(why: &WhyFrozen) -> Text {
    let why = why.text();
    text(
        &format!(
            "Diesen Versuch kannst du ansehen, aber nicht fortsetzen: {}. Was du erreicht hast, bleibt. Fang einen neuen \
             an, wenn du weitermachen willst.",
            why.de
        ),
        &format!(
            "this attempt can be looked at but not continued: {}. What you have earned stays. Begin a new one to go on.",
            why.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_an_attempt_is_frozen_survives_the_store() {
        let all = [
            WhyFrozen::Diverged { at: EventNo(7) },
            WhyFrozen::ScenarioUnreadable,
            WhyFrozen::ScenarioUnusable,
            WhyFrozen::ReplayCrashes,
            WhyFrozen::Noted("diverged somewhere".to_owned()),
        ];
        for why in all {
            assert_eq!(WhyFrozen::from_note(&why.note()), why);
        }
    }

    #[test]
    fn waiting_times_are_said_in_tenths_of_a_second() {
        for (millis, de, en) in [(1, "0,1", "0.1"), (250, "0,3", "0.3"), (12_000, "12,0", "12.0")] {
            let said = LabError::TooFast { wait: Duration::from_millis(millis) }.text();
            assert!(said.de.contains(&format!("In {de} Sekunden")), "{}", said.de);
            assert!(said.en.contains(&format!("in {en} seconds")), "{}", said.en);
        }
    }
}
