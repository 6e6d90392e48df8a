"""docs/emulated-operations.md is what the route table says, docs/guide/ what the help says."""

import importlib.util
from pathlib import Path
from types import ModuleType

CHECKOUT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    script = CHECKOUT / "packaging" / "docs" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate_docs", script)
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    return generate


def test_every_operation_is_written_down() -> None:
    written = (CHECKOUT / "docs" / "emulated-operations.md").read_text(encoding="utf-8")
    assert generator().operations() == written, "run python packaging/docs/generate.py"


def test_the_guide_is_what_the_help_says() -> None:
    folder = CHECKOUT / "docs" / "guide"
    written = {file: file.read_text("utf-8") for file in folder.glob("*.md")}
    assert written == dict(generator().guide()), "run python packaging/docs/generate.py"
