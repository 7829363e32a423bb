"""What may go along with a referral, and whether it is ready to be sent. Reads; never writes.

Numbers and addresses never go along. A text about somebody who is afgeschermd for one of those who read along (for
whom the referral is, and the parent with whom it was discussed) does not go along either.
"""

from django.db.models import Q

from accounts import clock
from accounts.rules import NotAllowed
from dossiers.models import Betrokkene, Notitie
from dossiers.names import and_list
from dossiers.rules import check_can_write
from dossiers.teksten import Tekst, teksten_of
from partners import verwijsregels as rules
from partners.models.doorverwijzing import Status


def offer(dossier):
    """The texts that may be ticked for a referral: [Tekst]."""
    plekken = [row.plek for row in dossier.verblijven.lopend() if row.plek]
    secrets = rules.numbers_and_places(dossier.mensen(), plekken)
    return [tekst for tekst in teksten_of(dossier) if not rules.reveals(tekst.tekst, secrets)]


def shields_of(dossier):
    """{sleutel: sleutels of those who may not learn where this person is}. One query."""
    links = Betrokkene.afgeschermd_voor.through.objects.filter(from_betrokkene__dossier=dossier)
    found = {}
    for who, from_whom in links.values_list("from_betrokkene__sleutel", "to_betrokkene__sleutel"):
        found.setdefault(str(who), set()).add(str(from_whom))
    return found


def check_texts(dossier, teksten, lezers):
    """May these texts (anything with `label` and `over`) go along, when these people read along?"""
    shields, keys = shields_of(dossier), [str(persoon.sleutel) for persoon in lezers]
    names = {str(persoon.sleutel): persoon.voornaam for persoon in dossier.mensen()}
    for tekst in teksten:
        hidden = rules.shielded_from(tekst.over, keys, shields)
        if hidden:
            from_whom = {key for sleutel in hidden for key in shields[sleutel]} & set(keys)
            raise NotAllowed(
                f"‘{tekst.label}’ kan niet mee: {and_list(names[key] for key in hidden)} is afgeschermd voor "
                f"{and_list(names[key] for key in names if key in from_whom)}, en die leest mee."
            )


def check_question(dossier, vraag, lezers):
    """The question holds no number or place of somebody who is afgeschermd for one of those who read along."""
    shields, keys = shields_of(dossier), [str(persoon.sleutel) for persoon in lezers]
    for persoon in dossier.mensen():
        if not rules.shielded_from([str(persoon.sleutel)], keys, shields):
            continue
        plekken = [row.plek for row in dossier.verblijven.lopend().filter(wie=persoon) if row.plek]
        if rules.reveals(vraag, rules.numbers_and_places([persoon], plekken)):
            raise NotAllowed(f"Hierin staat het nummer of het adres van {persoon.voornaam}, en dat is afgeschermd.")


def freeze(dossier, teksten, lezers):
    """Copies of the chosen texts, as the row keeps them; NotAllowed when one of them is not offered."""
    offered = {tekst.sleutel: tekst for tekst in offer(dossier)} if teksten else {}
    unknown = [tekst.label for tekst in teksten if tekst.sleutel not in offered]
    if unknown:
        raise NotAllowed(f"‘{unknown[0]}’ kan niet mee.")
    chosen = [offered[tekst.sleutel] for tekst in teksten]
    check_texts(dossier, chosen, lezers)
    return [
        {"sleutel": tekst.sleutel, "label": tekst.label, "tekst": tekst.tekst, "over": list(tekst.over)}
        for tekst in chosen
    ]


def copies_of(doorverwijzing):
    """The frozen copies as Tekst."""
    return [Tekst(**copy | {"over": tuple(copy["over"])}) for copy in doorverwijzing.meegegeven]


def check_answers(doorverwijzing, op):
    """The parent was asked and may say no only towards VK and OCJ; each young person answered. Reads `voor`,
    `antwoorden` and `soort`."""
    rules.check_parent_was_asked(doorverwijzing.akkoord)
    rules.check_agreement(doorverwijzing.soort.code, doorverwijzing.akkoord)
    rules.check_young_people(list(doorverwijzing.voor.all()), list(doorverwijzing.antwoorden.all()), op)


def check_can_go_along(doorverwijzing):
    """What was ticked may still leave the file: since then something may have been hidden, struck out or shielded."""
    dossier = doorverwijzing.dossier
    lezers = rules.readers(doorverwijzing.voor.all(), doorverwijzing.akkoord_van)
    check_question(dossier, doorverwijzing.vraag, lezers)
    if not doorverwijzing.meegegeven:
        return
    offered = {tekst.sleutel: tekst for tekst in offer(dossier)}
    copies = copies_of(doorverwijzing)
    for copy in copies:
        if copy.sleutel not in offered:
            raise NotAllowed(f"‘{copy.label}’ mag intussen niet meer mee. Haal het vinkje weg bij ‘Wat gaat er mee?’.")
    check_texts(dossier, [offered[copy.sleutel] for copy in copies], lezers)


def check_can_send(user, doorverwijzing, op=None):
    """May this referral be sent today?"""
    check_can_write(user, doorverwijzing)
    rules.check_move(doorverwijzing.status, Status.VERSTUURD)
    check_answers(doorverwijzing, op or clock.today())
    check_can_go_along(doorverwijzing)


def given_along(row, lezers):
    """The frozen texts, but for a note that was hidden or erased since, and what now tells of somebody who is
    afgeschermd for one of those who read along."""
    unread = Q(afscherming__isnull=False) | Q(gewist_op__isnull=False)
    notes = Notitie.objects.filter(unread, dossier=row.dossier)
    gone = {str(sleutel) for sleutel in notes.values_list("sleutel", flat=True)} if row.meegegeven else ()
    keys, shields = [str(persoon.sleutel) for persoon in lezers], shields_of(row.dossier)
    return [
        copy
        for copy in row.meegegeven
        if copy["sleutel"] not in gone and not rules.shielded_from(copy["over"], keys, shields)
    ]
