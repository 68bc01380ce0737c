### Was zu Zeilen aller Protokolle gesagt wird, auf Deutsch. common.en.ftl hat dieselben Meldungen mit denselben Variablen.

line-greeting = Getippt hat niemand etwas: Der Server spricht zuerst.
line-silence = Getippt hat niemand etwas: Der Server meldet sich von selbst.
line-end-of-message = Der einzelne Punkt: Hier endet die Nachricht.
line-answered = Der Server hat mit { $answer } geantwortet.
line-unanswered = Auf diese Zeile hat der Server noch nicht geantwortet.
line-nothing = Die Zeile ist leer.
line-auth-response = Eine Nachricht der Anmeldung mit { $mechanism }.
line-base64 = Base64: Was darin steckt, steht darunter
line-argument = was hinter dem Befehl steht
line-fault = die Stelle, um die es geht
line-fault-after = bis hierher stimmt alles; dahinter fehlt etwas
line-state-stays = Zustand der Sitzung: { $state }.
line-state-changes = Zustand der Sitzung: vorher { $before }; jetzt { $after }.
line-password-readable = { $tls ->
    [yes] Das Passwort steht da, wie es ist; unterwegs verbirgt es TLS.
   *[no] Das Passwort steht da, wie es ist: Wer auf dieser unverschlüsselten Leitung mitliest, hat es jetzt.
}
line-encrypted = Auf der Leitung war diese Zeile verschlüsselt; du siehst sie so, wie die beiden Programme sie sahen.
line-with-keys = Die Tasten dieser Zeile gingen einzeln zum Server, und eine, die anderswo die Zeile verbessert, ist dabei. Gelöscht wurde nichts: Der Server hat jedes Oktett gelesen.
line-key-backspace = die Rücktaste, Oktett 8: Dein Terminal hätte das Zeichen davor gelöscht; für den Server ist sie ein Zeichen mehr
line-key-delete = Entf, Oktett 127: Das senden die meisten Unix-Terminals für die Rücktaste; für den Server ist es ein Zeichen mehr
line-key-cursor = eine Pfeiltaste: drei Oktette, die mit Escape (27) beginnen; für den Server Zeichen der Zeile
line-telnet-command = Worte von telnet selbst (RFC 854), die mit Oktett 255 beginnen: Ein Mailserver kennt sie nicht, und sie stehen mit in der Zeile
smtp-queue-id = der Name, den der Server der Nachricht gibt: Such ihn in seiner Protokolldatei und in der Received-Zeile
ehlo-size-limit = die größte Nachricht in Oktetten
line-kept = Diese Zeile ging nicht auf die Leitung: Das Programm hat sie für sich behalten.
line-sent = so wurde es gesendet
line-of-server = Eine Zeile, die vom Server kam.
