"""Words that are no name by themselves, for `partners/anoniem.py`; folded, as `dossiers.names.fold` leaves them."""


def _words(text):
    return frozenset(text.split())


# Inside a family name, not a name: the word behind it is.
VOORVOEGSELS = _words(
    """van de der den des ter ten te het 't t la le les du da di do del della von zu el al bin ben ibn op in aan 's s
    d"""
)

# How people of a family and services are called in general. A name made of these alone says nothing.
ALGEMEEN = _words(
    """moeder mama mam vader papa pap ouder ouders opvoeder kind kinderen zoon zoontje dochter dochtertje jongen meisje
    jongere baby broer broertje broers zus zusje zussen halfbroer halfzus oma opa grootmoeder grootvader grootouders
    bomma bompa meme pepe tante nonkel oom neef nicht stiefvader stiefmoeder plusvader plusmoeder pleegvader
    pleegmoeder pleegouder pleegouders voogd man vrouw partner vriend vriendin ex buur buren buurman buurvrouw
    familie gezin netwerk iemand niemand volwassen volwassene oudste jongste tweede derde vierde vijfde ongeboren
    volwassene hulpverlener dienst diensten school kleuterschool basisschool opvang creche ziekenhuis gevangenis
    voorziening pleeggezin opvanghuis instituut college centrum huis huisarts dokter dr arts psycholoog psychologe
    therapeut juf juffrouw meester leraar leerkracht zorgleerkracht zorgcoordinator directeur directrice verpleegkundige
    trainer coach advocaat politie agent parket rechter rechtbank probatiecommissie justitiehuis justitieassistent
    caw clb ocj vk ocmw jac opgroeien vertrouwenscentrum ondersteuningscentrum kindermishandeling jeugdzorg jeugdhulp
    gezinsondersteuner team adres straat gemeente stad plek plaats thuis woning nummer profiel webadres e mailadres
    nummerplaat jaar tot van die dag maand een twee andere onder opdracht zijn haar uit bij met en of voor naar niet
    op in het de"""
)

# Words of an address that lead nowhere by themselves; `Oude Markt` does.
PLAATSWOORDEN = _words(
    """sint lange korte nieuwe oude grote kleine hoge lage noord zuid oost west markt plein baan steenweg laan dreef
    station residentie blok toren appartement verdieping kamer achter boven onder naast tegen tussen vanaf sinds
    tijdelijk voorlopig samen nieuw oud"""
)

# A title before a name goes along with it.
TITELS = _words("meneer mijnheer mevrouw mevr mw dhr familie fam gezin juffrouw")
# How a child says it: `mama Kim` becomes `de moeder`, as `oma Rita` becomes `de oma`.
SAMENVALLEND = {"mama": "moeder", "mam": "moeder", "papa": "vader", "pap": "vader", "juf": "leerkracht"}

# Abbreviations that look like initials.
AFKORTINGEN = _words(
    """vk ocj clb caw jac ocmw cgg vaph vdab avg gdpr sms gsm tv pc dvd wc ehbo spoed adhd ass iq ok eu vs nv bv vzw
    oa ea bv dwz mbt ivm ed nav tem aub zsm maw owv ipv tov dmv nvt vb dd ahv ifv tgv itt nl be km cm kg mg ml ps pv
    vov vi tbs thv ifg am pm id mail bvba aso tso bso buso kso go cpbw mano hiv aids soa lo po nb etc enz
    ca cq evt incl excl max min tel nr blz"""
)

# Proper names that everybody shares: institutions, media, feasts, languages of the country.
BEKEND = (
    _words(
        """vertrouwenscentrum ondersteuningscentrum kindermishandeling jeugdzorg jeugdhulp jeugdrechtbank
        familierechtbank kind gezin opgroeien kindreflex justitiehuis justitiehuizen justitieassistent vlaanderen
        vlaams vlaamse belgie belgisch belgische nederlands nederlandse parket jeugdparket politie facebook whatsapp
        instagram tiktok snapchat messenger teams smartschool netflix youtube playstation google god kerst kerstmis
        kerstavond pasen pinksteren sinterklaas nieuwjaar ramadan suikerfeest offerfeest moederdag vaderdag ik u uw
        je mevrouw meneer mijnheer mama papa oma opa tante nonkel oom juf meester dokter dr hij zij ze wij we jij
        jullie het de een dat dit en januari februari maart april mei juni juli augustus september oktober november
        december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag awel tele-onthaal covid corona"""
    )
    | AFKORTINGEN
)

# Towns that are also other words in lower case.
ZEGWOORDEN = _words("balen essen duffel temse boom geel peer ham halle lier lint hove wellen beveren")
