### Eine Zeile des Terminals, geöffnet
js-why = Was bedeutet diese Zeile?
js-explained = Erklärung
js-opening = Wird nachgeschlagen …
js-not-opened = Die Erklärung ließ sich nicht holen. Versuch es wieder, wenn die Verbindung steht.
js-nothing-behind = Zu dieser Zeile gibt es nichts zu sagen.
js-parts = Teile der Zeile
js-next = Was jetzt möglich ist
js-rules = Zum Nachlesen
js-empty-piece = nichts
