### Das Terminal: ergänzen, suchen, kopieren, und die Tasten von telnet als Oktette.

search = Suchen
search-title = In der Ausgabe dieses Terminals suchen (Strg Umschalt F)
search-text = Suchen nach
search-back = Voriger Treffer
search-next = Nächster Treffer
search-close = Suche beenden
copy = Kopieren
copy-title = Die Ausgabe dieses Terminals als Text kopieren
raw = Rohe Tasten
raw-title = Jede Taste geht an den Server, wie sie ist: der Zeichenmodus von telnet
js-news = neu
raw-help = Jede Taste geht jetzt an den Server, wie sie ist, so wie beim telnet von Windows. Die Rücktaste löscht dort nichts: Sie ist ein Oktett mehr in der Zeile (0x08), Entf ist 0x7F, eine Pfeiltaste drei Oktette (ESC [ A). Der Server sieht sich die Zeile an, wenn Enter kommt.
more-keys = Weitere Tasten
key-tab = Tab, ergänzen
js-complete-none = Hier gibt es nichts zu ergänzen. Noch einmal Tab springt weiter.
js-complete-many = { $x } Möglichkeiten. Tab zählt sie auf.
js-complete-more = … und { $x } weitere
js-complete-off = In einer Prüfung wird nichts ergänzt. Tab springt weiter.
js-search-count = Treffer { $x }
js-search-none = kein Treffer
js-search-gone = (und { $x } in Zeilen, die hier nicht stehen)
js-copied = { $x } Zeilen kopiert.
js-not-copied = Der Browser lässt diese Seite nicht kopieren. Die Mitschrift ganz unten hat denselben Text.
