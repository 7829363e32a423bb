"""The letter to the partner: what a referral says, in the u-form, as a tagged PDF."""

from accounts import clock
from dossiers.ages import Geboorte
from dossiers.papier import render_pdf
from partners import verwijsregels as rules
from partners.models.doorverwijzing import Status
from partners.versturen import given_along


def brief_as_data(doorverwijzing, op=None):
    """What stands in the letter: values only, and no phone number and no address of the family. `op`: the day it is
    printed (today). Reads `voor`, `antwoorden`, `stappen` and `soort`."""
    op = op or clock.today()
    dossier, voor = doorverwijzing.dossier, list(doorverwijzing.voor.all())
    sent = [step.datum for step in doorverwijzing.stappen.all() if step.naar == Status.VERSTUURD != step.van]
    day = sent[0] if sent else op
    newest = rules.newest_answers(doorverwijzing.antwoorden.all())
    return {
        "kenmerk": dossier.kenmerk,
        "ontwerp": not sent,
        "datum": day,
        "huis": dossier.team.huis.naam,
        "team": dossier.team.naam,
        "afzender": str(dossier.eigenaar),
        "email": dossier.eigenaar.email,
        "soort": doorverwijzing.soort.naam,
        "partner": doorverwijzing.partner_naam,
        "adres": _office(doorverwijzing.partner),
        "mensen": [_person(persoon, day) for persoon in voor],
        "hoe": doorverwijzing.hoe,
        "vraag": doorverwijzing.vraag,
        "akkoord": doorverwijzing.akkoord,
        "akkoord_van": _parent(doorverwijzing.akkoord_van),
        "akkoord_op": doorverwijzing.akkoord_op,
        "akkoord_reden": doorverwijzing.akkoord_reden,
        "jongeren": [
            {"naam": persoon.voornaam, "antwoord": newest[persoon.pk].antwoord, "datum": newest[persoon.pk].datum}
            for persoon in voor
            if persoon.pk in newest and rules.must_answer(persoon, day)
        ],
        "teksten": given_along(doorverwijzing, rules.readers(voor, doorverwijzing.akkoord_van)),
    }


def _parent(persoon):
    """`Kim (moeder)`, "" for nobody."""
    return f"{persoon} ({persoon.relatie})" if persoon and persoon.relatie else str(persoon or "")


def _office(partner):
    """The lines of an office's own address."""
    if partner is None:
        return []
    return [line for line in (partner.straat, str(partner.plaats or "")) if line]


def _person(persoon, op):
    born = persoon.geboortedatum
    words = {Geboorte.EXACT: "geboren op", Geboorte.ONGEVEER: "geboren rond", Geboorte.VERWACHT: "verwacht rond"}
    return {
        "naam": str(persoon),
        "geboren": f"{words[Geboorte(persoon.geboorte)]} {born:%d/%m/%Y}" if born else "",
        "taal": persoon.taal,
        "tolk": persoon.tolk,
    }


def render_brief_pdf(data):
    """The letter as bytes; PaperUnavailable when this machine cannot make a PDF."""
    return render_pdf("partners/brief.html", {"brief": data}, css="partners/brief.css")
