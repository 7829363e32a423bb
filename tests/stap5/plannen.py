"""Plan data for tests of pure functions: the shape of `plan_as_data`, without a database. Everybody is invented."""

from datetime import date, timedelta

OP = date(2026, 11, 23)


def day(number):
    return (OP + timedelta(days=number)).isoformat()


def who(naam):
    return {"sleutel": naam.lower(), "naam": naam}


def persoon(naam, rol, **facts):
    """A person whose sleutel is the name in lower case."""
    empty = dict.fromkeys(("relatie", "taal", "telefoon", "adres", "contact_hoe", "contact_wanneer", "leeftijd"), "")
    fixed = {"sleutel": naam.lower(), "naam": naam, "voornaam": naam, "rol": rol, "rol_label": rol}
    more = {"is_justitiabele": False, "geboorte": "exact", "tolk": False, "bericht_toegelaten": "onbekend"}
    shield = [who(name) for name in facts.pop("afgeschermd_voor", ())]
    return empty | fixed | more | {"afgeschermd_voor": shield, "gestopt_op": None} | facts


def _row(sleutel, **facts):
    return {"sleutel": sleutel, "gestopt_op": None, "lezers": [], "genoteerd_op": day(-30)} | facts


def zorg(wat, **facts):
    empty = {"kinderen": [], "door": [], "bron": "", "bron_persoon": None, "standpunten": [], "stand": "open"}
    return _row(wat, wat=wat, kort=wat, **empty) | facts


def uitzondering(moment, **facts):
    return (
        _row(moment, moment=moment, kort=moment, vaker="", zorgen=[], kinderen=[], verteld_door=None, herhalingen=[])
        | facts
    )


def afspraak(wat, *wie, **facts):
    """A running agreement, with its check within a week, that `wie` keep."""
    people = {"wie": [who(name) for name in wie], "wie_anders": "", "vervanging": [], "standpunten": []}
    dates = {"stand": "loopt", "volgende_controle": day(3), "controles": [], "door_gebruiker": "An Peeters"}
    links = {"soort": "andere", "als": "", "uit_uitzondering": None, "zorgen": [], "kinderen": []}
    return _row(wat, wat=wat, kort=wat, **people, **dates, **links) | facts


def controle(uitkomst, datum):
    return {"datum": datum, "uitkomst": uitkomst, "gezien_door": "de meester van Lina", "toelichting": "Zei Lina."}


def wens(naam, woorden, **facts):
    return _row(woorden, wie=who(naam), woorden=woorden, is_kind=False, nodig="", ouder_mag_weten="") | facts


def lid(naam, *kinderen, **facts):
    links = [{"kind": who(kind), "ook_s_nachts": True} for kind in kinderen]
    return _row(naam, persoon=who(naam), relatie="", springt_bij=["ziek"], veiligheidsmensen=links) | facts


def verbod(naam, *tegenover, soort="contactverbod", **facts):
    others = [who(other) for other in tegenover]
    empty = {"van": None, "tot": None, "inhoud": "", "opgelegd_door": "", "geldt": True}
    return {"soort": soort, "soort_label": soort, "wie": who(naam), "tegenover": others} | empty | facts


def verblijf(naam, soort="familie", bij=None, plek=""):
    return {"wie": who(naam), "soort": soort, "bij": who(bij) if bij else None, "plek": plek, "tot": None}


def contact(*met, apart=()):
    return {"soort_label": "huisbezoek", "wanneer": "vrijdag om 9 uur", "met": [who(name) for name in met]} | {
        "apart": list(apart)
    }


def gezin():
    """Wesley (justitiabele) and Kim, Lina and Milan, oma Rita."""
    return [
        persoon("Wesley", "ouder", is_justitiabele=True, telefoon="0400 00 00 01"),
        persoon("Kim", "ouder", telefoon="0400 00 00 02"),
        persoon("Lina", "kind"),
        persoon("Milan", "kind"),
        persoon("Rita", "netwerk", relatie="oma", telefoon="0400 00 00 03"),
    ]


def plan(**parts):
    """A plan in which nothing is noted but `parts`; what visit_as_data adds is there too."""
    lists = ("verblijven", "verboden", "zorgen", "uitzonderingen", "wensen", "netwerk", "afspraken", "kindcontacten")
    return (
        {"op": OP.isoformat(), "plan": {"einde": None, "pauze": None}, "personen": gezin(), "sinds": day(-10)}
        | {name: [] for name in (*lists, "schaal", "contacten", "journaal", "signalen")}
        | {"ouderschap": [{"ouder": who(o), "kind": who("Lina"), "soort": "ouder"} for o in ("Wesley", "Kim")]}
        | {"laatste_gesprek": None, "volgend_gesprek": None, "aandacht": ""}
        | parts
    )
