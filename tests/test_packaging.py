"""`pip install .` gives the engine with everything it reads, and asks for no Streamlit."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).parent.parent
SOURCES = ("backprop", "pyproject.toml", "README.md", "LICENSE")
USE = """
import sys
for name in ("streamlit", "plotly"):
    sys.modules[name] = None  # from now on, to import one of them is an ImportError
import backprop
from backprop import export, lessons, notebook
from backprop.export import site
from backprop.drawing.qr import qr_svg
net = backprop.Network.random([2, 3, 1], seed=1)
recording = backprop.train(net, [[0, 1], [1, 0]], [0, 1], updates=3)
assert "<style" in site.index() and "<svg" in qr_svg("https://example.org")
assert "id=&quot;told&quot;" in notebook.show(recording)._repr_html_()  # a page of its own
print(backprop.__file__, recording.updates)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of the sources, so that nothing is left among them."""
    place = tmp_path_factory.mktemp("package")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place)
    for folder in ("pages", "tests"):  # what once made setuptools ask which of them it is
        (place / folder).mkdir()
    command = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "--wheel-dir", "made"],
        cwd=place, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = (place / "made").glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as packed:
        inside = {name for name in packed.namelist() if ".dist-info/" not in name}
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "backprop").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".DS_Store"
    }
    assert {path.rpartition(".")[2] for path in files} >= {"py", "js", "css"}
    assert inside == files


def test_installed_elsewhere_the_engine_works_without_streamlit_and_plotly(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r})\n{USE}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path / "installed" / "backprop" / "__init__.py"), "3"]


def test_the_wheel_names_what_the_engine_imports_and_leaves_the_app_to_who_wants_it(wheel):
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (n for n in packed.namelist() if n.endswith("METADATA"))
        metadata = packed.read(name).decode()
    needed = re.findall(r"^Requires-Dist: ([\w-]+)(.*)$", metadata, re.MULTILINE)
    always = {name for name, rest in needed if "extra" not in rest}
    extra = {name for name, rest in needed if "extra" in rest}
    assert always == {"numpy", "ml_dtypes", "segno"}
    assert extra == {"streamlit", "plotly", "pillow"}


def test_what_the_package_asks_for_is_what_the_app_is_tested_with():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["app"]
    least = dict(re.fullmatch(r"([\w-]+)>=([\d.]+)", line).groups() for line in asked)
    pinned = dict(
        line.split("==") for line in (ROOT / "requirements.txt").read_text("utf-8").split()
    )
    assert set(least) == set(pinned)
    numbers = lambda version: [int(part) for part in version.split(".")]  # noqa: E731
    for name, version in least.items():
        assert numbers(version) <= numbers(pinned[name]), name
