"""Which partner fits, and why: the advice of step 5 as tables of rules. It advises; the assistant decides.

`REGELS` says when a partner fits, `AANVULLINGEN` what is added to the reason, `REDENEN_TEGEN` why one does not fit.
Choices of ours, where the sources leave room:

- The order is that of `Rank`: safety first, then who is there already and fits, then the brede instap.
- Who is already involved stays in the advice: before its equals when it fits the question, at the end when not.
- Ages are whole years. Kind en Gezin helps up to and including 3, for a child of 3 with a warning; the CLB from 3
  (a child of 2 may be two and a half: the reason against says so), from 18 only for a question about school.
- VK and OCJ are for children under 18 and, as in the whole Kindreflex, for the unborn. No age given counts as under
  18. A suspicion of child abuse always leads to a call to the VK.
- Without a willing parent the voluntary services stay in the advice, for the assistant's own questions.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import IntEnum

# fmt: off
NAMEN = {  # also the order of partners of the same rank, and of those not advised
    "vk": "Het VK", "ocj": "Het OCJ", "huisarts": "De huisarts", "kind_en_gezin": "Het regioteam van Kind en Gezin",
    "clb": "Het CLB", "caw": "Het CAW", "andere": "Een andere dienst",
}
THEMAS = {  # how a sentence names them
    "opvoeding": "opvoeding", "relatie": "de relatie", "partnergeweld": "geweld tussen partners",
    "persoonlijk": "persoonlijke problemen", "financieel": "geld", "materieel": "materiële problemen",
    "criminaliteit": "criminaliteit", "leren_en_studeren": "leren en studeren", "schoolloopbaan": "de schoolloopbaan",
    "preventieve_gezondheidszorg": "gezond blijven", "psychosociaal": "hoe iemand zich voelt",
    "medisch": "iets medisch", "kindermishandeling": "kindermishandeling", "vastgelopen_hulp": "hulp die vastloopt",
}
# fmt: on
CODES = tuple(NAMEN)
OUDSTE = 25  # help for young people ends there: CLB at most 25, JAC 12 to 25

WELZIJN = ("relatie", "persoonlijk", "financieel", "materieel", "criminaliteit")
SCHOOL = ("leren_en_studeren", "schoolloopbaan")
DOMEINEN_CLB = (*SCHOOL, "preventieve_gezondheidszorg", "psychosociaal")
OUDERSCHAP = ("opvoeding", "preventieve_gezondheidszorg")
NOODNUMMERS = ("112", "101")

# Sources: a rule may rest on two.
STAP5 = ("Kindreflex voor justitieassistenten, stap 5",)
CAW = ("caw.be: victims and offenders, all ages, JAC for 12 to 25",)
CLB = ("onderwijs.vlaanderen.be/nl/clb: pupils from 2.5 to at most 25; clboostkust.be: from 12 the pupil decides",)
OPGROEIEN = ("opgroeien.be/over-opgroeien/werking: from pregnancy to 3, free",)
VK = ("vkantwerpen.be and vertrouwenscentrum.be: suspected abuse or neglect, 0 to 18; advice without names",)
OCJ = ("jeugdhulp.be, OCJ: 0 to 18, voluntary help stuck or refused; infojeugdhulp.be: advice without names",)
CRISIS = ("opgroeien.be, crisismeldpunten: day and night, for professionals too",)
VEILIG_HUIS = ("decree of 29 March 2024; sociaal.net: the justice house is one of its partners",)
HUISARTS = ("general knowledge: the first line, with the parent's consent",)
EIGEN = ("our own choice",)


@dataclass(frozen=True)
class Vraag:
    """What is known of the family. `leeftijden`: whole years, empty when unknown or when no child is born yet."""

    leeftijden: tuple[int, ...]
    zwangerschap: bool
    themas: frozenset[str]
    ouders_bereid: bool
    acuut_gevaar: bool
    al_betrokken: frozenset[str] = frozenset()

    def between(self, youngest, oldest):
        """The ages in this range, the youngest first."""
        return tuple(sorted(age for age in self.leeftijden if youngest <= age <= oldest))

    def about(self, *themas):
        return any(thema in self.themas for thema in themas)

    @property
    def jong(self):
        return bool(self.between(0, 3)) or self.zwangerschap

    @property
    def minderjarig(self):
        return bool(self.between(0, 17)) or self.zwangerschap or not self.leeftijden

    @property
    def leerlingen(self):
        """Ages that may be of pupils: from 18 on only when the question is about school."""
        return self.between(3, OUDSTE if self.about(*SCHOOL) else 17)


@dataclass(frozen=True)
class Partnerreden:
    partner: str
    reden: str


@dataclass(frozen=True)
class Advies:
    """`eerst`: numbers to call before all else. Each of the seven codes stands once, in `advies` or in `niet`."""

    eerst: tuple[str, ...]
    advies: tuple[Partnerreden, ...]
    niet: tuple[Partnerreden, ...]


class Rank(IntEnum):
    ABUSE = 1  # a suspicion does not wait
    STUCK = 2  # without willingness nobody else can start
    MEDICAL = 3
    VIOLENCE = 4
    INVOLVED = 5  # is there already, and fits
    MATCH = 6  # the brede instap, for what is its own
    TODAY = 7
    SECOND = 8  # can help with this too
    CONSULT = 9  # to think along
    LAST = 10  # is there already, but for something else


@dataclass(frozen=True)
class Regel:
    """`reden` is a sentence with names of `_words()` in braces. A partner is advised for each rule that holds."""

    partner: str
    rank: Rank
    bron: tuple[str, ...]
    when: Callable[[Vraag], bool]
    reden: str


@dataclass(frozen=True)
class Zin:
    """A sentence that holds for `partner`: added to the advice, or the reason against."""

    partner: str
    bron: tuple[str, ...]
    when: Callable[[Vraag], bool]
    reden: str


def always(vraag):
    return True


# The three tables are laid out by hand: a rule, then its sentence.
# fmt: off
REGELS = (
    # Suspected abuse or neglect
    Regel("vk", Rank.ABUSE, STAP5 + VK, lambda v: v.about("kindermishandeling") and v.minderjarig,
          "{minderjarig} Bij een vermoeden van mishandeling of verwaarlozing bel je het VK, ook als je nog twijfelt."),
    Regel("vk", Rank.ABUSE, VK + EIGEN, lambda v: v.about("kindermishandeling") and not v.minderjarig,
          "{kinderen} Het VK werkt voor kinderen tot 18 jaar. Bel toch bij een vermoeden: vraag wie wel kan helpen."),
    Regel("vk", Rank.CONSULT, STAP5 + EIGEN,
          lambda v: v.about("partnergeweld") and not v.about("kindermishandeling") and v.minderjarig,
          "{minderjarig} Bij geweld thuis kan je het VK om raad vragen over wat dit met een kind doet."),
    # Voluntary help is refused or stuck
    Regel("ocj", Rank.STUCK, STAP5 + OCJ, lambda v: not v.ouders_bereid and v.minderjarig,
          "De ouders willen niet meewerken. {minderjarig} Het OCJ is er als hulp geweigerd wordt."),
    Regel("ocj", Rank.STUCK, STAP5 + OCJ,
          lambda v: v.ouders_bereid and v.about("vastgelopen_hulp") and v.minderjarig,
          "De vrijwillige hulp zit vast. {minderjarig} Het OCJ is er als vrijwillige hulp niet genoeg is."),
    # Health
    Regel("huisarts", Rank.MEDICAL, STAP5 + HUISARTS, lambda v: v.about("medisch"),
          "Bij de huisarts kan het gezin terecht met een letsel, een ziekte, een verslaving of uitputting."),
    Regel("huisarts", Rank.SECOND, HUISARTS,
          lambda v: v.about("preventieve_gezondheidszorg") and not v.about("medisch"),
          "Met vragen over gezond blijven kan het gezin ook bij de eigen huisarts terecht."),
    # The brede instap: Kind en Gezin
    Regel("kind_en_gezin", Rank.MATCH, STAP5 + OPGROEIEN,
          lambda v: v.jong and (v.about(*OUDERSCHAP) or not v.themas),
          "{jong} Het regioteam helpt ouders gratis en op maat, met elke vraag over ouder zijn."),
    Regel("kind_en_gezin", Rank.SECOND, STAP5 + OPGROEIEN,
          lambda v: v.jong and v.themas and not v.about(*OUDERSCHAP),
          "{jong} Ook als er iets anders speelt, helpt het regioteam de ouders gratis met elke vraag over ouder zijn."),
    # The brede instap: CLB
    Regel("clb", Rank.MATCH, STAP5 + CLB, lambda v: v.leerlingen and v.about(*DOMEINEN_CLB),
          "{leerlingen} Het CLB van de school helpt bij vragen over {domeinen_clb}."),
    Regel("clb", Rank.MATCH, STAP5 + CLB, lambda v: not v.leeftijden and v.about(*SCHOOL),
          "Er is geen leeftijd ingevuld. Gaat het kind naar school? Dan helpt het CLB van die school."),
    Regel("clb", Rank.MATCH, STAP5, lambda v: v.leerlingen and not v.themas,
          "{leerlingen} Het CLB van de school luistert, zoekt mee uit wat er nodig is en wijst de weg."),
    Regel("clb", Rank.SECOND, STAP5,
          lambda v: v.leerlingen and v.about("opvoeding") and not v.about(*DOMEINEN_CLB),
          "{leerlingen} Ook de ouders van een leerling kunnen bij het CLB van de school terecht."),
    Regel("clb", Rank.CONSULT, CLB,
          lambda v: not v.ouders_bereid and v.between(12, 17) and v.themas and not v.about("opvoeding", *DOMEINEN_CLB),
          "De ouders willen niet meewerken, maar wie {twaalfplus} is, kan zelf naar het CLB van de school."),
    # The brede instap: CAW
    Regel("caw", Rank.VIOLENCE, CAW, lambda v: v.about("partnergeweld"),
          "Er is geweld tussen partners. Het CAW helpt wie geweld meemaakt, en ook wie geweld pleegt."),
    Regel("caw", Rank.MATCH, STAP5, lambda v: v.about(*WELZIJN),
          "Met vragen over {welzijn} kan iedereen bij het CAW terecht, op elke leeftijd."),
    Regel("caw", Rank.MATCH, CAW, lambda v: v.about("opvoeding") and not v.jong,
          "Met vragen over opvoeding kan een ouder bij het CAW terecht."),
    Regel("caw", Rank.SECOND, CAW, lambda v: v.about("opvoeding") and v.jong,
          "Met vragen over opvoeding kan een ouder ook bij het CAW terecht."),
    Regel("caw", Rank.SECOND, STAP5, lambda v: v.about("psychosociaal"),
          "Wie het moeilijk heeft, vindt bij het CAW een luisterend oor en begeleiding."),
    Regel("caw", Rank.MATCH, STAP5, lambda v: not v.themas,
          "Je koos nog geen thema. Bij het CAW kan iedereen met elke vraag terecht, ook jij."),
    Regel("caw", Rank.CONSULT, STAP5,
          lambda v: (not v.ouders_bereid or v.about("vastgelopen_hulp"))
          and v.themas and not v.about("partnergeweld", "opvoeding", "psychosociaal", *WELZIJN),
          "Het CAW kent de hulp voor kinderen en ouders, en denkt met jou mee, ook in stap 4 en stap 6."),
    # What the source text does not name
    Regel("andere", Rank.TODAY, CRISIS, lambda v: v.acuut_gevaar and v.minderjarig,
          "Na 112 of 101: een crisismeldpunt van de jeugdhulp is dag en nacht bereikbaar, ook voor jou."),
    Regel("andere", Rank.CONSULT, VEILIG_HUIS, lambda v: v.about("partnergeweld") and len(v.al_betrokken) > 1,
          "Er zijn al meer diensten betrokken. Vraag of een Veilig Huis in jouw streek hen kan samenbrengen."),
)

BEL = "Je hoeft geen namen te noemen, en jij beslist wat je met het advies doet."
EERST_JA = "Doorverwijzen kan pas als een ouder ja zegt. Met je eigen vragen kan je er nu al terecht."

AANVULLINGEN = (  # for partners who are not yet involved
    Zin("vk", VK, always, BEL),
    Zin("ocj", OCJ, always, "Bel eerst om raad. " + BEL),
    Zin("huisarts", HUISARTS, lambda v: not v.ouders_bereid, "Doorverwijzen kan pas als een ouder ja zegt."),
    Zin("kind_en_gezin", OPGROEIEN, lambda v: not v.zwangerschap and not v.between(0, 2),
        "Een kind van 3 zit op de grens: vraag of het regioteam nog kan helpen."),
    Zin("kind_en_gezin", STAP5, lambda v: not v.ouders_bereid, EERST_JA),
    Zin("clb", CLB, lambda v: v.between(18, OUDSTE) and v.about(*SCHOOL),
        "Vanaf 18 jaar kan dat alleen voor wie nog naar school gaat."),
    Zin("clb", CLB, lambda v: v.between(3, 11), "Tot 12 jaar beslissen de ouders."),
    Zin("clb", CLB, lambda v: v.between(3, 11) and not v.ouders_bereid,
        "Die willen nu niet, maar met je eigen vragen kan je er wel terecht."),
    Zin("clb", CLB, lambda v: v.between(12, 17), "Vanaf 12 jaar beslist de leerling zelf."),
    Zin("caw", STAP5, lambda v: not v.ouders_bereid, EERST_JA),
    Zin("caw", STAP5, lambda v: v.acuut_gevaar, "Het CAW heeft ook crisishulp en opvang."),
    Zin("caw", CAW, lambda v: v.between(12, OUDSTE),
        "Wie {jac} is, kan ook zelf naar het JAC: het CAW voor jongeren van 12 tot 25 jaar."),
)

# The first that holds is the reason; the last one of each partner always does.
REDENEN_TEGEN = (
    Zin("vk", VK, lambda v: not v.minderjarig, "{kinderen} Het VK werkt voor kinderen tot 18 jaar."),
    Zin("vk", STAP5 + VK, always,
        "Je noemt geen vermoeden van mishandeling of verwaarlozing. Twijfel je? Bel om raad, zonder namen te noemen."),
    Zin("ocj", OCJ, lambda v: not v.minderjarig, "{kinderen} Het OCJ werkt voor kinderen tot 18 jaar."),
    Zin("ocj", VK, lambda v: v.about("kindermishandeling"),
        "Bij een vermoeden van mishandeling bel je het VK. Het OCJ is er als hulp vastloopt of geweigerd wordt."),
    Zin("ocj", STAP5 + OCJ, always,
        "De ouders willen meewerken en de hulp zit niet vast. Twijfel je? Bel om raad, zonder namen te noemen."),
    Zin("huisarts", HUISARTS, always,
        "Je vraag gaat niet over gezondheid. Is er een letsel, ziekte of verslaving? Dan past de huisarts wel."),
    Zin("kind_en_gezin", OPGROEIEN, lambda v: v.leeftijden and "kind_en_gezin" in v.al_betrokken,
        "{kinderen} Het regioteam helpt tot 3 jaar. Het is al betrokken: vraag daar wie het overneemt."),
    Zin("kind_en_gezin", STAP5 + OPGROEIEN, lambda v: v.leeftijden,
        "{kinderen} Het regioteam helpt van de zwangerschap tot 3 jaar."),
    Zin("kind_en_gezin", STAP5 + OPGROEIEN, always,
        "Er is geen zwangerschap of leeftijd ingevuld. Het regioteam helpt van de zwangerschap tot 3 jaar."),
    Zin("clb", STAP5, lambda v: v.leerlingen,
        "{leerlingen} Het CLB past pas als het ook gaat over school, gezond blijven of hoe het kind zich voelt."),
    Zin("clb", CLB, lambda v: v.between(2, 2),
        "{kinderen} Het CLB is er vanaf 2,5 jaar. Gaat het kind van 2 al naar school? Dan kan het CLB helpen."),
    Zin("clb", CLB, lambda v: v.between(18, OUDSTE),
        "{kinderen} Vanaf 18 jaar helpt het CLB alleen wie nog naar school gaat, en je vraag gaat niet over school."),
    Zin("clb", CLB, lambda v: v.leeftijden, "{kinderen} Het CLB is er voor leerlingen, vanaf 2,5 jaar."),
    Zin("clb", CLB, always, "Er is geen schoolkind ingevuld. Het CLB is er voor leerlingen, vanaf 2,5 jaar."),
    Zin("caw", STAP5, always,
        "Het CAW helpt bij vragen over welzijn. Voor {themas} past een andere dienst beter."),
    Zin("andere", EIGEN, always,
        "Voor deze vraag past een van de bekende diensten. Kies iets anders als iemand het gezin al goed helpt."),
)
# fmt: on

APART = "Spreek met elke ouder apart, en vertel de één niet wat de ander zei."  # with the first, and with the CAW

BETROKKEN = "{naam} is al betrokken: overleg daar voor je iets nieuws start."
BETROKKEN_VOOR_IETS_ANDERS = "{naam} is al betrokken. Vertel daar wat je van plan bent, zodat niemand dubbel werkt."

# Who is already involved stays in the advice, unless the children have the wrong age for it.
NIET_MEER = {
    "kind_en_gezin": lambda v: not v.jong,
    "clb": lambda v: bool(v.leeftijden) and not v.between(2, OUDSTE),
}


def advise(vraag):
    """The advice on `vraag`, a valid Vraag: partners from the first to call to the last, and why not the others."""
    words = _words(vraag)
    found = {code: _fit(code, vraag, words) for code in CODES}
    advised = sorted((code for code in CODES if found[code]), key=lambda code: found[code][0])
    reasons = {code: found[code][1] for code in advised}
    if vraag.about("partnergeweld"):
        for code in {advised[0], "caw"}:
            reasons[code] += f" {APART}"
    return Advies(
        eerst=NOODNUMMERS if vraag.acuut_gevaar else (),
        advies=tuple(Partnerreden(code, reasons[code]) for code in advised),
        niet=tuple(Partnerreden(code, _against(code, vraag, words)) for code in CODES if code not in reasons),
    )


def _fit(code, vraag, words):
    """(rank, reason) of the partner `code`, None when it is not advised."""
    rules = [regel for regel in REGELS if regel.partner == code and regel.when(vraag)]
    involved = code in vraag.al_betrokken and not NIET_MEER.get(code, lambda v: False)(vraag)
    if not rules and not involved:
        return None
    rank = min((regel.rank for regel in rules), default=Rank.LAST)
    sentences = [regel.reden for regel in sorted(rules, key=lambda regel: regel.rank)]
    if involved:
        rank = min(rank, Rank.INVOLVED) if rules else rank
        sentences.insert(0, (BETROKKEN if rules else BETROKKEN_VOOR_IETS_ANDERS).format(naam=NAMEN[code]))
    else:
        sentences += [zin.reden for zin in AANVULLINGEN if zin.partner == code and zin.when(vraag)]
    return rank, " ".join(sentences).format(**words)


def _against(code, vraag, words):
    return next(zin.reden for zin in REDENEN_TEGEN if zin.partner == code and zin.when(vraag)).format(**words)


def _words(vraag):
    """What the braces in the sentences stand for."""
    return {
        "kinderen": _presence(vraag.between(0, OUDSTE), vraag.zwangerschap),
        "minderjarig": _presence(vraag.between(0, 17), vraag.zwangerschap),
        "jong": _presence(vraag.between(0, 3), vraag.zwangerschap),
        "leerlingen": _presence(vraag.leerlingen, False),
        "twaalfplus": _join(vraag.between(12, 17), "of"),
        "jac": _join(vraag.between(12, OUDSTE), "of"),
        "themas": _themes(vraag, THEMAS),
        "welzijn": _themes(vraag, WELZIJN),
        "domeinen_clb": _themes(vraag, DOMEINEN_CLB),
    }


def _themes(vraag, themas):
    return _join([THEMAS[thema] for thema in themas if vraag.about(thema)], "en")


def _presence(ages, pregnancy):
    """`"Er zijn kinderen van 1 en 9 jaar."`"""
    one, several = ("een jongere", "jongeren") if ages and ages[0] >= 18 else ("een kind", "kinderen")
    there = f"Er is {one}" if len(ages) == 1 else f"Er zijn {several}"
    parts = [f"{there} van {_join(ages, 'en')} jaar"] if ages else []
    parts += ["er is een kindje op komst"] if pregnancy else []
    sentence = " en ".join(parts) or "de leeftijd van de kinderen is niet ingevuld"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _join(words, last):
    words = [str(word) for word in dict.fromkeys(words)]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def as_dict(advies):
    """The answer as it goes out in JSON."""
    return json.loads(json.dumps(asdict(advies)))


def read_vraag(data):
    """The Vraag in `data`, as parsed from JSON; ValueError with a sentence for the user when something is wrong."""
    if not isinstance(data, dict):
        raise ValueError("Geef op elke regel één JSON-object, tussen accolades.")
    if missing := [key for key in LEZERS if key not in data and key != "al_betrokken"]:
        raise ValueError(f"Dit ontbreekt: {_join(missing, 'en')}.")
    if unknown := [key for key in data if key not in LEZERS]:
        raise ValueError(f"{_show(unknown[0])} ken ik niet. Dit kan wel: {_join(LEZERS, 'en')}.")
    return Vraag(**{key: LEZERS[key](key, value) for key, value in data.items()})


def _is_age(value):
    return type(value) is int and 0 <= value <= OUDSTE


def _list_of(kind, fits, hint):
    def read(key, value):
        if not isinstance(value, list):
            raise ValueError(f"{key} moet een lijst zijn, tussen [ en ]. Leeg mag ook.")
        for item in value:
            if not fits(item):
                raise ValueError(f"In {key} kan {_show(item)} niet. {hint}")
        return kind(value)

    return read


def _read_bool(key, value):
    if type(value) is not bool:
        raise ValueError(f"{key} moet true of false zijn, niet {_show(value)}.")
    return value


def _show(value):
    """A value as it may stand in a sentence: short, and of printable characters only."""
    if isinstance(value, list | dict):
        return "een lijst" if isinstance(value, list) else "een object"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return "".join(char if char.isprintable() else "?" for char in text[:40])


LEZERS = {
    "leeftijden": _list_of(tuple, _is_age, f"Geef van elk kind de hele jaren, van 0 tot en met {OUDSTE}."),
    "zwangerschap": _read_bool,
    "themas": _list_of(frozenset, tuple(THEMAS).__contains__, f"Kies uit: {', '.join(THEMAS)}."),
    "ouders_bereid": _read_bool,
    "acuut_gevaar": _read_bool,
    "al_betrokken": _list_of(frozenset, CODES.__contains__, f"Kies uit: {', '.join(CODES)}."),
}
