"""`new --from` makes of each text of the course a derivation file whose every step is proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli import main

DOCUMENTS = sorted((Path(__file__).parents[1] / "documents").glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_text_becomes_a_derivation_that_is_proved(document, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    name = f"from_{document.stem}"
    assert main(["new", name, "--from", str(document)]) == 0
    capsys.readouterr()
    assert main([name, "--in-process", "--format", "json"]) == 0
    (derivation,) = json.loads(capsys.readouterr().out)["derivations"]
    assert derivation["verdict"] == "proved"
    assert sum(len(part["transitions"]) for part in derivation["parts"]) >= 5
