"""The record as linked data: RDF that parses, words that exist, and the facts of the record."""

import json
from typing import Any

import pytest
from msgspec.structs import replace
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from ropa.exports import EXPORTS, dpv
from ropa.exports.linked.words import word_of
from ropa.records import (
    ActivityData,
    DataCategory,
    Measure,
    Purpose,
    RetentionRule,
    TransferSafeguard,
)
from ropa.register import Register
from ropa.vocabulary import (
    ArgentineBasis,
    BrazilianBasis,
    Instrument,
    Jurisdiction,
    LawfulBasis,
    Role,
    SpecialCondition,
)
from tests.builders_exports import (
    AS_OF,
    HEAD,
    NOTE,
    a_register,
    a_registration,
    a_request,
    an_activity,
    said,
)
from tests.clean_house import clean_house

# rdflib warns of its own parser.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

DPV = Namespace("https://w3id.org/dpv#")
DCT = Namespace("http://purl.org/dc/terms/")
OURS = "urn:ropa:"


def made(*more, **asked) -> bytes:
    return EXPORTS["jsonld"].make(a_request(*more, **asked))


def graph(*more, **asked) -> Graph:
    return Graph().parse(data=made(*more, **asked).decode(), format="json-ld")


def words_in(found: Graph) -> set[str]:
    return {str(one) for triple in found for one in triple if isinstance(one, URIRef)}


def test_a_length_of_time_is_one_as_xml_schema_has_them_or_plain_words():
    lengths = {"2 weeks": "P14D", "P1Y6M": "P1Y6M", "=soon": "=soon"}
    for length, told in lengths.items():
        rule = RetentionRule(id="r", active_period=length)
        activity = an_activity("C-78", data=(ActivityData(id="d", retention=(rule,)),))
        at = URIRef(f"{OURS}record:activity:activity-C-78:r")
        (found,) = graph(activity).objects(at, URIRef(f"{OURS}ns#activePeriod"))
        assert isinstance(found, Literal)
        assert str(found) == told
        assert not found.ill_typed


def strange(found: Graph) -> set[str]:
    """Return every IRI of the vocabularies that is not in the list."""
    ours = tuple(dpv.NAMESPACES.values())
    known = {f"{dpv.NAMESPACES[p]}{n}" for p, _c, n in (one.partition(":") for one in dpv.TERMS)}
    return {one for one in words_in(found) if one.startswith(ours)} - known


def a_rich_activity():
    grounds = [
        *(Purpose(id=f"p-{one}", basis=one) for one in LawfulBasis),
        *(Purpose(id=f"s-{one}", special_condition=one) for one in SpecialCondition),
        *(Purpose(id=f"a-{one}", ar_basis=one) for one in ArgentineBasis),
        *(Purpose(id=f"b-{one}", br_basis=one) for one in BrazilianBasis),
    ]
    return an_activity(
        "C-77",
        purposes=tuple(grounds),
        jurisdictions=tuple(Jurisdiction),
        profiling=True,
        large_scale=True,
        from_third_parties=True,
    )


def a_rich_register() -> Register:
    plain = a_register(a_registration(), a_rich_activity())
    transfers = [
        replace(
            one,
            safeguards=tuple(
                TransferSafeguard(id=f"g-{tool}", instrument=tool) for tool in Instrument
            ),
        )
        for one in plain.transfers
    ]
    records = {**plain.records, **{one.id: one for one in transfers}}
    return Register(records=records, head=HEAD, known_at=AS_OF)


@pytest.mark.parametrize("role", [None, Role.CONTROLLER, Role.PROCESSOR])
@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_every_word_of_the_vocabulary_exists(role, language):
    found = graph(register=a_rich_register(), role=role, language=language)
    assert len(found) > 50
    assert strange(found) == set()


def test_the_clean_house_is_said_in_words_that_exist():
    register = clean_house().register()
    for company in register.entities:
        found = graph(register=register, entity=company.id)
        assert len(found) > 50
        assert strange(found) == set()


def test_the_list_is_well_formed():
    assert len(dpv.TERMS) == 513
    assert {one.partition(":")[0] for one in dpv.TERMS} == set(dpv.NAMESPACES)
    assert dpv.term_of("https://w3id.org/dpv/pd#Name") == "pd:Name"
    assert dpv.term_of("pd:Name") == "pd:Name"
    for other in ("", "https://w3id.org/dpv#Invented", "https://example.org/x", "pd:Invented"):
        assert dpv.term_of(other) == ""


def test_consent_is_not_the_same_in_two_laws():
    assert word_of(LawfulBasis.CONSENT) == "eu-gdpr:A6-1-a"
    assert word_of(ArgentineBasis.CONSENT) == ""
    assert word_of(BrazilianBasis.CONSENT) == ""
    assert word_of(Instrument.A49_1_B) == "eu-gdpr:A49-1-b"
    assert word_of(Instrument.A49_1_2) == "eu-gdpr:A49-2"


def test_every_word_of_ours_is_typed_with_one_of_theirs():
    found = graph(register=a_rich_register())
    ours = {one for one in words_in(found) if one.startswith(OURS)}
    predicates = {str(one) for one in found.predicates()}
    untyped = [one for one in ours - predicates if not list(found.objects(URIRef(one), RDF.type))]
    assert untyped == []
    assert not [one for one in found.subjects() if isinstance(one, BNode)]


def test_an_activity_says_what_the_record_says():
    found = graph()
    (payroll,) = found.subjects(DCT.identifier, Literal("C-01"))
    assert (payroll, RDF.type, DPV.PersonalDataProcess) in found
    (controller,) = found.objects(payroll, DPV.hasDataController)
    assert (controller, RDF.type, DPV.LegalEntity) in found
    assert (controller, RDF.type, DPV.DataController) in found
    assert list(found.objects(payroll, DPV.hasPurpose))
    assert list(found.objects(payroll, DPV.hasStorageCondition))
    assert list(found.objects(payroll, DPV.hasRecipient))
    measures = list(found.objects(payroll, DPV.hasTechnicalOrganisationalMeasure))
    assert len(measures) == 1
    transfers = list(found.objects(payroll, DPV.hasProcess))
    assert any((one, RDF.type, DPV.CrossBorderTransfer) in found for one in transfers)


def test_a_category_is_typed_with_the_word_it_names_if_that_exists():
    for iri, word in (("https://w3id.org/dpv/pd#Name", "pd#Name"), ("https://x.test/y", "#Pers")):
        plain = a_register()
        bank = replace(plain.records["bank"], dpv_iri=iri)
        assert isinstance(bank, DataCategory | Measure)
        found = graph(register=Register(records={**plain.records, "bank": bank}, head=HEAD))
        kinds = found.objects(URIRef("urn:ropa:record:data_category:bank"), RDF.type)
        assert any(word in str(one) for one in kinds)
        assert "https://x.test/y" not in words_in(found)


def test_it_says_whose_and_of_which_register_and_one_catalogue_for_each_side():
    document: dict[str, Any] = json.loads(made())
    heads = [one for one in document["@graph"] if "dpcat:ROPA" in one.get("@type", ())]
    assert [one["@id"].rpartition(":")[2] for one in heads] == ["controller", "processor"]
    assert {one["ropa:head"] for one in heads} == {str(HEAD)}
    only = json.loads(made(role=Role.PROCESSOR))["@graph"]
    assert sum("dpcat:ROPA" in one.get("@type", ()) for one in only) == 1


def test_nothing_internal_leaves_and_the_same_request_makes_the_same_bytes():
    assert made() == made()
    plain = a_register()
    turned = Register(
        records=dict(reversed(list(plain.records.items()))), head=HEAD, known_at=AS_OF
    )
    assert made() == made(register=turned)
    for secret in (NOTE, "argentine-feature", "notices@cliente.example"):
        assert secret.encode() not in made()


def test_odd_ids_and_half_characters_are_carried():
    odd = an_activity("C-9", id="a b/ü\ud800", name=said(en="half \ud800"))
    found = graph(odd)
    assert list(found.subjects(DCT.identifier, Literal("C-9")))
