from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from inchiesta.corpus.sources import list_source, shown
from inchiesta.errors import SourceError


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "A.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    listing = list_source(tmp_path)
    assert [file.path for file in listing.files] == ["A.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt"]
    assert listing.name == tmp_path.name
    assert [file.size for file in listing.files] == [5, 5, 9, 7, 5]


def test_a_file_is_a_source_by_itself(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    (file,) = list_source(tmp_path / "README.md").files
    assert (file.path, file.reason) == ("README.md", "")


def test_hidden_files_and_the_readme_at_the_top_are_skipped_and_counted(tmp_path: Path) -> None:
    for name in (".DS_Store", ".git/config", ".git/objects/ab", "README.md", "sub/README.md", "readme_leak.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    listing = list_source(tmp_path)
    assert [file.path for file in listing.files] == ["readme_leak.txt", "sub/README.md"]
    assert listing.skipped == {"hidden": 3, "readme": 1}


def test_a_missing_path_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nothing at .*expected a file or a folder.*check the path"):
        list_source(tmp_path / "absent")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(SourceError, match=r"holds no document: expected .*1 hidden"):
        list_source(tmp_path)


def test_links_are_set_aside_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    source = tmp_path / "source"
    source.mkdir()
    (source / "file.txt").symlink_to(outside / "secret.txt")
    (source / "folder").symlink_to(outside)
    (source / "circle").symlink_to(source)
    (source / "dangling").symlink_to("nowhere")
    listing = list_source(source)
    assert [file.path for file in listing.files] == ["circle", "dangling", "file.txt", "folder"]
    assert all(file.reason.startswith("symlink: ") for file in listing.files)


def test_a_link_named_by_the_user_is_followed(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to("text.txt")
    (file,) = list_source(tmp_path / "link.txt").files
    assert (file.path, file.reason, file.location.name) == ("link.txt", "", "text.txt")


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "s.txt"))
        files = list_source(tmp_path).files
    assert [file.reason.partition(":")[0] for file in files] == ["special file", "special file"]


def test_a_folder_that_cannot_be_opened_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("x")
    real = os.scandir

    def refusing(path: Path | str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = {file.path: file.reason.partition(":")[0] for file in list_source(tmp_path).files}
    assert found == {"a.txt": "", "closed": "no permission"}


def test_a_source_folder_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(path: Path) -> object:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(SourceError, match="check its permissions"):
        list_source(tmp_path)


def test_names_that_are_not_utf8_can_be_stored_and_opened(tmp_path: Path) -> None:
    location = os.fsencode(tmp_path) + b"/caf\xe9\n.txt"
    with open(location, "wb") as stream:
        stream.write(b"x")
    (file,) = list_source(tmp_path).files
    assert file.path == r"caf\xe9\x0a.txt"
    assert file.location.read_bytes() == b"x"


def test_names_in_other_scripts_stay_as_they_are() -> None:
    assert shown("статья № 1 – caffè.txt") == "статья № 1 – caffè.txt"
