"""The affair as it would arrive in a newsroom: 170 files in the form and disorder of real deliveries."""

from __future__ import annotations

import csv
import io
import json
import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.sample.generator.copies import Version, first_version, make_copies
from data.sample.generator.furniture import OUTLETS, name_file, render_page, render_pasted, write_day
from data.sample.generator.originals import read_articles
from data.sample.generator.truth import write_truth

SEED = 7
N_FILES = 170
# Rows of each of the two exports; their articles arrive in no other file.
N_ROWS = 5
# Files that arrive a second time, byte for byte.
N_DUPLICATES = 8
# Old machines still write these; the rest is UTF-8.
ENCODINGS = {"cp1252": 4, "utf-16": 2, "utf-8-sig": 3}
N_WRAPPED = 2
_WIDTH = 72
_HEADS = {"it": ("Titolo", "Fonte", "Data"), "en": ("Title", "Source", "Date")}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file or row: where it stands, its bytes (none for a row), what it is a version of (none for noise)."""

    path: str
    member: str
    data: bytes
    version: Version | None
    status: str


def generate_affair(to: Path, seed: int = SEED) -> Path:
    """Write the affair into ``to``/affair and its truth into ``to``/affair-truth.json; give the path of the truth.

    Notes
    -----
    The same seed gives the same bytes on every machine.
    """
    arrivals = compose_affair(seed)
    folder = to / "affair"
    for arrival in arrivals:
        if arrival.data or not arrival.member:
            path = folder / arrival.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(arrival.data)
    truth = to / "affair-truth.json"
    write_truth(truth, arrivals, seed)
    return truth


def compose_affair(seed: int = SEED) -> list[Arrival]:
    """Give all files and rows of the affair, sorted by path."""
    draw = random.Random(f"{seed}/affair")
    articles = read_articles()
    firsts = [first_version(article) for article in articles]
    copies = make_copies(articles, seed)
    exports = _choose_for_exports(firsts, draw)
    singles = [version for version in firsts if version not in (*exports["it"], *exports["en"])]
    arrivals = _write_singles(singles, copies, draw)
    arrivals += _write_exports(exports)
    arrivals += _repeat(arrivals, draw) + _make_noise()
    return sorted(arrivals, key=lambda arrival: (arrival.path, len(arrival.member), arrival.member))


def _choose_for_exports(firsts: Sequence[Version], draw: random.Random) -> dict[str, list[Version]]:
    able = {
        language: [v for v in firsts if v.article.language == language and v.kind == "original"]
        for language in ("it", "en")
    }
    return {language: draw.sample(versions, N_ROWS) for language, versions in able.items()}


# -- single files ------------------------------------------------------------------------------------------------


def _write_singles(firsts: Sequence[Version], copies: Sequence[Version], draw: random.Random) -> list[Arrival]:
    versions = [*firsts, *copies]
    encodings = _encodings(draw)
    wrapped = N_WRAPPED
    arrivals = []
    used: set[str] = set()
    for version in versions:
        form = _form(version, draw)
        encoding = "utf-8"
        if form == "txt" and encodings and _fits(version, encodings[-1]):
            encoding = encodings.pop()
        elif form == "txt" and wrapped and version.kind == "original":
            form, wrapped = "wrapped", wrapped - 1
        text = _render(version, form, firsts, draw)
        path = _free_path(version, form, used)
        arrivals.append(Arrival(path, "", text.encode(encoding), version, "read"))
    return arrivals


def _form(version: Version, draw: random.Random) -> str:
    if version.kind == "furniture":
        return draw.choice(("html", "pasted"))
    if version.kind == "translation":
        return draw.choice(("txt", "md"))
    return draw.choices(("html", "txt", "head", "md"), weights=(9, 6, 3, 2))[0]


def _encodings(draw: random.Random) -> list[str]:
    found = [encoding for encoding, number in ENCODINGS.items() for _ in range(number)]
    draw.shuffle(found)
    return found


def _fits(version: Version, encoding: str) -> bool:
    try:
        (version.title + version.text).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _free_path(version: Version, form: str, used: set[str]) -> str:
    suffix = form if form in ("html", "md") else "txt"
    stem = f"{OUTLETS[version.outlet].folder}/{version.published:%Y-%m-%d}-{name_file(version.title)}"
    path, number = f"{stem}.{suffix}", 1
    while path in used:
        number += 1
        path = f"{stem}-{number}.{suffix}"
    used.add(path)
    return path


def _render(version: Version, form: str, others: Sequence[Version], draw: random.Random) -> str:
    outlet = OUTLETS[version.outlet]
    links = [
        v.title for v in draw.sample(others, 3) if v.article.language == outlet.language and v.title != version.title
    ]
    if form == "html":
        return render_page(outlet, version.title, version.paragraphs, version.published, links)
    if form == "pasted":
        return render_pasted(
            outlet, version.title, version.paragraphs, version.published, (links or [outlet.source])[0]
        )
    day = write_day(version.published, outlet.language)
    if form == "head":
        title, source, date = _HEADS[outlet.language]
        return f"{title}: {version.title}\n{source}: {outlet.source}\n{date}: {day}\n\n{version.text}\n"
    if form == "md":
        return f"# {version.title}\n\n*{outlet.source}, {day}*\n\n{version.text}\n"
    if form == "wrapped":
        body = "\n\n".join(textwrap.fill(paragraph, _WIDTH, break_on_hyphens=False) for paragraph in version.paragraphs)
        return f"{version.title}\n\n{day}\n\n{body}\n"
    return f"{version.title}\n\n{day}\n\n{version.text}\n"


# -- exports, duplicates, noise ----------------------------------------------------------------------------------


def _write_exports(exports: dict[str, list[Version]]) -> list[Arrival]:
    path_csv, path_jsonl = "varie/rassegna.csv", "varie/archive-export.jsonl"
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(["id", "titolo", "testata", "data", "testo"])
    for number, version in enumerate(exports["it"], 1):
        row = [
            f"{number:04d}",
            version.title,
            OUTLETS[version.outlet].source,
            version.published.isoformat(),
            version.text,
        ]
        writer.writerow(row)
    lines = [
        {"headline": v.title, "outlet": OUTLETS[v.outlet].source, "published": v.published.isoformat(), "body": v.text}
        for v in exports["en"]
    ]
    dumped = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    data = {path_csv: sheet.getvalue().encode(), path_jsonl: dumped.encode()}
    return [
        Arrival(path, f"row {number}", data[path] if number == 1 else b"", version, "read")
        for path, versions in ((path_csv, exports["it"]), (path_jsonl, exports["en"]))
        for number, version in enumerate(versions, 1)
    ]


def _repeat(arrivals: Sequence[Arrival], draw: random.Random) -> list[Arrival]:
    singles = [arrival for arrival in arrivals if not arrival.member]
    chosen = sorted(draw.sample(singles, N_DUPLICATES), key=lambda arrival: arrival.path)
    # In the folder that sorts last: the first of two equal files is the one that is read.
    return [
        Arrival(f"varie/z-copia-{number}{Path(found.path).suffix}", "", found.data, found.version, "duplicate")
        for number, found in enumerate(chosen, 1)
    ]


def _make_noise() -> list[Arrival]:
    head = "<!DOCTYPE html><html><head><title>Carica</title></head>"
    script = f"{head}<body><script>avvia('articolo');</script></body></html>\n"
    files = {
        "varie/vuoto.txt": b"",
        "varie/pagina-dinamica.html": script.encode(),
        "varie/foto-porto.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) + b"\xff\xd9",
        "varie/consegna.zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00cut short on its way",
        "varie/appunti.txt": bytes(range(256)) * 4,
        "varie/verbale.pdf": b"%PDF-1.4\nthis file was never finished\n",
    }
    return [Arrival(path, "", data, None, "set aside") for path, data in files.items()]
