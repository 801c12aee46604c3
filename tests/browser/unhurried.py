"""Streamlit, whose runs stay for a moment once they have ended, as they may on a busy machine."""

import time

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web.cli import main

LONGER = 0.3  # seconds
end = ScriptRunner._on_script_finished


def end_slowly(*of, **named):
    end(*of, **named)
    time.sleep(LONGER)


if __name__ == "__main__":
    ScriptRunner._on_script_finished = end_slowly
    main()
