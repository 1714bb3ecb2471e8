"""``ropa export`` writes the file, keeps its bytes, and logs for whom it was made."""

import json
from pathlib import Path
from zipfile import ZipFile

from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from ropa.cli import ropa
from ropa.exports import exports_table
from ropa.history import remember
from ropa.i18n import LANGUAGES
from ropa.models.engine import guard_engine, writing
from ropa.records import Customer, CustomerAgreement, LegalEntity, Ref
from ropa.register import read_register
from ropa.vocabulary import Workflow
from tests.builders import keep


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


def serve(url: str, *names: str) -> None:
    """Let customers of these names have an agreement with the seed's first company; approved."""
    engine = create_engine(url)
    guard_engine(engine)
    with writing(), Session(engine) as session:
        remember(session)
        company = next(
            one for one in read_register(session).all(LegalEntity) if one.slug == "defense-balance"
        )
        for number, name in enumerate(names, 1):
            agreement = CustomerAgreement(id=f"agreement-{number}", entity=Ref(company.id))
            customer = Customer(
                id=f"customer-{number}",
                legal_name=name,
                agreements=(agreement,),
                workflow=Workflow.APPROVED,
            )
            keep(session, customer)
    engine.dispose()


def test_a_customer_is_asked_for_by_name_or_by_id(seeded: str, tmp_path: Path):
    serve(seeded, "Client GmbH", "Twin Ltd", "Twin Ltd")
    asked = ["export", "customer", "--entity", "defense-balance", "-o", str(tmp_path / "x.zip")]
    for said in ("client gmbh", "customer-1"):
        done = run(seeded, *asked, "--customer", said)
        assert done.exit_code == 0, done.output
        assert (tmp_path / "x.zip").read_bytes().startswith(b"PK")
    engine = create_engine(seeded)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT customer_id, recipient, side FROM export_log")).all()
    engine.dispose()
    assert {tuple(one) for one in rows} == {("customer-1", "Client GmbH", "processor")}
    several = run(seeded, *asked, "--customer", "Twin Ltd")
    assert "Several customers are called “Twin Ltd”" in str(several.exception)
    assert "customer-2, customer-3" in str(several.exception)


def test_what_cannot_be_given_to_a_customer_is_told_by_command_too(seeded: str, tmp_path: Path):
    serve(seeded, "Client GmbH")
    asked = ["export", "--entity", "defense-balance", "-o", str(tmp_path / "x.zip")]
    for more, words in (
        (["customer"], "--customer"),
        (["article30", "--customer", "Client GmbH"], "--customer"),
        (["customer", "--customer", "Nobody"], "No customer called “Nobody”"),
        (["customer", "--customer", ""], "No customer called “”"),
        (["customer", "--customer", "Client GmbH", "--role", "controller"], "as processor"),
    ):
        done = run(seeded, *asked, *more)
        assert done.exit_code != 0
        assert words in f"{done.output} {done.exception}", more
    other = ["export", "customer", "--customer", "Client GmbH", "-o", str(tmp_path / "x.zip")]
    done = run(seeded, *other, "--entity", "defense-balance-argentina")
    assert done.exit_code != 0
    assert not (tmp_path / "x.zip").exists()


def test_the_command_counts_changes_from_the_last_delivery(seeded: str, tmp_path: Path):
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    asked = ["export", "article30", "--entity", "defense-balance"]
    assert run(seeded, *asked, "--for", "AEPD", "-o", str(first)).exit_code == 0
    done = run(seeded, *asked, "-o", str(second))
    assert done.exit_code == 0, done.output
    for file in (first, second):  # nothing was written since: the same head is no earlier delivery
        lines = {row[0]: row[1] for row in load_workbook(file)["Cover"].values}
        assert lines["The change log counts from"].startswith("No record like this one")


def test_the_copy_for_inside_the_house_is_refused_for_somebody(seeded: str, tmp_path: Path):
    file = tmp_path / "x.xlsx"
    asked = ["export", "article30_internal", "--entity", "defense-balance", "-o", str(file)]
    done = run(seeded, *asked, "--for", "AEPD")
    assert done.exit_code == 1
    assert "This copy stays in the house" in str(done.exception)
    assert not file.exists()
    assert run(seeded, *asked).exit_code == 0
    assert load_workbook(file).sheetnames[-1] == "INTERNAL Findings"


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
