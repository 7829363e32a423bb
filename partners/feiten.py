"""What a dossier knows that tells who it is about, and the same said in general: for the sheet of a consult. Reads."""

import re
from datetime import date

from accounts import clock
from dossiers.ages import MONTHS, Geboorte, age_in_years
from dossiers.models import Betrokkenheid, Verblijfsoort
from dossiers.names import fold
from partners.anoniem import Feiten, Persoon
from partners.herkennen import phone_numbers, postcodes
from partners.models import Doorverwijzing, Gemeente
from partners.sporen import STREET_END, VOLWASSEN, band, house_kind
from partners.woorden import ALGEMEEN

OUDER_WOORDEN = (
    "stiefmoeder", "stiefvader", "plusmoeder", "plusvader", "pleegmoeder", "pleegvader", "moeder", "mama", "vader",
    "papa", "voogd",
)  # fmt: skip
NETWERK_WOORDEN = (
    "grootmoeder", "grootvader", "oma", "opa", "bomma", "bompa", "tante", "nonkel", "oom", "buurvrouw", "buurman",
    "vriendin", "vriend", "partner",
)  # fmt: skip
HULP_WOORDEN = (
    "huisarts", "zorgleerkracht", "leerkracht", "directeur", "directrice", "psycholoog", "psychologe", "therapeut",
    "arts", "juf", "meester", "trainer", "advocaat", "coach", "verpleegkundige",
)  # fmt: skip
PLAATSEN = {
    Verblijfsoort.PLEEGGEZIN: "het pleeggezin",
    Verblijfsoort.VOORZIENING: "de voorziening",
    Verblijfsoort.ZIEKENHUIS: "het ziekenhuis",
    Verblijfsoort.GEVANGENIS: "de gevangenis",
}
RANKS = ("oudste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")


# People, by relation and band


def say_child(kind, today):
    """`kind van 6 tot 12 jaar`, without an article."""
    if kind.geboorte == Geboorte.VERWACHT:
        return "ongeboren kind"
    if kind.geboortedatum is None:
        return "kind"
    years = band(age_in_years(kind.geboortedatum, today))
    if years == VOLWASSEN:
        return "volwassen kind"
    return f"{'jongere' if years.startswith('12') else 'kind'} van {years}"


def _say_children(kinderen, today):
    """{pk: how this child is called}: those of one band by age, the eldest first."""
    bands, said = {}, {}
    for kind in sorted(kinderen, key=lambda kind: (kind.geboortedatum or date.max, kind.pk)):
        bands.setdefault(say_child(kind, today), []).append(kind)
    for label, members in bands.items():
        article = "de" if label.startswith("jongere") else "het"
        for place, kind in enumerate(members):
            rank = "jongste " if place == len(members) - 1 else f"{RANKS[min(place, len(RANKS) - 1)]} "
            said[kind.pk] = f"{article} {rank if len(members) > 1 else ''}{label}"
    return said


def _word(words, text):
    folded = f" {fold(text)} "
    return next((word for word in words if f" {word} " in folded), "")


def say_adult(persoon):
    """`de moeder`, `de oma`, `de ouder die ik volg`, `een hulpverlener`."""
    about = f"{persoon.relatie} {persoon.voornaam}"
    if persoon.rol == Betrokkenheid.OUDER:
        word = _word(OUDER_WOORDEN, about)
        return f"de {word}" if word else "de ouder die ik volg" if persoon.is_justitiabele else "de andere ouder"
    if persoon.rol == Betrokkenheid.PROFESSIONAL:
        word = _word(HULP_WOORDEN, about)
        return f"de {word}" if word else house_kind(about) or "een hulpverlener"
    word = _word(NETWERK_WOORDEN, about)
    if word:
        return f"de {word}"
    return "een familielid" if " van " in f" {persoon.relatie} " else "iemand uit het netwerk"


def say_people(mensen, today):
    """{pk: how each of these people is called in general}."""
    said = _say_children([persoon for persoon in mensen if persoon.rol == Betrokkenheid.KIND], today)
    return {persoon.pk: said.get(persoon.pk) or say_adult(persoon) for persoon in mensen}


# Places and numbers

_NUMBER = re.compile(r"\b(?:nr\.?\s*)?\d+\s?[a-zA-Z]?\b|\bbus\b.*", re.IGNORECASE)


def places_in(text, gemeenten, fallback="de plek"):
    """[(name, what to say instead)] of the streets, towns and houses in an address as somebody typed it."""
    found = []
    for part in re.split(r"[,;\n]", text):
        name = " ".join(_NUMBER.sub(" ", part).split())
        words = [word for word in re.split(r"\s+", name) if fold(word) not in ALGEMEEN and len(fold(word)) > 2]
        named = [
            word for word in words if word[0].isupper() or fold(word) in gemeenten or STREET_END.search(fold(word))
        ]
        if not named:
            continue
        said = _say_place(name, gemeenten, fallback)
        found.append((name, said))
        found += [(word, _say_place(word, gemeenten, said)) for word in named if word != name]
    return found


def _say_place(name, gemeenten, fallback):
    if fold(name) in gemeenten:
        return "de gemeente"
    return house_kind(name) or ("de straat" if STREET_END.search(fold(name)) else fallback)


def _gemeenten():
    names = Gemeente.objects.values_list("naam", "naam_frans")
    return frozenset(fold(name) for pair in names for name in pair if name)


def facts_of(dossier):
    """The Feiten of a dossier: everybody ever involved, where they live, and every number of theirs."""
    mensen, today, gemeenten = dossier.mensen(), clock.today(), _gemeenten()
    said = say_people(mensen, today)
    personen = [Persoon(persoon.voornaam, said[persoon.pk], persoon.achternaam) for persoon in mensen]
    diensten = Doorverwijzing.objects.filter(dossier=dossier).exclude(partner_naam="")
    personen += [Persoon(naam, "een dienst") for naam in diensten.values_list("partner_naam", flat=True)]
    personen += [Persoon(persoon.ook_gevolgd_door, "een collega") for persoon in mensen if persoon.ook_gevolgd_door]
    texts = [(persoon.adres, "de plek") for persoon in mensen]
    texts += [(row.plek, PLAATSEN.get(row.soort, "de plek")) for row in dossier.verblijven.all()]
    texts += [(row.opdrachtgever, "de opdrachtgever") for row in dossier.opdrachten.all()]
    plaatsen = [place for text, fallback in texts for place in places_in(text or "", gemeenten, fallback)]
    nummers = postcodes(*(text for text, _ in texts)) | phone_numbers(*(persoon.telefoon for persoon in mensen))
    nummers |= {dossier.kenmerk, dossier.sipar_nummer} - {""}
    return Feiten(
        vandaag=today,
        personen=tuple(personen),
        plaatsen=tuple(dict.fromkeys(plaatsen)),
        nummers=tuple(sorted(nummers)),
        gemeenten=gemeenten,
    )


# The same, said in general


def general_lines(dossier):
    """What may stand on a sheet without anybody being recognised: [str], one fact each."""
    said = say_people(dossier.mensen(), clock.today())
    people = [persoon for persoon in dossier.mensen() if persoon.gestopt_op is None]
    lines = [said[persoon.pk] for persoon in people if persoon.rol != Betrokkenheid.PROFESSIONAL]
    lines += [f"betrokken: {said[persoon.pk]}" for persoon in people if persoon.rol == Betrokkenheid.PROFESSIONAL]
    for row in dossier.verblijven.lopend():
        if row.soort not in (Verblijfsoort.ANDERE, Verblijfsoort.THUIS) and row.wie_id in said:
            lines.append(f"{said[row.wie_id]} verblijft: {row.get_soort_display()}")
    for verbod in dossier.lopende_verboden():
        since = f" sinds {MONTHS[verbod.van.month - 1]} {verbod.van.year}" if verbod.van else ""
        lines.append(f"er is een {verbod.get_soort_display()} voor {said[verbod.wie_id]}{since}")
    return list(dict.fromkeys(line[:1].upper() + line[1:] for line in lines))
