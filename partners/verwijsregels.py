"""The rules of a referral, pure: which step follows which, whose agreement it needs, and when one looks again."""

from datetime import timedelta

from accounts.rules import NotAllowed
from dossiers.ages import Geboorte, age_in_years
from dossiers.names import and_list, fold
from partners.models.doorverwijzing import ENDED, WATCHED, Akkoord, Jongere, Status
from partners.models.soort import Soortcode

TRANSITIONS = {
    Status.VOORBEREID: {Status.VERSTUURD, Status.INGETROKKEN},
    Status.VERSTUURD: {
        Status.WACHTLIJST, Status.AANVAARD, Status.GEWEIGERD, Status.INGETROKKEN, Status.VERLOPEN,
    },
    Status.WACHTLIJST: {Status.AANVAARD, Status.GEWEIGERD, Status.INGETROKKEN, Status.VERLOPEN},
    Status.AANVAARD: {Status.LOOPT, Status.INGETROKKEN, Status.VERLOPEN},
    Status.LOOPT: {Status.AFGEROND, Status.INGETROKKEN},
    Status.AL_BETROKKEN: {Status.AFGEROND},
    Status.AFGEROND: set(),
    Status.GEWEIGERD: set(),
    Status.INGETROKKEN: set(),
    Status.VERLOPEN: set(),
}  # fmt: skip
WITH_REASON = (Status.GEWEIGERD, Status.INGETROKKEN, Status.VERLOPEN)
THERE = (Status.AANVAARD, Status.LOOPT, Status.AL_BETROKKEN)  # help that counts for a child
ASKED = (Status.VERSTUURD, Status.WACHTLIJST)
BY_PARTNER = (Status.WACHTLIJST, Status.AANVAARD, Status.LOOPT, Status.GEWEIGERD, Status.AFGEROND)

# Voluntary help needs the parent's agreement (decree of 7 May 2004); the mandated facilities are for who refuses it.
WITHOUT_AGREEMENT = (Soortcode.VK, Soortcode.OCJ)
OWN_ANSWER_FROM = 12  # years: from then on a minor is presumed capable (decree of 7 May 2004, articles 4 and 8)


def check_move(van, naar):
    """May a referral go from the status `van` to `naar`?"""
    if naar not in TRANSITIONS[Status(van)]:
        if van in ENDED:
            raise NotAllowed(f"Deze doorverwijzing is al {Status(van).label}. Daarna volgt geen stap meer.")
        raise NotAllowed(
            f"Deze doorverwijzing staat op ‘{Status(van).label}’. Van daar kan ze niet naar ‘{Status(naar).label}’."
        )


def check_reason(naar, reden):
    if naar in WITH_REASON and not reden.strip():
        raise NotAllowed(f"Noteer waarom deze doorverwijzing {Status(naar).label} is.")


def check_day(datum, vorige):
    """A step does not come before the one before it (None: there was none)."""
    if vorige and datum < vorige:
        raise NotAllowed(f"Deze dag ligt voor de vorige stap, van {vorige:%d/%m/%Y}.")


def check_agreement(soort, akkoord):
    """Without the parent's agreement one refers to VK and OCJ only. `soort`: the code; "" is not asked yet."""
    if akkoord in (Akkoord.GEINFORMEERD, Akkoord.NEE) and soort not in WITHOUT_AGREEMENT:
        raise NotAllowed("Zonder akkoord van de ouder kan je alleen doorverwijzen naar het VK of het OCJ.")


def check_parent_was_asked(akkoord):
    if not akkoord:
        raise NotAllowed("Noteer eerst wat de ouder van deze doorverwijzing vindt, of waarom de ouder het niet weet.")


def must_answer(persoon, op):
    """Is this person's own answer needed on the date `op`? Someone whose age nobody knows is asked, or said to be
    younger. Unborn children and adults are not asked."""
    if persoon.rol != "kind" or persoon.geboorte == Geboorte.VERWACHT:
        return False
    return persoon.geboortedatum is None or age_in_years(persoon.geboortedatum, op) >= OWN_ANSWER_FROM


def check_own_answer(jongere, antwoord, op):
    """May this be noted as the answer of `jongere`? ‘Is nog geen 12’ only where nobody knows the age."""
    if antwoord == Jongere.JONGER and jongere.geboortedatum and must_answer(jongere, op):
        raise NotAllowed(f"Volgens de geboortedatum is {jongere.voornaam} al 12 jaar of ouder.")


def newest_answers(antwoorden):
    """{person id: the newest answer that was not struck out}, `antwoorden` in the order in which they came."""
    return {row.jongere_id: row for row in antwoorden if row.gestopt_op is None}


def check_young_people(voor, antwoorden, op):
    """Each young person among `voor` has answered; after a refusal there is a reason to go on."""
    newest = newest_answers(antwoorden)
    asked = [persoon for persoon in voor if must_answer(persoon, op)]
    silent = [persoon.voornaam for persoon in asked if persoon.pk not in newest]
    if silent:
        raise NotAllowed(f"Vraag het eerst aan {and_list(silent)}: vanaf 12 jaar telt het eigen antwoord.")
    for persoon in asked:
        answer = newest[persoon.pk]
        check_own_answer(persoon, answer.antwoord, op)
        if answer.antwoord == Jongere.NEE and not answer.toch_reden.strip():
            raise NotAllowed(f"{persoon.voornaam} zei nee. Noteer bij dat antwoord waarom je toch doorverwijst.")


# What may go along


def readers(voor, akkoord_van):
    """Who of the family reads along with the partner: for whom it is, and the parent with whom it was discussed."""
    return [*voor, *([akkoord_van] if akkoord_van else [])]


def shielded_from(over, wie, shields):
    """Those of `over` who are afgeschermd for somebody of `wie`; `shields`: {sleutel: {sleutels}}."""
    return [sleutel for sleutel in over if shields.get(sleutel, set()) & set(wie)]


def numbers_and_places(people, plekken=()):
    """What never goes along, folded: the phone numbers and addresses of `people`, and `plekken` where they stay."""
    found = set()
    for persoon in people:
        found |= {fold(piece) for piece in (persoon.adres, *persoon.adres.split(","))}
        found.add("".join(sign for sign in persoon.telefoon if sign.isdigit()))
    found |= {fold(plek) for plek in plekken}
    return {text for text in found if len(text) >= 6}


def reveals(tekst, secrets):
    """Does `tekst` hold one of these numbers or places, however it is written?"""
    folded, digits = f" {fold(tekst)} ", "".join(sign for sign in tekst if sign.isdigit())
    return any(secret in digits if secret.isdigit() else f" {secret} " in folded for secret in secrets)


# When one looks again


def days_to_answer(dagen_over, *, dagen, deel):
    """After how many days one looks whether an answer came: `dagen`, or sooner where `deel` percent of the days that
    the mandate has left (None: no end) is less; at least one."""
    if dagen_over is None:
        return dagen
    return max(1, min(dagen, dagen_over * deel // 100))


def next_check(op, dagen_over, *, dagen, deel):
    return op + timedelta(days=days_to_answer(dagen_over, dagen=dagen, deel=deel))


def reminder(naar, status, status_op, volgende_controle, op):
    """(sentence, is it late) about one referral on the date `op`; None when there is nothing to look at."""
    if status == Status.VOORBEREID:
        return f"De doorverwijzing naar {naar} is voorbereid, nog niet verstuurd", False
    if status not in WATCHED or not volgende_controle or volgende_controle > op:
        return None
    days = (op - status_op).days
    if status == Status.VERSTUURD:
        since = "vandaag" if days == 0 else "één dag" if days == 1 else f"{days} dagen"
        return f"Nog geen antwoord op de doorverwijzing naar {naar}, al {since}", True
    return f"Hoe staat het met de doorverwijzing naar {naar}? Ze staat op ‘{Status(status).label}’", True


def check_no_ban_between(dossier, people):
    """One referral names nobody together with whom a ban keeps that person away from. Reads the bans."""
    chosen = {persoon.pk for persoon in people}
    for ban in dossier.lopende_verboden():
        kept_away = [persoon.voornaam for persoon in ban.personen if persoon.pk in chosen]
        if ban.wie_id in chosen and kept_away:
            raise NotAllowed(
                f"Voor {ban.wie.voornaam} geldt een {ban.get_soort_display()} tegenover {and_list(kept_away)}. "
                "Maak voor elk een aparte doorverwijzing."
            )
