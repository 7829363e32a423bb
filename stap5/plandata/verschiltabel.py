"""Which facts of a plan are compared: the table of `verschil`."""

from collections.abc import Callable
from dataclasses import dataclass

from stap5.models import in_words, shorten
from stap5.plandata import verschilwoorden as zeg

KORT = 90  # characters of a title


def _bare(value):
    """A value without what only names it: people and rows by their sleutel."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if isinstance(value, dict):
        if "sleutel" in value and "naam" in value:
            return value["sleutel"]
        labels = {f"{name}_label" for name in value}
        return {name: _bare(inner) for name, inner in value.items() if name not in labels}
    return value


@dataclass(frozen=True, kw_only=True)
class Veld:
    """One fact. `toon` reads it as text; `mee`: keys that belong to it."""

    naam: str
    label: str
    toon: Callable = zeg.tekst
    mee: tuple = ()

    @property
    def namen(self):
        return (self.naam, *self.mee)

    def tekst(self, row, data):
        return self.toon(row[self.naam], row, data)

    def verschil(self, old, row, was, nu):
        """(label, was, is), or None where they are the same."""
        if [_bare(old[naam]) for naam in self.namen] == [_bare(row[naam]) for naam in self.namen]:
            return None
        before, after = self.tekst(old, was), self.tekst(row, nu)
        return (self.label, before, after) if before != after else None


@dataclass(frozen=True, kw_only=True)
class Verborgen(Veld):
    """A fact of which only is told that it changed."""

    def tekst(self, row, data):
        return ""

    def verschil(self, old, row, was, nu):
        return (self.label, "", "gewijzigd") if old[self.naam] != row[self.naam] else None


@dataclass(frozen=True, kw_only=True)
class Regels(Veld):
    """A fact that is a list: each of `lees(row)` reads as a line, and only what came or went is told."""

    lees: Callable = None

    def _lines(self, row):
        return self.lees(row) if self.lees else row[self.naam]

    def tekst(self, row, data):
        return "\n".join(self.toon(line, row, data) for line in self._lines(row))

    def verschil(self, old, row, was, nu):
        before, after = self._lines(old), self._lines(row)
        gone = "\n".join(self.toon(line, old, was) for line in _only_in(before, after))
        came = "\n".join(self.toon(line, row, nu) for line in _only_in(after, before))
        return (self.label, gone, came) if gone != came else None


def _only_in(rows, others):
    known = [_bare(other) for other in others]
    return [row for row in rows if _bare(row) not in known]


# The lists


@dataclass(frozen=True, kw_only=True)
class Lijst:
    """The rows of one kind. `naam`: their key in the data; `wat`: what one of them is called; `titel`: which one it is;
    `einde`: how it ended; `per_persoon`: the key of whom a row stands for, where it has no sleutel of its own."""

    naam: str
    wat: str
    titel: Callable
    velden: tuple
    einde: Callable = zeg.gestopt
    per_persoon: str = ""
    rijen: Callable = None

    def __post_init__(self):
        if self.rijen is None:
            object.__setattr__(self, "rijen", lambda data: data[self.naam])


def _plan(data):
    return [data["plan"] | {"grenzen": data["grenzen"]}]


def _personen(data):
    """With whose parent they are, and the rules of contact as they were then."""
    links = data["ouderschap"]
    return [
        persoon
        | {"ouder_van": [link for link in links if link["ouder"]["sleutel"] == persoon["sleutel"]]}
        | persoon.get("toen", {})
        for persoon in data["personen"]
    ]


def _agreement(row, data):
    return shorten(in_words(row["als"], row["wat"]), KORT)


def _whose(naam):
    return lambda row, data: row[naam]["naam"] if row[naam] else "de justitieassistent"


def _stay(row, data):
    return f"{row['wie']['naam']}: {row['soort_label']}{' bij ' + row['bij']['naam'] if row['bij'] else ''}"


LEZERS = Veld(naam="lezers", label="wie van het gezin mag dit op papier lezen", toon=zeg.lezers)
ZORGEN = Veld(naam="zorgen", label="bij welke zorg", toon=zeg.rijen("zorgen"))
KINDEREN = Veld(naam="kinderen", label="over welke kinderen", toon=zeg.mensen)
STANDPUNTEN = Regels(naam="standpunten", label="hoe mensen het zien", toon=zeg.standpunt, lees=zeg.all_views)
LIJSTEN = (
    Lijst(
        naam="plan",
        wat="Instap en opvolging",
        titel=lambda row, data: "het plan",
        rijen=_plan,
        einde=zeg.plan_einde,
        velden=(
            Veld(naam="onveilig", label="is het thuis onveilig", toon=zeg.label("onveilig")),
            Veld(naam="besluit_op", label="besloten op", toon=zeg.datum),
            Veld(naam="besluit_met", label="besloten met"),
            Veld(naam="besluit_uitleg", label="waarop steunt dat"),
            Veld(naam="route", label="welke weg", toon=zeg.label("route")),
            Veld(naam="route_reden", label="waarom deze weg"),
            Veld(naam="gespreksritme", label="gesprek over ouderschap", toon=zeg.weken),
            Veld(naam="pauze", label="pauze", toon=zeg.pauze),
            Regels(naam="grenzen", label="grenzencheck", toon=zeg.grens),
        ),
    ),
    Lijst(
        naam="bereidheid",
        wat="Bereidheid",
        titel=_whose("ouder"),
        per_persoon="ouder",
        einde=zeg.never,
        velden=(
            Veld(naam="antwoord", label="wil meewerken", toon=zeg.label("antwoord")),
            Veld(naam="woorden", label="eigen woorden"),
            Veld(naam="datum", label="gevraagd op", toon=zeg.datum),
        ),
    ),
    Lijst(
        naam="zorgen",
        wat="Zorg",
        titel=lambda row, data: shorten(row["wat"], KORT),
        velden=(
            Veld(naam="wat", label="wat werd er gezien of gehoord"),
            KINDEREN,
            Veld(naam="kind_onduidelijk", label="nog niet duidelijk welk kind", toon=zeg.ja),
            Veld(naam="wanneer", label="wanneer"),
            Veld(naam="hoe_vaak", label="hoe vaak"),
            Veld(naam="waar", label="waar"),
            Veld(naam="bron", label="van wie we het weten", toon=zeg.bron, mee=("bron_persoon", "bron_naam")),
            Veld(naam="effect", label="wat dit met het kind doet"),
            Veld(naam="door", label="door wie het gebeurt, of niet gebeurt", toon=zeg.mensen),
            Regels(naam="vaststellingen", label="hoe het ermee staat", toon=zeg.vaststelling),
            STANDPUNTEN,
            LEZERS,
        ),
    ),
    Lijst(
        naam="uitzonderingen",
        wat="Uitzondering",
        titel=lambda row, data: shorten(row["moment"], KORT),
        velden=(
            Veld(naam="moment", label="wanneer lukte het wel"),
            Veld(naam="wat_anders", label="wat was er anders"),
            Veld(naam="wie_deed_wat", label="wie deed wat"),
            Veld(naam="wat_hielp", label="wat hielp"),
            Veld(naam="wat_merkte_kind", label="wat merkte het kind"),
            Veld(naam="vaker", label="wat helpt om dit vaker te doen"),
            Veld(naam="verteld_door", label="verteld door", toon=zeg.wie),
            Regels(naam="herhalingen", label="lukte opnieuw", toon=zeg.herhaling),
            KINDEREN,
            ZORGEN,
            LEZERS,
        ),
    ),
    Lijst(
        naam="wensen",
        wat="Wens",
        titel=lambda row, data: shorten(f"{row['wie']['naam']}: “{row['woorden']}”", KORT),
        velden=(
            Veld(naam="wie", label="wie", toon=zeg.wie),
            Veld(naam="woorden", label="eigen woorden"),
            Veld(naam="nodig", label="wat is daarvoor nodig"),
            Veld(naam="wie_helpt", label="wie kan helpen"),
            Veld(naam="datum", label="gezegd op", toon=zeg.datum),
            Veld(naam="ouder_mag_weten", label="mag de ouder dit weten", toon=zeg.mag_weten),
            ZORGEN,
            LEZERS,
        ),
    ),
    Lijst(
        naam="netwerk",
        wat="Netwerk",
        titel=lambda row, data: row["persoon"]["naam"] + (f" ({row['relatie']})" if row["relatie"] else ""),
        velden=(
            Veld(naam="akkoord_op", label="ouder akkoord met contact op", toon=zeg.datum),
            Veld(naam="akkoord_van", label="akkoord van"),
            Veld(naam="weet_van_opdracht", label="weet van de opdracht", toon=zeg.ja_nee),
            Veld(naam="weet_van_zorg", label="weet van de zorgen", toon=zeg.ja_nee),
            Veld(naam="springt_bij", label="springt bij als de verzorger", toon=zeg.woorden),
            Veld(naam="springt_bij_voor", label="springt bij voor", toon=zeg.mensen),
            Veld(naam="opmerking", label="afspraken en beperkingen"),
            Regels(naam="veiligheidsmensen", label="veiligheidsmens", toon=zeg.veiligheidsmens),
            LEZERS,
        ),
    ),
    Lijst(
        naam="afspraken",
        wat="Afspraak",
        titel=_agreement,
        einde=zeg.afspraak_einde,
        velden=(
            Veld(naam="als", label="als"),
            Veld(naam="wat", label="wat spreken we af"),
            Veld(naam="soort", label="soort", toon=zeg.label("soort")),
            Veld(naam="wie", label="wie doet het", toon=zeg.mensen),
            Veld(naam="wie_anders", label="iemand anders doet het"),
            Veld(naam="vervanging", label="wie vervangt", toon=zeg.mensen),
            Veld(naam="van", label="vanaf", toon=zeg.datum),
            Veld(naam="tot", label="tot en met", toon=zeg.datum),
            Veld(naam="volgende_controle", label="volgende controle", toon=zeg.datum),
            Veld(naam="hoe_zichtbaar", label="hoe zien we dat het werkt"),
            Veld(naam="controle_door", label="wie controleert", toon=zeg.wie),
            Veld(naam="controle_anders", label="iemand anders controleert"),
            Veld(naam="uit_uitzondering", label="komt uit", toon=zeg.rij("uitzonderingen")),
            Regels(naam="controles", label="hoe het ging", toon=zeg.controle),
            STANDPUNTEN,
            KINDEREN,
            ZORGEN,
            LEZERS,
        ),
    ),
    Lijst(
        naam="hulp",
        wat="Hulp",
        titel=lambda row, data: ", ".join(part for part in (row["soort_label"], row["naam"]) if part),
        einde=zeg.hulp_einde,
        velden=(
            Veld(naam="soort", label="welk soort hulp", toon=zeg.label("soort")),
            Veld(naam="naam", label="dienst of persoon"),
            Veld(naam="voor", label="voor wie", toon=zeg.mensen),
            Veld(naam="waarvoor", label="waarvoor"),
            Veld(naam="status", label="hoe ver staat het", toon=zeg.label("stand")),
            Veld(naam="sinds", label="sinds", toon=zeg.datum),
            Veld(naam="volgende_controle", label="opnieuw te bekijken op", toon=zeg.datum),
        ),
    ),
    Lijst(
        naam="schaal",
        wat="Hoe veilig, volgens wie",
        titel=_whose("persoon"),
        per_persoon="persoon",
        einde=zeg.never,
        velden=(Regels(naam="scores", label="cijfer van 0 tot 10", toon=zeg.score),),
    ),
    Lijst(
        naam="kindcontacten",
        wat="Kind gezien of gesproken",
        titel=_whose("kind"),
        per_persoon="kind",
        einde=zeg.never,
        velden=(
            Veld(naam="hoe", label="hoe"),
            Veld(naam="datum", label="op", toon=zeg.datum),
            Veld(naam="door", label="door"),
        ),
    ),
    Lijst(
        naam="verboden",
        wat="Verbod",
        titel=lambda row, data: f"{row['soort_label']} voor {row['wie']['naam']}",
        einde=zeg.verbod_einde,
        velden=(
            Veld(naam="soort", label="welk verbod", toon=zeg.label("soort")),
            Veld(naam="wie", label="voor wie", toon=zeg.wie),
            Veld(naam="tegenover", label="tegenover wie", toon=zeg.mensen),
            Veld(naam="van", label="vanaf", toon=zeg.datum),
            Veld(naam="tot", label="tot en met", toon=zeg.datum),
            Veld(naam="opgelegd_door", label="opgelegd door"),
            Veld(naam="inhoud", label="wat mag niet"),
        ),
    ),
    Lijst(
        naam="opdrachten",
        wat="Opdracht",
        titel=lambda row, data: row["soort_label"],
        einde=zeg.opdracht_einde,
        velden=(
            Veld(naam="soort", label="soort", toon=zeg.label("soort")),
            Veld(naam="start", label="begin", toon=zeg.datum),
            Veld(naam="einde", label="einde", toon=zeg.einde_opdracht, mee=("zonder_einddatum",)),
            Veld(naam="opdrachtgever", label="opdrachtgever"),
            Veld(naam="reikwijdte", label="voorwaarden en reikwijdte"),
            Regels(naam="wijzigingen", label="wat ermee gebeurde", toon=zeg.wijziging),
        ),
    ),
    Lijst(
        naam="personen",
        wat="Betrokkene",
        titel=lambda row, data: row["naam"],
        rijen=_personen,
        einde=zeg.persoon_einde,
        velden=(
            Veld(naam="naam", label="naam", mee=("voornaam",)),
            Veld(naam="rol", label="wie is dit", toon=zeg.label("rol")),
            Veld(naam="relatie", label="relatie tot het gezin"),
            Veld(naam="geboortedatum", label="geboortedatum", toon=zeg.datum, mee=("geboorte",)),
            Veld(naam="afgeschermd_voor", label="afgeschermd voor", toon=zeg.mensen),
            Verborgen(naam="telefoon", label="telefoon"),
            Verborgen(naam="adres", label="adres"),
            Veld(naam="contact_hoe", label="hoe contact opnemen"),
            Veld(naam="contact_wanneer", label="wanneer contact opnemen"),
            Veld(naam="bericht_toegelaten", label="bericht nalaten", toon=zeg.ja_nee),
            Veld(naam="taal", label="taal"),
            Veld(naam="tolk", label="tolk nodig", toon=zeg.ja),
            Veld(naam="ook_gevolgd_door", label="ook gevolgd door"),
            Regels(naam="ouder_van", label="ouderschap", toon=zeg.ouderschap),
        ),
    ),
    Lijst(
        naam="verblijven",
        wat="Wie woont waar",
        titel=_stay,
        velden=(
            Veld(naam="soort", label="waar", toon=zeg.label("soort")),
            Veld(naam="bij", label="bij wie", toon=zeg.wie),
            Veld(naam="plek", label="adres of plaats"),
            Veld(naam="verdeling", label="verdeling"),
            Veld(naam="van", label="vanaf", toon=zeg.datum),
            Veld(naam="tot", label="tot en met", toon=zeg.datum),
        ),
    ),
)
