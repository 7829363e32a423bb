"""Casus 1, De schoolpoort: probation that still runs for fourteen months; the assistant works with the family."""

from types import SimpleNamespace

from dossiers import rubrieken
from stap5 import onderdelen
from stap5.demo.kalender import (
    MONDAY,
    SUNDAY,
    born,
    days,
    last_weekday,
    last_yearly,
    months_later,
    show,
    workday_before,
    workday_from,
)
from stap5.demo.typist import Typist


def _dates(today):
    """The days of this story. It starts on a Monday seven to eight weeks ago."""
    start = last_weekday(MONDAY, today - days(52))
    november = last_yearly(1, 11, today)
    visit = workday_before(today - days(20))
    if visit < november and workday_from(november, 1) < today:  # so that "in October" is the last one
        visit = workday_from(november, 1)
    return SimpleNamespace(
        start=start,
        fridays=[start - days(number) for number in (24, 17, 10, 3)],
        plan=start + days(2),
        home=start + days(4),
        network=start + days(8),
        fetching=start + days(11),
        soup=last_weekday(SUNDAY, today - days(16)),
        visit=visit,
        october=last_yearly(31, 10, visit).year,
        six_weeks=start + days(46),
        talk=workday_before(today - days(9)),
    )


def make(kenmerk, users, today):
    typist, dates = Typist(users["assistent"]), _dates(today)
    family = _family(typist, kenmerk, dates, today)
    _begin(typist, family, dates)
    worries = _worries(typist, family, dates)
    found = _home_visit(typist, family, worries, dates)
    network = _network(typist, family, dates)
    _fetching(typist, family, network, worries, dates, today)
    _soup(typist, family, worries, found, dates, today)
    _when_ill(typist, family, network, dates, today)
    _six_weeks_later(typist, family, network, worries, dates)


def _family(typist, kenmerk, dates, today):
    typist.at(dates.start - days(10), 9, 40)
    wesley = typist.open(
        kenmerk,
        voornaam="Wesley",
        achternaam="D.",
        soort="probatie",
        start=months_later(today, -10),
        einde=months_later(today, 14),
        opdrachtgever="probatiecommissie",
        reikwijdte="Voorwaarde: begeleiding voor alcoholgebruik.",
    )
    wesley = typist.change(
        rubrieken.BETROKKENEN,
        wesley,
        relatie="vader",
        geboortedatum=born(today, 31),
        telefoon="0400 00 00 01",
        contact_hoe="bellen of sms",
        bericht_toegelaten="ja",
    )
    add = typist.add
    kim = add(
        rubrieken.BETROKKENEN,
        voornaam="Kim",
        rol="ouder",
        relatie="moeder, woont samen met Wesley",
        geboortedatum=born(today, 29),
        telefoon="0400 00 00 02",
        contact_hoe="bellen of sms",
        bericht_toegelaten="ja",
    )
    children = [
        add(rubrieken.BETROKKENEN, voornaam=voornaam, rol="kind", relatie=relatie, geboortedatum=born(today, years))
        for voornaam, relatie, years in (("Lina", "dochter", 9), ("Milan", "zoon", 7), ("Juno", "jongste kind", 2))
    ]
    for child in children:
        for parent in (wesley, kim):
            add(rubrieken.OUDERSCHAP, ouder=parent, kind=child, soort="ouder")
    for person in (wesley, kim, *children):
        add(rubrieken.VERBLIJVEN, wie=person, soort="thuis")
    lina, milan, juno = children
    return SimpleNamespace(wesley=wesley, kim=kim, parents=[wesley, kim], lina=lina, milan=milan, juno=juno)


def _begin(typist, family, dates):
    """The school calls, the team decides, both parents are willing."""
    typist.at(dates.start, 11, 20)
    typist.note(
        "signaal",
        "De zorgleerkracht belde. Lina en Milan hadden vorige week drie keer geen eten mee naar school. "
        "Op twee van de vier laatste vrijdagen stond er niemand aan de schoolpoort; de kinderen wachtten tot 17.45 uur "
        "bij de opvang.",
        over=[family.lina, family.milan],
        bron="derde",
    )
    typist.at(dates.start + days(1), 14, 30)
    typist.note(
        "andere",
        "Stap 4, in team besproken: de situatie is verontrustend. Wesley en Kim spreken we morgen allebei.",
        over=[family.lina, family.milan, family.juno],
    )
    typist.at(dates.plan, 10)
    typist.start_plan()
    typist.do(
        onderdelen.METEEN,
        slapen="thuis",
        erbij="Kim en Wesley",
        zorgt="Kim",
        wie=[family.kim],
        tot=dates.home,
    )
    typist.do(
        onderdelen.BESLUIT,
        onveilig="ja",
        besluit_op=dates.start + days(1),
        besluit_met="het team",
        besluit_uitleg="Stap 4: in team besproken, de situatie is verontrustend. Beide ouders willen eraan werken.",
    )
    typist.add(
        onderdelen.BEREIDHEID,
        ouder=family.wesley,
        antwoord="ja",
        woorden="Wij willen niet dat ze over ons later praten zoals ik over mijn pa.",
    )
    typist.add(onderdelen.BEREIDHEID, ouder=family.kim, antwoord="ja")
    typist.add(
        onderdelen.GRENZEN, uitkomst="verder", mandaat="ok", tijd="ok", expertise="ok", normen="ok", veiligheid="ok"
    )
    typist.do(
        onderdelen.ROUTE,
        route="zelf",
        route_reden="Beide ouders willen eraan werken, de probatie loopt nog lang genoeg en we kennen dit gezin goed.",
    )
    typist.do(onderdelen.RITME, gespreksritme=3)


def _worries(typist, family, dates):
    """What the school told, and how father sees it."""
    missing = typist.add(
        onderdelen.ZORGEN,
        wat="Lina en Milan hadden vorige week drie keer geen eten mee naar school.",
        kinderen=[family.lina, family.milan],
        wanneer=f"in de week van {show(dates.start - days(7))} tot {show(dates.start - days(3))}",
        hoe_vaak="drie keer op één week",
        waar="op school",
        bron="derde",
        bron_naam="de zorgleerkracht",
        door=family.parents,
        lezers=family.parents,
    )
    gate = typist.add(
        onderdelen.ZORGEN,
        wat="Op twee van de vier laatste vrijdagen stond niemand aan de schoolpoort. "
        "De kinderen wachtten tot 17.45 uur bij de opvang.",
        kinderen=[family.lina, family.milan],
        wanneer=f"op de vrijdagen {show(dates.fridays[1])} en {show(dates.fridays[3])}",
        hoe_vaak="op twee van de vier laatste vrijdagen",
        waar="aan de schoolpoort en bij de opvang",
        bron="derde",
        bron_naam="de zorgleerkracht",
        door=family.parents,
        lezers=family.parents,
    )
    typist.act(
        onderdelen.ZORGEN,
        "standpunt",
        missing,
        persoon=family.wesley,
        visie="zo",
        woorden="Dat is terecht.",
    )
    typist.act(
        onderdelen.ZORGEN,
        "standpunt",
        gate,
        persoon=family.wesley,
        visie="anders",
        woorden="Dat is overdreven. Ze stonden daar droog en warm.",
    )
    typist.note(
        "bureau",
        "Gesprek met Wesley en Kim samen, een uur. We overliepen wat de school meldde. Wesley vindt de zorg over het "
        "eten terecht, die over de schoolpoort overdreven. Kim zei weinig; ik spreek haar bij het huisbezoek apart.",
        over=family.parents,
        bron="ouder",
    )
    return SimpleNamespace(missing=missing, gate=gate)


def _home_visit(typist, family, worries, dates):
    """When it does go well, what the parents want, and the scale at the start."""
    typist.at(dates.home, 15)
    wednesdays = typist.add(
        onderdelen.UITZONDERINGEN,
        moment="Op woensdagen lukt het altijd om de kinderen op te halen.",
        wat_anders="Wesley werkt dan tot de middag en drinkt op dinsdag niet omdat hij moet rijden.",
        wie_deed_wat="Wesley legt de avond ervoor de jassen klaar.",
        zorgen=[worries.gate],
        kinderen=[family.lina, family.milan],
        verteld_door=family.wesley,
        lezers=family.parents,
    )
    soup = typist.add(
        onderdelen.UITZONDERINGEN,
        moment="Op zondag koken ze samen soep voor drie dagen. In die weken zijn de brooddozen gevuld.",
        wie_deed_wat="Kim en Wesley koken samen.",
        vaker="Op zondag samen soep koken voor drie dagen en de brooddozen vullen.",
        zorgen=[worries.missing],
        kinderen=[family.lina, family.milan],
        verteld_door=family.kim,
        lezers=family.parents,
    )
    typist.add(
        onderdelen.WENSEN,
        wie=family.kim,
        woorden="Eén ochtend per week kunnen blijven liggen zonder dat het een drama is.",
        nodig="Een vast moment voor de boodschappen.",
        lezers=family.parents,
    )
    typist.add(
        onderdelen.WENSEN,
        wie=family.wesley,
        woorden="Dat de juf mij niet meer zo bekijkt.",
        nodig="Iemand die op vrijdag kan ophalen.",
        zorgen=[worries.gate],
        lezers=family.parents,
    )
    _scale(typist, [(family.kim, 4), (family.wesley, 6), (None, 4)])
    typist.add(onderdelen.KINDCONTACTEN, kind=family.milan, hoe="gezien")
    typist.note(
        "huisbezoek",
        "Huisbezoek van 15 tot 16 uur, Kim en Wesley waren thuis. We zochten samen wanneer het wel lukt. Zij gaan "
        "akkoord dat we oma Rita, buurman Hassan en tante Sofie contacteren. Milan speelde buiten en zwaaide; Juno "
        "sliep. Kim vroeg of ze één ochtend per week kan blijven liggen.",
        over=[*family.parents, family.milan],
        bron="zelf",
    )
    return SimpleNamespace(wednesdays=wednesdays, soup=soup)


def _scale(typist, scores, **values):
    for person, score in scores:
        typist.add(onderdelen.SCHAAL, persoon=person, score=score, **values)


def _network(typist, family, dates):
    """Three people whom the parents let us call. Hassan knows of the fetching only."""
    typist.at(dates.network, 13, 30)
    agreed = {"akkoord_op": dates.home, "akkoord_van": "Kim en Wesley"}
    two = [family.lina, family.milan]
    rita = typist.add(
        onderdelen.NETWERK,
        voornaam="Rita",
        relatie="oma, moeder van Kim",
        telefoon="0400 00 00 03",
        weet_van_zorg="ja",
        bij_ziek=True,
        bij_gespannen=True,
        bij_afwezig=True,
        springt_bij_voor=two,
        opmerking="Woont op 800 meter.",
        veiligheid_voor=two,
        hoe="bellen of een sms sturen",
        wanneer="elke dag tot 21 uur",
        afgesproken_op=dates.network,
        lezers=[*family.parents, *two],
        **agreed,
    )
    _scale(typist, [(rita.persoon, 5)])
    hassan = typist.add(
        onderdelen.NETWERK,
        voornaam="Hassan",
        relatie="buurman",
        telefoon="0400 00 00 04",
        weet_van_opdracht="nee",
        weet_van_zorg="nee",
        bij_afwezig=True,
        springt_bij_voor=two,
        opmerking="Weet alleen van het ophalen, niet van de justitiële begeleiding. Haalt op vrijdag zijn eigen zoon "
        "op aan dezelfde school en kan twee kinderen meenemen.",
        lezers=family.parents,
        **agreed,
    )
    sofie = typist.add(
        onderdelen.NETWERK,
        voornaam="Sofie",
        relatie="tante",
        telefoon="0400 00 00 05",
        bij_ziek=True,
        bij_gespannen=True,
        bij_afwezig=True,
        springt_bij_voor=[family.juno],
        opmerking="Neemt Juno als Kim ziek is, niet op maandag.",
        lezers=family.parents,
        **agreed,
    )
    typist.note(
        "telefoon",
        "Rita gebeld. Ze weet van de zorgen en wil veiligheidsmens zijn voor Lina en Milan: elke dag tot 21 uur, ook "
        "per sms. Sofie gebeld: ze neemt Juno als Kim ziek is, niet op maandag. Hassan belde ik niet zelf; Wesley "
        "vroeg hem of hij op vrijdag twee kinderen kan meenemen, en dat kan.",
        over=[rita.persoon, sofie.persoon, hassan.persoon],
    )
    return SimpleNamespace(rita=rita.persoon, hassan=hassan.persoon, sofie=sofie.persoon)


def _agree(typist, agreement, people):
    for person in people:
        typist.act(onderdelen.AFSPRAKEN, "standpunt", agreement, persoon=person, visie="zo")


def _check(typist, agreement, outcomes, *, every, until, seen_by):
    """One check each `every` days from the agreement's first one, as far as they lie before `until`."""
    day = agreement.volgende_controle
    for number in range(len(outcomes) + 20):
        noted = workday_from(day)
        if noted >= until:
            return
        outcome, words = outcomes[min(number, len(outcomes) - 1)]
        typist.at(noted, 16, 10)
        typist.act(
            onderdelen.AFSPRAKEN,
            "controle",
            agreement,
            uitkomst=outcome,
            gezien_door=seen_by,
            toelichting=words,
            volgende=day + every,
        )
        day += every


def _fetching(typist, family, network, worries, dates, today):
    typist.at(dates.network + days(1), 9, 15)
    agreement = typist.add(
        onderdelen.AFSPRAKEN,
        als="Wesley vrijdag na 16 uur nog werkt",
        wat="Hassan haalt Lina en Milan op aan de school. Wesley stuurt voor 15 uur een sms.",
        wie=[network.hassan, family.wesley],
        vervanging=[network.rita],
        soort="bijspringen",
        van=dates.fetching,
        volgende_controle=dates.fetching + days(14),
        hoe_zichtbaar="De opvang ziet om de twee weken na wie op vrijdag ophaalde.",
        controle_anders="de opvang",
        zorgen=[worries.gate],
        kinderen=[family.lina, family.milan],
        lezers=[*family.parents, network.hassan, network.rita],
    )
    _agree(typist, agreement, [family.wesley, family.kim, network.hassan, network.rita])
    outcomes = [
        ("deels", "Hassan haalde op, maar de sms van Wesley kwam pas na 15 uur."),
        ("nagekomen", "Elke vrijdag stond er iemand aan de schoolpoort."),
    ]
    _check(typist, agreement, outcomes, every=days(14), until=today, seen_by="de opvang")


def _soup(typist, family, worries, found, dates, today):
    typist.at(workday_before(dates.soup - days(1)), 11)
    agreement = typist.add(
        onderdelen.AFSPRAKEN,
        wat="Op zondag koken Kim en Wesley samen soep voor drie dagen en vullen ze de brooddozen.",
        wie=family.parents,
        van=dates.soup,
        tot=dates.soup + days(27),
        volgende_controle=dates.soup + days(7),
        hoe_zichtbaar="Lina en Milan hebben elke schooldag eten mee.",
        controle_anders="de zorgleerkracht",
        zorgen=[worries.missing],
        uit_uitzondering=found.soup,
        kinderen=[family.lina, family.milan],
        lezers=[*family.parents, family.lina, family.milan],
    )
    _agree(typist, agreement, family.parents)
    outcomes = [
        ("nagekomen", "De brooddozen waren elke dag gevuld."),
        ("deels", "Op donderdag had Milan geen eten mee, op de andere dagen wel."),
    ]
    _check(typist, agreement, outcomes, every=days(7), until=today, seen_by="de zorgleerkracht")


def _when_ill(typist, family, network, dates, today):
    """Lina tells about the mornings; the same day it is agreed who stands in."""
    typist.at(dates.visit, 14)
    worry = typist.add(
        onderdelen.ZORGEN,
        wat="Lina kleedt Juno 's ochtends aan als mama niet uit bed geraakt. In de maand oktober was dat vijf keer.",
        kinderen=[family.lina, family.juno],
        wanneer=f"in oktober {dates.october}, 's ochtends",
        hoe_vaak="vijf keer in de maand oktober",
        waar="thuis",
        bron="kind",
        bron_persoon=family.lina,
        door=[family.kim],
    )
    typist.add(onderdelen.KINDCONTACTEN, kind=family.lina, hoe="gesproken")
    agreement = typist.add(
        onderdelen.AFSPRAKEN,
        als="Kim of Wesley ziek, gespannen of weg is",
        wat="Sofie neemt Juno, oma Rita de twee oudsten.",
        wie=[network.sofie, network.rita],
        soort="bijspringen",
        van=dates.visit,
        volgende_controle=workday_from(today + days(5)),
        hoe_zichtbaar="Lina hoeft Juno 's ochtends niet meer aan te kleden.",
        zorgen=[worry],
        kinderen=[family.lina, family.milan, family.juno],
        lezers=[*family.parents, network.sofie, network.rita],
    )
    _agree(typist, agreement, [family.kim, family.wesley, network.sofie, network.rita])
    typist.note(
        "huisbezoek",
        "Huisbezoek na school. Lina toonde haar kamer en vertelde, met mij alleen, over de ochtenden met Juno. Ik zei "
        "haar dat ze daarmee naar oma Rita mag. Daarna spraken Kim, Wesley en ik af wie bijspringt. Wat Lina vertelde, "
        "bracht ik niet als haar woorden.",
        over=[family.lina, family.juno],
        bron="kind",
    )


def _six_weeks_later(typist, family, network, worries, dates):
    typist.at(dates.six_weeks, 15)
    _scale(typist, [(family.kim, 6), (family.wesley, 6), (network.rita, 7), (None, 6)])
    typist.note(
        "bureau",
        "Na zes weken opnieuw de schaalvraag gesteld. Kim gaat van 4 naar 6: “De ochtenden zijn rustiger.” Wesley blijft "
        "op 6. Rita gaat van 5 naar 7, ikzelf van 4 naar 6.",
        over=[*family.parents, network.rita],
    )
    typist.at(dates.talk, 10, 30)
    typist.note(
        "ouderschapsgesprek",
        "Gesprek over ouderschap. Wesley vertelde waarom hij op woensdag wél op tijd is. Kim wil dat de kinderen zich "
        "later de soep op zondag herinneren, niet de ruzies.",
        over=family.parents,
        bron="ouder",
    )


DOSSIERS = {"schoolpoortdemo2": make}
