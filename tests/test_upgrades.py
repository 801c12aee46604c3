"""Where we lean on what Streamlit and Plotly do not promise, and what happens when it goes.

A new place that is not listed here fails, and so does one that the installed release has no more:
`.github/workflows/newest.yml` runs this, and everything else, with the newest releases.
"""

import ast
import re
import tomllib
from pathlib import Path

import plotly
import pytest
import streamlit
from streamlit import config

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder in ("backprop", "pages", "deploy")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".js", ".css", ".template"}
] + [ROOT / "app.py"]

LOOKS = "It looks as Streamlit has it: more air, other sizes. tests/browser/test_layout.py fails."
PAPER = "Buttons and sliders are printed too. tests/browser/test_print.py fails."
DEAF = "A widget under the hand is heard only when it is let go. tests/browser/test_live.py fails."
LIGHT = "Our drawings stay light on a dark page. tests/browser/test_layout.py fails."
HISTORY = "Back and Forward change the address alone. tests/browser/test_journeys.py fails."
SILENT = "A click on the microscope's chart asks nothing. tests/browser/test_microscope.py fails."
STRICT = (
    "nginx refuses, caches or routes what it should not. tests/browser/test_deployment.py fails."
)
CALM = "Each answer takes 60 ms more (a full collection of garbage): the option is ignored."
FORGOTTEN = "After quick changes the connection is dropped and made anew: the option is ignored."
SENT_AGAIN = "Each change sends the pages' style again, 3 kB: the option is ignored."
UNDER = "Keys meant for a dialog or a widget move the stage. tests/browser/test_live.py fails."
LOST = (
    "After its server died a page is there again only once it runs as a whole, and what is done "
    "before that is lost. tests/browser/test_server.py fails."
)
LINE = "h is not marked on the microscope's charts. tests/browser/test_microscope.py fails."

TEST_IDS = {
    LOOKS: "stMainBlockContainer stHeader stExpandSidebarButton stMain stVerticalBlock stSidebar "
    "stSidebarHeader stSidebarContent stSidebarUserContent stHorizontalBlock stCheckbox "
    "stSlider stWidgetLabel stButtonGroup stButton stSelectbox stPageLink-NavLink stMultiSelect "
    "stBaseButton-primary stLayoutWrapper stMarkdownContainer",
    PAPER: "stAppViewContainer stToolbar stPageLink stPopover stDownloadButton stNumberInput "
    "stElementContainer stPlotlyChart",
    "The fields for exact values open where there is no room. tests/browser/test_exact.py fails.":
    "stPopoverBody",
    "After a download Escape leaves no dialog. tests/browser/test_own_data.py fails.": "stDialog",
    "On a phone the sidebar stays on the page. tests/browser/test_pages_layout.py fails.":
    "stSidebarCollapseButton",
    "Keys typed into such a field also move the stage. tests/browser/test_live.py fails.":
    "stTextInput",
}  # fmt: skip
"""Names in Streamlit's page, for its own tests, that our style and scripts find its elements by."""

CLASSES = {LOOKS: "stApp", LOST: "stApp", DEAF: "st-key-", SILENT: "js-plotly-plot"}
"""Classes of Streamlit's and Plotly's elements; that of a key is documented, its place is not."""

VARIABLES = {
    LIGHT: "--st-background-color --st-text-color",
    LOOKS: "--st-border-color --st-primary-color --st-font",
}
"""Colours and type that Streamlit hands to components."""

OPTIONS = {CALM: "runner.postScriptGC", SENT_AGAIN: "global.minCachedMessageSize",
           FORGOTTEN: "global.maxCachedMessageAge"}  # fmt: skip
"""Options that Streamlit hides from its documentation."""

ROUTES = {
    STRICT: "_stcore/stream _stcore/upload_file _stcore/(metrics|agent|bidi-components) /static/ "
    "(static|media|component|site)",
    "A healthy replica counts as ill, and is not waited for. tests/test_image.py fails.":
    "_stcore/health",
}  # fmt: skip
"""Addresses of Streamlit's server that deploy/ names."""

ROLES = {
    DEAF: "[role=radio]",
    UNDER: "[role=dialog] [role=listbox] [role=menu] [role=option] [role=combobox] [role=grid] "
    "[role=radiogroup] [role=slider] [role=button]",
}
"""What scripts find by its role, which is the standard's; that Streamlit has it is its choice."""

STATES = {LOST: "data-test-connection-state"}
"""What Streamlit's page says of itself for its own tests; CONNECTED is its word for that it is."""

INSIDE = {LINE: "_fullLayout _length _offset", SILENT: "plotly_click plotly_afterplot"}
"""Private attributes and events of Plotly's charts."""

SENT = {
    DEAF: ('attributeFilter: ["value", "aria-checked"]', 'box?.querySelector("input")'),
    HISTORY: ('new PopStateEvent("popstate", { state: history.state })',),
    "After its server died a page's address says /live. tests/browser/test_server.py fails.": (
        "history.pushState = (state, unused, url)",
    ),
}
"""What scripts read of Streamlit's widgets and send to its page, in the words of the source."""


WITHIN = {
    "A page that is reached as a part of another one was being drawn again stays blank. "
    "tests/browser/test_server.py fails.":
    "streamlit.delta_generator_singletons.context_dg_stack "
    "streamlit.delta_generator_singletons.get_default_dg_stack_value",
    "A page that is asked for in the same moment as an edit on the stage stays away, and a choice "
    "made in the same moment as the stage asks is not seen. tests/browser/test_server.py fails.":
    "streamlit.runtime.scriptrunner.get_script_run_ctx",
}  # fmt: skip
"""What we import of Streamlit that it keeps for itself."""

OF_A_RUN = (
    "_state _new_widget_state _widget_changed widget_metadata fragment_id fragment_ids_this_run "
    "fragment_storage has_ancestor_in page_script_hash session_state"
)
"""What we read of that context, of its state and of its parts."""

KINDS = {id(ROLES): (".js",), id(INSIDE): (".js",), id(STATES): (".js",)}


def names(table):
    return {name for words in table.values() for name in words.split()}


def found(pattern, *suffixes):
    """Every name that a pattern finds in the sources, with the files that have it."""
    places = {}
    for path in SOURCES:
        if not suffixes or path.suffix in suffixes:
            for match in re.finditer(pattern, path.read_text("utf-8"), re.MULTILINE):
                name = next(filter(None, match.groups()))
                places.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return places


@pytest.fixture(scope="module")
def page():
    """All scripts and styles of the installed Streamlit's page."""
    static = Path(streamlit.__file__).parent / "static" / "static"
    files = [*static.rglob("*.js"), *static.rglob("*.css")]
    return "\n".join(file.read_text("utf-8", errors="replace") for file in files)


@pytest.mark.parametrize(
    ("pattern", "table"),
    [
        (r"data-testid=\"?([\w-]+)", TEST_IDS),
        (r"\.(stApp|st[A-Z]\w+|st-key-|js-plotly-\w+|(?:katex|emotion|baseweb)[\w-]*)", CLASSES),
        (r"(--st-[a-z-]+)", VARIABLES),
        (r"(_stcore/(?:[a-z]\w+|\([\w|-]+\))|(?<=path\})/static/|\(static[\w|]+\))", ROUTES),
        (r"(\[role=\w+\])", ROLES),
        (r"(data-test-[\w-]+)", STATES),
        (r"(?:\w|\))\.(_[a-z]\w+)(?=.*;$)|\"(plotly_\w+)\"", INSIDE),
    ],
    ids=["test ids", "classes", "variables", "routes", "roles", "states", "inside"],
)
def test_every_hook_into_the_page_is_listed_with_what_happens_when_it_goes(pattern, table):
    places = found(pattern, *KINDS.get(id(table), ()))
    assert places.keys() - names(table) == set(), places
    assert names(table) - places.keys() == set(), "listed, but nothing leans on it any more"


def test_what_the_style_and_the_scripts_look_for_is_in_the_installed_streamlit(page):
    for name in names(TEST_IDS):
        stem = name.split("-")[0]  # stBaseButton-primary is put together in the page
        assert stem in page, name
    assert "st-key-" in page and "stApp" in page
    for name in names(STATES):
        assert name in page and "CONNECTED" in page, name
    for name in names(VARIABLES):
        assert name in page or name.removeprefix("--st-").split("-")[0] in page, name
    for route in ("_stcore/stream", "_stcore/health", "_stcore/upload_file"):
        assert route in page, route


def test_what_is_read_of_charts_is_in_the_installed_plotly():
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    text = script.read_text("utf-8")
    for name in {"js-plotly-plot"} | names(INSIDE):
        assert name in text, name


def test_the_hidden_options_that_are_set_are_listed_and_still_there():
    said = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    known = config.get_config_options(force_reparse=False)
    hidden = set()
    for section, options in said.items():
        for name, value in options.items():
            if section == "theme" and isinstance(value, dict):
                continue
            option = known[f"{section}.{name}"]
            hidden |= {option.key} if option.visibility == "hidden" else set()
    assert hidden == names(OPTIONS)


def test_what_scripts_say_to_streamlits_page_stands_where_it_is_listed():
    text = "\n".join(path.read_text("utf-8") for path in SOURCES if path.suffix == ".js")
    for consequence, words in SENT.items():
        for word in words:
            assert word in text, (word, consequence)
    assert text.count("new PopStateEvent") == 1 and text.count("attributeFilter") == 2


def test_nothing_else_that_streamlit_or_plotly_keep_for_themselves_is_imported_or_touched():
    touched = set()
    for path in SOURCES:
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for spelled in _spelled(node).split():
                if re.match(r"(streamlit|st|plotly)\b", spelled) and (
                    re.search(r"\._[a-z]", spelled)
                    or re.match(r"(streamlit|st)\.(runtime|web|delta_generator\w*)\b", spelled)
                ):
                    touched.add(spelled)
    assert touched == names(WITHIN)


def test_what_is_read_of_a_run_is_listed_and_in_the_installed_streamlit():
    runtime = Path(streamlit.__file__).parent / "runtime"
    text = "\n".join(path.read_text("utf-8") for path in runtime.rglob("*.py"))
    for name in OF_A_RUN.split():
        assert re.search(rf"\b{name}\b", text), name
    private = {
        node.attr
        for path in SOURCES
        if path.suffix == ".py" and "controls" in path.parts  # the only room that knows Streamlit
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr)
        if not ast.unparse(node).startswith(("self.", "cls."))
    }
    assert private == {name for name in OF_A_RUN.split() if name.startswith("_")}


def _spelled(node):
    """The dotted name that an import or an attribute is."""
    if isinstance(node, ast.Import):
        return " ".join(alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return " ".join(f"{node.module}.{alias.name}" for alias in node.names)
    return ast.unparse(node) if isinstance(node, ast.Attribute) else ""
