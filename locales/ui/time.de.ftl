### Zeit, Wiedergabe, Auswertung und die erste Seite auf Deutsch. Die englische Datei daneben hat dieselben Einträge mit
### denselben Variablen. Schlüssel, die mit js- beginnen, bekommen die Module der Seite; sie setzen {x} ein, wo { $x } steht.

## Erste Seite
catalogue-path = Der Weg
catalogue-topics = Themen
catalogue-all = Alle
catalogue-done = { $x } von { $of } Szenarien geschafft
now-open = Da hast du aufgehört
now-next = Dein nächster Schritt
now-then = Danach
now-nothing = Du hast alles angefangen, was es gibt. Jedes Szenario geht auch noch einmal; die alten Versuche bleiben.
builds-on = Baut auf
earlier-attempts = Frühere Versuche
about-helo = Was helo ist
hero-title = Sprich selbst mit Mailservern
hero-lead = helo gibt dir ein kleines Internet für dich allein: Server für SMTP, POP3 und IMAP, Namen, Postfächer, Leute, die zurückschreiben. Du tippst jede Zeile von Hand, wie mit telnet, und siehst sofort, was sie bewirkt, warum der Server so antwortet und was am Ende in der Mail steht, die jemand liest.
hero-begin = Anfangen mit „{ $x }“
hero-all = Alle Szenarien ansehen
hero-no-account = ohne Konto, ohne Installation
hero-teach = Für Lehrende
hero-real = Wie in echt.
hero-real-text = Antworten, wie Postfix, Sendmail, Exim oder Dovecot sie geben, echte Zertifikate; auch dein eigenes telnet, openssl oder Thunderbird darf mitspielen.
hero-why = Jede Antwort erklärt.
hero-why-text = Was sie bedeutet, welcher Regel sie folgt und wo die steht, was jetzt möglich ist. Fehler werden benannt, wenn sie passieren.
hero-safe = Kaputt geht nichts.
hero-safe-text = Keine Mail verlässt dieses Labor. Fälsch einen Absender, füll ein Postfach, zieh den Stecker: Dafür ist es da.
taste-title = Eine Minute im Labor
taste-you = du
taste-server = Server
taste-220 = Der Server spricht zuerst. 220: Er ist bereit.
taste-mail = Der Umschlag: an wen Fehler gehen. Wer die Mail liest, sieht ihn nie.
taste-rcpt = Für wen. Einmal vertippt …
taste-550 = … und 5xx: nein, auch später nicht. Niemand heißt hier so.
taste-354 = 354: Jetzt der Brief, bis ein Punkt allein steht.
taste-from = Das sieht, wer die Mail liest. Geprüft hat es niemand!
taste-dot = Der einsame Punkt: Der Brief ist zu Ende.
taste-queued = Von hier an steht der Server für ihn gerade.
taste-tick = Schritt geschafft: den Brief übergeben, 3 Punkte
teach-title = Für Lehrende
teach-lead = Ein Szenario ist eine TOML-Datei: Hosts, eine Geschichte, Schritte, Tipps, die üblichen Fehler und die Lösung, die beweist, dass es aufgeht. Programmieren muss dafür niemand; es passt in git und auf zwei Bildschirme.
teach-file = Ein ganzes Szenario
teach-check = Fehler findet helo, bevor es jemand im Kurs tut
teach-check-text = helo check liest die Datei, zieht ihre Variablen viele Male, spielt die Lösung und jedes Gegenbeispiel in beiden Sprachen und sagt auf einmal alles, was nicht stimmt.
teach-serve = Vom leeren Blatt zur Laborseite
teach-see = Was du zu sehen bekommst
teach-see-steps = Punkte mit der Zeile der Mitschrift, für die es sie gab; es zählt, was getan wurde, nicht wie der Server es formuliert hat.
teach-see-replay = Jeden Versuch als Wiedergabe mit Zeitregler: Terminals, Schritte, Postfächer, wie sie damals waren.
teach-see-report = Eine Auswertung, die zitiert, was getan wurde und was schiefging, für Bildschirm und Papier; die Mitschrift als Text und JSON.
teach-see-tools = Fehler, die alle überall machen, werden in jedem Szenario erkannt, ohne dein Zutun.

## Zeit und Wiedergabe
time = Zeit
time-slider = Moment des Versuchs
time-line-back = Zur vorigen getippten Zeile
time-line-on = Zur nächsten getippten Zeile
time-event-back = Ein Ereignis zurück
time-event-on = Ein Ereignis weiter
time-play = Abspielen
time-speed = Tempo
time-now = Zurück zu jetzt
past-off = Du siehst die Vergangenheit; tippen geht hier nicht. Was inzwischen passiert, wird aufgehoben.
replay = Wiedergabe
replay-lead = Eine Wiedergabe: alles, wie es war, und nichts lässt sich ändern.
replay-keys = Die Pfeiltasten gehen von Ereignis zu Ereignis, Bild auf und Bild ab von Zeile zu Zeile.
replay-open-lab = Ins Labor
js-time-pause = Anhalten
js-time-play = Abspielen
js-time-event = Ereignis { $x }
js-time-start = Vor dem ersten Ereignis
js-time-new = { $x } neue Ereignisse inzwischen
js-past = Du siehst jetzt die Vergangenheit.
js-now = Zurück in der Gegenwart.
js-past-input = Du siehst die Vergangenheit. Geh zurück zu jetzt, um etwas zu tun.
js-replay-failed = Die Wiedergabe ließ sich nicht laden. Lade die Seite neu.

## Auswertung
report-fact-begun = Angefangen
report-fact-attempt = Versuch
report-fact-time = Zeit auf der Uhr des Labors
report-fact-hints = Tipps
report-fact-mistakes = Benannte Fehler
report-no-hints = keine
report-hints = { $x ->
    [one] 1 genommen (−{ $cost } Punkte)
   *[other] { $x } genommen (−{ $cost } Punkte)
}
report-done-at = um { $at }, nach { $after }
report-hint-free = umsonst
report-hint-cost = { $n ->
    [one] −{ $x } Punkt
   *[other] −{ $x } Punkte
}
report-hint = Tipp
report-lines = Aus der Mitschrift
report-see = Ereignis { $x } in der Wiedergabe ansehen
report-earned = dafür gab es Punkte
report-said-to = dazu wurde etwas gesagt
report-more-lines = Der Rest fehlt hier; Wiedergabe und Mitschrift haben alles.
report-replay = Wiedergabe ansehen
report-again = Noch einen Blick wert
report-again-none = Alles geschafft, ohne Hilfe und ohne Patzer. Hier gibt es nichts zu wiederholen.
again-open = noch nicht geschafft
again-lost = { $n ->
    [one] { $x } Punkt fehlt
   *[other] { $x } Punkte fehlen
}
again-said = { $x ->
    [one] 1 Fehler unterwegs
   *[other] { $x } Fehler unterwegs
}
again-look = Den Schritt ansehen
again-rules = Die Regeln dahinter:
report-next = Wie es weitergeht
report-next-text = Diese Szenarien bauen darauf auf:
quote-hint = Tipp { $x } genommen
transcript-of = { $title } · Versuch { $number }, angefangen { $when }
transcript-legend = Alles hat die Nummer seines Ereignisses und die Zeit. (1) ist eine Verbindung: C: was der Client geschickt hat, S: was der Server geantwortet hat, was das heißt, steht darunter; 1> wurde an Terminal 1 getippt, 1| dort ausgegeben.

## Drumherum
reset-sure = Neu anfangen?
reset-text = Ein neuer Versuch beginnt, mit neuen Namen und Adressen. Dieser bleibt, wie er ist; du findest ihn unter „Frühere Versuche“ wieder.
reset-stay = Hierbleiben
