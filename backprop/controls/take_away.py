"""What one takes away from the page: a link, programs, numbers; and the projector's switch."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlsplit

import streamlit as st

from backprop.controls.dialogs import close, dialog
from backprop.controls.live import recordings
from backprop.controls.own_lesson import add_moment_button
from backprop.controls.pictures import pictures
from backprop.controls.plain import refuse, warn
from backprop.controls.session import change, current, open_scenario
from backprop.drawing.qr import LONGEST, qr_svg
from backprop.engine.training import Recording
from backprop.export.booklet import of_scenario
from backprop.export.numbers import arrays, table
from backprop.export.page import page
from backprop.hosting import for_others, is_this_machine
from backprop.programs.numpy_code import numpy_code
from backprop.programs.plain_code import plain_code
from backprop.programs.torch_code import torch_code
from backprop.scenario.scenario import Scenario
from backprop.scenario.settings import from_json, to_json
from backprop.stage.chart import chart_alone
from backprop.stage.still import still


def take_away_buttons() -> None:
    """Share, Code and Export of what is shown now."""
    with st.container(horizontal=True, gap="xxsmall", key="take_away", width="content"):
        for label, icon, tip, opened in (
            ("Share", "share", "A link to exactly this picture, and its QR code", _share),
            ("Code", "code", "A program that gives the numbers on the screen", _code),
            ("Export", "download", "Arrays, a table, the scenario as a file", _export),
        ):
            opened.button(label, icon=f":material/{icon}:", help=tip)
        add_moment_button()


def projector_switch() -> None:
    """Larger type, thicker lines, no sidebar: into it and out of it."""
    on = current().projector
    label = "Leave" if on else "Projector mode"
    st.button(
        label,
        on_click=_toggle_projector,
        icon=":material/close_fullscreen:" if on else ":material/co_present:",
        help="Out of projector mode (P)" if on else "Larger type, no sidebar (P)",
        key="projector",
    )


def _toggle_projector() -> None:
    change(projector=not current().projector)
    st.rerun()  # the switch may stand in a fragment; the whole page follows


def link_of(scenario: Scenario) -> str:
    """The address that opens this page with `scenario`."""
    page = (st.context.url or "http://localhost:8501/").split("?")[0].split("#")[0]
    page = for_others(page, st.get_option("server.address"))
    query = "&".join(f"{name}={quote(v, safe=':~,@')}" for name, v in scenario.query().items())
    return f"{page}?{query}" if query else page


def live_address() -> str:
    """Where a page that is saved leads into the app; "" where only this machine would get there."""
    page = link_of(Scenario()).removesuffix(str(st.session_state.page))
    return "" if is_this_machine(urlsplit(page).hostname) else page


@dialog("Share exactly this")
def _share() -> None:
    scenario = current()
    apart = scenario.apart()
    if apart:
        st.warning(
            f"This link cannot carry {' and '.join(apart)}: too long. It works here while this "
            "server remembers; for others, and to keep, pass on the scenario’s file."
        )
        _scenario_file(scenario)
    else:
        st.write("Whoever opens this link sees the same network at the same update.")
    qr_code(link_of(replace(scenario, lesson="")))  # whatever lesson was open before


def _scenario_file(scenario: Scenario) -> None:
    st.download_button(
        "Scenario (.json)", to_json(scenario), "backprop-scenario.json", "application/json",
        on_click="ignore", width="stretch",
    )  # fmt: skip


def qr_code(link: str) -> None:
    """A link to copy and its QR code, and where it works."""
    st.code(link, language=None, wrap_lines=True)
    if len(link.encode()) <= LONGEST:
        with st.container(horizontal_alignment="center"), st.container(width=280):
            st.html(f'<img alt="QR code of this link" style="width:100%" src="{_image(link)}">')
    else:
        st.info("This link is too long for a QR code. Copy it instead.")
    if is_this_machine(urlsplit(link).hostname):
        st.caption(
            "This address works on this computer only: the app runs here. "
            "Started by HOST=0.0.0.0 make run, it can be opened from your network."
        )


def _image(link: str) -> str:
    return "data:image/svg+xml," + quote(qr_svg(link))


def _shown() -> Recording | None:
    """What is computed now; None, said in words, where the format cannot hold a number of it."""
    scenario = current()
    try:
        return recordings(scenario)[scenario.running]
    except ValueError as error:
        refuse(error)
        return None


@dialog("The same numbers from a program", width="large")
def _code() -> None:
    recording = _shown()
    if recording is None:
        return
    update, data = current().update, current().dataset()
    st.write(f"Each prints h, z, δ and the gradients of update {update}.")
    for title, program, name in (
        ("NumPy alone", numpy_code(recording, update, data), "backprop_numpy.py"),
        ("Plain Python, loop by loop", plain_code(recording, update, data), "backprop_plain.py"),
        ("PyTorch, the library’s way", torch_code(recording, update, data), "backprop_torch.py"),
    ):
        with st.expander(title, expanded=name == "backprop_numpy.py"):
            st.download_button("Save", program, name, "text/x-python", on_click="ignore")
            st.code(program, language="python", height=380)


@dialog("Take the numbers with you")
def _export() -> None:
    scenario, live = current(), live_address()
    recording = _shown()
    if recording is not None:
        _numbers(scenario, recording)
    st.write("The whole scenario:")
    if recording is not None:
        st.download_button(
            "A page that plays anywhere (.html)", lambda: page(of_scenario(scenario, live)),
            "backprop.html", "text/html", on_click="ignore", width="stretch",
            help="One file with all that you see: no server, no network, also in slides",
        )  # fmt: skip
    _scenario_file(scenario)
    uploaded = st.file_uploader("Open a scenario that was saved here", type=["json"])
    if uploaded is not None:
        _open_file(uploaded.getvalue())


def _numbers(scenario: Scenario, recording: Recording) -> None:
    """Arrays, a table, and pictures of the update that is shown."""
    update = scenario.update
    st.write(f"Of update {update}, all samples:")
    st.download_button(
        "Arrays (.npz)", arrays(recording, update), f"backprop-update-{update}.npz",
        "application/octet-stream", on_click="ignore", width="stretch",
    )  # fmt: skip
    st.download_button(
        "h, z and δ as a table (.csv)", table(recording.trace(update)),
        f"backprop-update-{update}.csv", "text/csv", on_click="ignore", width="stretch",
    )  # fmt: skip
    pictures({
        "Network": still(recording, scenario.sample - 1, scenario.dataset().feature_names, update,
                         scenario.operation),
        "Cost over updates": chart_alone(recordings(scenario), scenario.running),
    })  # fmt: skip


def _open_file(content: bytes) -> None:
    try:
        scenario, problems = from_json(content.decode("utf-8", errors="replace"))
    except ValueError as error:
        refuse(error)
        return
    if problems:
        warn("The file could not be followed everywhere; defaults stand there.", problems)
    if st.button("Open it", type="primary"):
        open_scenario(scenario)
        close()
        st.rerun()
