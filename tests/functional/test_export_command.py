"""``ropa export`` writes the file, keeps its bytes, and logs for whom it was made."""

import json
from pathlib import Path
from zipfile import ZipFile

from click.testing import CliRunner
from sqlalchemy import create_engine, text

from ropa.cli import ropa
from ropa.exports import exports_table
from ropa.i18n import LANGUAGES


def run(url: str, *words: str):
    return CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": url})


def test_the_command_logs_what_it_handed_out(seeded: str, tmp_path: Path):
    file = tmp_path / "record.xlsx"
    asked = ["article30", "--entity", "defense-balance", "--role", "processor", "-o", str(file)]
    done = run(seeded, "export", *asked, "--for", "AEPD", "--case", "E/7", "--lang", LANGUAGES[1])
    assert done.exit_code == 0, done.output
    engine = create_engine(seeded)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM export_log")).one()
        kept = connection.execute(text("SELECT content FROM blob")).scalar_one()
    engine.dispose()
    assert (row.id, row.recipient, row.case_ref, row.side) == (1, "AEPD", "E/7", "processor")
    assert (row.door, row.actor_id, row.language) == ("command", "command-line", "es")
    assert bytes(kept) == file.read_bytes()
    assert run(seeded, "verify").exit_code == 0


def test_a_list_that_was_there_before_is_sealed_once_by_the_seed(seeded: str):
    assert run(seeded, "seed").exit_code == 0
    engine = create_engine(seeded)
    with engine.connect() as connection:
        numbers = connection.execute(text("SELECT number, why FROM version")).all()
    engine.dispose()
    assert [tuple(one) for one in numbers] == [(1, "Reference data and published policy")]


def test_the_list_is_the_catalogue():
    done = CliRunner().invoke(ropa, ["export", "--list"])
    said = dict(line.split(maxsplit=1) for line in done.output.splitlines())
    assert said == {name: title for name, title, _authority in exports_table()}


def test_a_form_of_the_other_side_is_refused_in_a_sentence(seeded: str, tmp_path: Path):
    asked = ["cnil", "--entity", "defense-balance", "--role", "processor"]
    done = run(seeded, "export", *asked, "-o", str(tmp_path / "x.xlsx"))
    assert done.exit_code == 1
    assert "other side of Art. 30: Controller" in str(done.exception)
    assert not (tmp_path / "x.xlsx").exists()


PACK = ("export", "pack", "--entity", "defense-balance")


def test_a_pack_is_logged_for_its_authority_and_made_again_by_its_number(
    seeded: str, tmp_path: Path
):
    file = tmp_path / "pack.zip"
    done = run(seeded, *PACK, "--authority", "cnil", "--case", "SAN-7", "-o", str(file))
    assert done.exit_code == 0, done.output
    with ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert (said["authority"]["code"], said["case"], said["language"]) == ("cnil", "SAN-7", "en")
    again = run(seeded, "verify", "--remake", "1")
    assert again.exit_code == 0, again.output
    assert "same bytes" in again.output
    letter = next(name for name in inside if name.startswith("LETTER"))
    (tmp_path / letter).write_bytes(inside[letter])
    checked = run(seeded, "verify", str(file), str(tmp_path / letter))
    assert checked.exit_code == 0, checked.output
    assert f"File in it: {letter}" in checked.output
    assert "For whom: Commission nationale" in checked.output
    assert run(seeded, "verify").exit_code == 0


def test_a_pack_without_an_authority_is_for_the_company_s_own(seeded: str, tmp_path: Path):
    file = tmp_path / "pack.zip"
    assert run(seeded, *PACK, "-o", str(file)).exit_code == 0
    with ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))
    assert (said["authority"]["code"], said["language"]) == ("aepd", "es")


def test_what_cannot_be_packed_or_made_again_is_told_in_a_sentence(seeded: str, tmp_path: Path):
    nobody = run(seeded, *PACK, "--authority", "other", "-o", str(tmp_path / "x.zip"))
    assert nobody.exit_code == 1
    assert "Say for whom the pack is" in str(nobody.exception)
    wrong = run(seeded, "export", "json", "--entity", "defense-balance", "--authority", "aepd")
    assert wrong.exit_code == 2
    assert "--authority is of a pack" in wrong.output
    none = run(seeded, "verify", "--remake", "7")
    assert none.exit_code == 1
    assert "no export 7" in str(none.exception)
    assert run(seeded, "verify", "--remake", "1", "--anchor", "1:a").exit_code == 2
