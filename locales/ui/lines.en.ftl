### A line of the terminal, opened
js-why = What does this line mean?
js-explained = Explanation
js-opening = Looking it up …
js-not-opened = The explanation could not be fetched. Try again when the connection is back.
js-nothing-behind = There is nothing to say about this line.
js-parts = Its parts
js-next = Possible next
js-rules = To read up
js-empty-piece = nothing
