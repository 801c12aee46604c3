"""Backprop, live: the table of contents, and the page that is asked for."""

from backprop.controls.contents import contents

contents().run()
