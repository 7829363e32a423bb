"""Every field of every model, judged: whom does it say something about?

`gezin`: the people of a dossier, facts and pseudonyms included. `medewerker`: colleagues. `geen`: nobody, by itself:
structure, counters, random identifiers, reference texts. Retention and export lean on this list.
"""

RIJ = {"gezin": "gestopt_op gestopt_reden", "medewerker": "created_by created_at", "geen": "id sleutel versie"}
APPEND_ONLY = {"gezin": "tekst", "medewerker": "created_by created_at", "geen": "id gewist_op"}


def _with(base, **more):
    return {kind: f"{base.get(kind, '')} {more.get(kind, '')}" for kind in ("gezin", "medewerker", "geen")}


FIELDS = {
    "accounts.Justitiehuis": {"geen": "id naam ovo_code plaats noodinstructie"},
    "accounts.Team": {"geen": "id huis naam", "medewerker": "teamverantwoordelijken"},
    "accounts.Gebruiker": {
        "medewerker": "password last_login username first_name last_name email is_active is_staff is_superuser "
        "date_joined rol huis team groups user_permissions herinneringen herinnerd_op",
        "geen": "id sleutel",
    },
    "accounts.Agenda": {"medewerker": "gebruiker created_at used_on", "geen": "id token_digest"},
    "accounts.Teamverantwoordelijkheid": {"medewerker": "team gebruiker van tot", "geen": "id"},
    "dossiers.Dossier": {
        "gezin": "kenmerk sipar_nummer aandacht_bij_huisbezoek closed_reden closed_at",
        "medewerker": "eigenaar team created_by created_at closed_by",
        "geen": "id versie",
    },
    "dossiers.Datasleutel": {"geen": "id naam verpakt created_at"},
    "dossiers.Ketting": {"gezin": "naam", "geen": "id lengte kop"},  # the name holds a kenmerk or a user's id
    "dossiers.Eenmalig": {"gezin": "antwoord", "medewerker": "wie created_at", "geen": "id sleutel digest"},
    "dossiers.Gebeurtenis": {
        "gezin": "dossier model sleutel",
        "medewerker": "created_by created_at soort tekst",  # who looked, when; a text without content
        "geen": "id gewist_op ketting volgnummer tekst_digest schakel inhoud",
    },
    "dossiers.Betrokkene": _with(
        RIJ,
        gezin="rol is_justitiabele voornaam achternaam zoeknaam zoekletters relatie geboortedatum geboorte taal tolk "
        "telefoon adres contact_hoe contact_wanneer bericht_toegelaten afgeschermd_voor ook_gevolgd_door",
        geen="dossier",
    ),
    "dossiers.Verblijf": _with(RIJ, gezin="wie soort bij plek verdeling van tot", geen="dossier"),
    "dossiers.Ouderschap": _with(RIJ, gezin="ouder kind soort", geen="dossier"),
    "dossiers.Verbod": _with(RIJ, gezin="soort wie tegenover van tot opgelegd_door inhoud", geen="dossier"),
    "dossiers.Contactmoment": _with(RIJ, gezin="soort datum uur met opmerking", geen="dossier"),
    "dossiers.Notitie": _with(APPEND_ONLY, gezin="soort gebeurd_op bron over", geen="sleutel dossier corrigeert"),
    "dossiers.NotitiePersoon": {"gezin": "notitie betrokkene", "geen": "id"},
    "dossiers.NotitieAfscherming": _with(APPEND_ONLY, geen="notitie"),
    "dossiers.Revisie": _with(APPEND_ONLY, geen="dossier model sleutel versie"),
    "dossiers.Opdracht": _with(
        RIJ, gezin="soort opdrachtgever reikwijdte start einde zonder_einddatum", geen="dossier"
    ),
    "dossiers.Opdrachtwijziging": _with(RIJ, gezin="soort datum nieuw_einde vorig_einde reden", geen="opdracht"),
    "dossiers.Vervanging": {
        "medewerker": "created_at created_by voor door van tot reden gestopt_op gestopt_reden",
        "geen": "id sleutel",
    },
    "dossiers.Deelname": _with(RIJ, medewerker="gebruiker soort van tot reden vervanging", geen="dossier"),
    "dossiers.Overdracht": _with(
        RIJ,
        gezin="reden boodschap",
        medewerker="van van_team naar naar_team aanvaard_op aanvaard_door nieuwe_eigenaar geweigerd_op geweigerd_door "
        "geweigerd_reden",
        geen="dossier",
    ),
    "dossiers.Uitsluiting": _with(RIJ, medewerker="gebruiker reden", geen="dossier"),
    "partners.Partnersoort": {
        "geen": "id code volgorde naam kort wanneer wanneer_niet aanbod bereiken doorverwijzen leeftijden leeftijd_van "
        "leeftijd_tot zwangerschap anoniem_overleg bron"
    },
    "partners.Gemeente": {"geen": "id nis naam naam_frans provincie"},
    "partners.Postcode": {"geen": "id code gemeente breedte lengte"},
    "partners.Partner": {  # an office and its public numbers
        "geen": "id sleutel versie created_at soort naam zoeknaam zoekletters straat plaats heel_gebied werkgebied "
        "website toelichting bron nagekeken_op gestopt_op"
    },
    "partners.Contactpunt": {"geen": "id partner functie telefoon email uren toelichting"},
    "partners.Partnerinvoer": {"medewerker": "created_by created_at", "geen": "id sleutel tekst confirmed_at"},
    "partners.Doorverwijzing": _with(
        RIJ,
        gezin="soort partner partner_naam voor vraag hoe meegegeven akkoord akkoord_van akkoord_op akkoord_reden "
        "al_betrokken status status_op volgende_controle",
        geen="dossier",
    ),
    "partners.Doorverwijzingstap": _with(APPEND_ONLY, gezin="van naar datum door", geen="doorverwijzing sleutel"),
    "partners.Antwoordlink": _with(  # the address of a service, tied to a family by its referral
        RIJ, gezin="email", geen="doorverwijzing token_digest code_digest expires_at tries renewals"
    ),
    "partners.Jongereantwoord": _with(RIJ, gezin="jongere antwoord woorden toch_reden datum", geen="doorverwijzing"),
    "partners.Overleg": _with(
        RIJ,
        gezin="soort partner partner_naam anoniem met_naam_reden status blad vrijgegeven gevoerd_op functie adviseur "
        "advies besluit",
        geen="dossier",
    ),
    "stap5.Leidraad": {"geen": "id slug titel tekst vragen goed minder_goed motto"},
    "stap5.Stappenplan": _with(
        RIJ,
        gezin="onveilig besluit_op besluit_met besluit_uitleg route route_reden gespreksritme gepauzeerd_op hervat_op "
        "pauze_reden uitkomst uitkomst_met uitkomst_door uitkomst_blijkt_uit decided_at",
        geen="dossier",
    ),
    "stap5.Bereidheid": _with(RIJ, gezin="ouder antwoord woorden datum", geen="plan"),
    "stap5.Schaalscore": _with(RIJ, gezin="persoon score datum waarom_niet_lager een_hoger", geen="plan"),
    "stap5.Kindcontact": _with(RIJ, gezin="kind datum hoe door", geen="plan"),
    "stap5.Grenzencheck": _with(
        RIJ,
        gezin="uitkomst uitkomst_uitleg",
        medewerker="mandaat tijd expertise normen veiligheid gevoel gedeeld_met overleg_met vraag besproken_op",
        geen="plan",
    ),
    "stap5.Zorg": _with(
        RIJ,
        gezin="wat kinderen kind_onduidelijk wanneer hoe_vaak waar bron bron_persoon bron_naam effect door lezers",
        geen="plan",
    ),
    "stap5.Vaststelling": _with(RIJ, gezin="stand datum door blijkt_uit", geen="zorg"),
    "stap5.Uitzondering": _with(
        RIJ,
        gezin="moment wat_anders wie_deed_wat wat_hielp wat_merkte_kind vaker zorgen kinderen verteld_door lezers",
        geen="plan",
    ),
    "stap5.Herhaling": _with(RIJ, gezin="datum gezien_door toelichting", geen="uitzondering"),
    "stap5.Wens": _with(RIJ, gezin="wie woorden nodig wie_helpt datum ouder_mag_weten zorgen lezers", geen="plan"),
    "stap5.Standpunt": _with(RIJ, gezin="persoon datum visie woorden", geen="plan zorg afspraak"),
    "stap5.Netwerklid": _with(
        RIJ,
        gezin="persoon akkoord_op akkoord_van weet_van_opdracht weet_van_zorg bij_ziek bij_gespannen bij_afwezig "
        "springt_bij_voor opmerking lezers",
        geen="plan",
    ),
    "stap5.Veiligheidsmens": _with(
        RIJ, gezin="kind hoe wanneer ook_s_nachts afgesproken_op verteld_op", geen="netwerklid"
    ),
    "stap5.Afspraak": _with(
        RIJ,
        gezin="soort als wat wie wie_anders vervanging van tot volgende_controle hoe_zichtbaar controle_door "
        "controle_anders uit_uitzondering zorgen kinderen lezers",
        geen="plan",
    ),
    "stap5.Planversie": _with(APPEND_ONLY, geen="sleutel dossier plan nummer schema"),
    "stap5.Nazicht": _with(
        RIJ,
        gezin="vraag toelichting",
        medewerker="gevraagd_aan besluit besluit_op besluit_door",
        geen="plan planversie",
    ),
    "stap5.Opmerking": _with(
        RIJ,
        gezin="over wat tekst antwoord",
        medewerker="antwoord_op antwoord_door opgelost_op opgelost_door",
        geen="nazicht",
    ),
    "stap5.Controle": _with(RIJ, gezin="datum uitkomst gezien_door toelichting", geen="afspraak"),
}
