"""Drawing: the page, the parts that live in the browser, and the screens. Values in, callbacks out."""
