"""Invented names and sentences for dossiers made in bulk."""


def _names(text):
    return text.split()


VOORNAMEN = _names(
    "Aïcha Alex Amber Anouk Arne Axel Bilal Brecht Camille Chloé Daan Dries Elif Elise Emiel Eva Fatima Femke Finn "
    "Floor Hanne Hugo Ibrahim Ines Jade Jasper Jef Jelle Joke Joris Karel Kato Kobe Lars Lena Lien Lotte Louise Lucas "
    "Maarten Marie Mehmet Mila Nina Noor Olivia Oscar Pieter Robbe Ruben Sam Sander Seppe Sofia Stijn Thijs Tine "
    "Victor Wout Yasmine Youssef Zoë"
)
ACHTERNAMEN = _names(
    "Adriaens Aydin Baert Bogaert Bracke Casteels Claeys Coppens Cools Daems Declercq Deprez Dierickx Dubois Engelen "
    "Fierens Geerts Goossens Gul Hendrickx Heylen Huysmans Jacobs Janssens Kaya Lambrecht Lemmens Luyten Mertens "
    "Michiels Moens Nijs Ouali Pauwels Persoons Raes Roels Segers Simons Smets Stevens Thys Timmermans Tuytens Urbain "
    "Verhaegen Verlinden Vermeersch Wauters Willems Wouters Yilmaz Zeebroek"
)
KINDERNAMEN = _names(
    "Adam Alice Amir Anna Arthur Ayoub Bas Billie Cato Cis Ella Elena Emma Ezra Fleur Gust Imane Jules Juul Lea Leon "
    "Lily Liv Lou Louis Lowie Maya Marcel Mats Mona Nora Nour Otis Rania Rayan Renée Romée Safa Senne Stella Tuur Vic"
)

ZORGEN = (
    "{kind} kwam op {dag} {aantal} keer te laat op school, zonder ontbijt.",
    "{kind} bleef op {dag} tot 22 uur alleen thuis.",
    "{kind} vertelde in de klas dat er op {dag} een uur lang geroepen werd.",
    "{kind} had {aantal} dagen na elkaar dezelfde natte schoenen aan.",
    "{kind} was {aantal} keer niet op de afspraak bij de dokter.",
    "Op {dag} haalde niemand {kind} op aan de opvang; om 18.30 uur belde de opvang de grootouders.",
)
UITZONDERINGEN = (
    "Op {dag} lukte het om samen te eten zonder ruzie.",
    "In het weekend bij de grootouders sliep {kind} de hele nacht door.",
    "Op {dag} bracht {ouder} {kind} zelf op tijd naar school.",
)
WENSEN = (
    "Dat het thuis wat rustiger wordt.",
    "Een avond per week voor mezelf.",
    "Dat de school mij ook eens belt als het goed gaat.",
    "Een eigen plek waar de kinderen kunnen blijven slapen.",
)
AFSPRAKEN = (
    "{ouder} legt de avond ervoor de boekentas van {kind} klaar.",
    "{ouder} brengt {kind} elke dag voor 8.30 uur naar school.",
    "{ouder} belt {helper} voor er ruzie komt, en {helper} neemt {kind} mee naar buiten.",
)
RELATIES = ("oma", "opa", "tante", "oom", "buurvrouw", "buurman", "peter", "meter")
NOTITIES = {
    "telefoon": (
        "Gebeld met {ouder}. De week verliep rustig, {kind} ging elke dag naar school.",
        "{ouder} belde zelf: de afspraak van {dag} lukt niet, we kiezen een andere dag.",
        "De school belde over {kind}. De juf zag dat het beter gaat met het huiswerk.",
    ),
    "huisbezoek": (
        "Huisbezoek, een uur. {kind} was thuis en toonde een tekening. We overliepen de afspraken met {ouder}.",
        "Huisbezoek. {ouder} had koffie gezet. De woonkamer was opgeruimd, {kind} speelde.",
    ),
    "bureau": (
        "Gesprek op bureau met {ouder}. We bespraken wat vorige week wel lukte.",
        "{ouder} kwam op tijd. We bekeken samen de voorwaarden en de volgende stap.",
    ),
    "niet_bereikt": ("{ouder} nam {aantal} keer niet op. Ik probeer het op {dag} opnieuw.",),
    "ouderschapsgesprek": (
        "Gesprek over ouderschap. {ouder} vertelde wat {kind} graag doet en wat moeilijk is.",
        "Gesprek over ouderschap. {ouder} wil het anders doen dan de eigen ouders.",
    ),
    "signaal": ("Melding van de school: {kind} was op {dag} stil en wilde niet naar huis.",),
    "andere": ("Overlegd in team. We gaan verder zoals afgesproken.",),
}
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
