"""The journal: what people noted first, what changed grouped per day, and each of it as plain text."""

from datetime import timedelta
from itertools import groupby, islice

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.rules import refusal
from dossiers.access import JOURNAL, get_dossier_or_404, get_row_or_404, journal_read_at
from dossiers.actions import add_notitie, correct_notitie, hide_notitie
from dossiers.forms.basis import RedenForm
from dossiers.forms.journaal import FilterForm, NotitieForm
from dossiers.models import MENSELIJK, Notitie, Soort
from dossiers.names import fold
from dossiers.rules import check_can_manage_open, check_can_write
from dossiers.tekens import clean_line
from dossiers.views.eenmalig import answer, attempt
from dossiers.views.pagina import people_of, render_dossier

PAGE_SIZE = 40
TEXTS_AT_ONCE = 50  # in memory, while words are looked for in them
VISIT = timedelta(minutes=30)  # so long a page that is loaded again belongs to the same visit


def _notes(dossier):
    return (
        Notitie.objects.filter(dossier=dossier)
        .select_related("created_by", "afscherming__created_by", "corrigeert")
        .prefetch_related("over", Prefetch("correcties", Notitie.objects.select_related("created_by").defer("tekst")))
    )


def _readable(dossier):
    """Notes whose text still stands there: not hidden, not erased."""
    return _notes(dossier).filter(afscherming__isnull=True, gewist_op__isnull=True)


def _filtered(notes, form):
    """(those of `notes` that were asked for, the words that must stand in them or "")."""
    if not form.is_valid():
        return notes, ""
    chosen = form.cleaned_data
    if chosen["soort"]:
        notes = notes.filter(soort=chosen["soort"])
    if chosen["persoon"]:
        notes = notes.filter(over=chosen["persoon"])
    if chosen["tekst"]:
        notes = notes.filter(afscherming__isnull=True)
    return notes, chosen["tekst"]


def _holding(notes, words):
    """Ids of the first of `notes` that hold `words`, as many as a page asks for. Texts are folded as they are read: no
    folded copy is kept, which would outlive an erasure. Words of nothing but signs are found as they are written."""
    sought = fold(words)
    texts = notes.prefetch_related(None).values_list("pk", "tekst").iterator(chunk_size=TEXTS_AT_ONCE)
    found = (pk for pk, tekst in texts if (sought in fold(tekst) if sought else words in tekst))
    return list(islice(found, PAGE_SIZE + 1))


def _page(notes, cursor, words):
    """One page of notes that hold `words`, newest first, after the one whose sleutel is `cursor`: (rows, next cursor
    or "")."""
    if cursor:
        try:
            last = notes.filter(sleutel=cursor).first()
        except ValidationError:  # not a UUID
            last = None
        if last is None:
            raise Http404
        notes = notes.filter(Q(gebeurd_op__lt=last.gebeurd_op) | Q(gebeurd_op=last.gebeurd_op, pk__lt=last.pk))
    notes = notes.order_by("-gebeurd_op", "-pk")
    if words:
        notes = notes.filter(pk__in=_holding(notes, words))
    rows = list(notes[: PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], str(rows[PAGE_SIZE - 1].sleutel) if len(rows) > PAGE_SIZE else ""


@require_http_methods(["GET", "HEAD", "POST"])
def voortgang(request, kenmerk):
    """Everything noted, and the form to note something. What colleagues noted since one's last visit is marked."""
    dossier = get_dossier_or_404(request.user, kenmerk, page=JOURNAL)
    people = people_of(dossier)
    form = NotitieForm(
        request.POST if request.method == "POST" else None, houder=dossier, bronnen={"betrokkenen": people}
    )
    done = attempt(
        request,
        form,
        lambda: add_notitie(dossier, form.values(), by=request.user),
        lambda notitie: answer(request.path, "Genoteerd."),
    )
    return done.response or _journal(request, dossier, people, form, done.status)


def _new(notes, user):
    """Ids of those of these notes that colleagues made since `user` read this journal last, before this visit. Who
    never read it has nothing marked: all of it is new."""
    return {
        note.pk for note in notes if note.gelezen_op and note.created_at > note.gelezen_op and note.created_by != user
    }


def _journal(request, dossier, people, form, status):
    terms = request.session.get(f"voortgang/{dossier.kenmerk}")
    filterform = FilterForm(terms, personen=people)
    notes, words = _filtered(_notes(dossier), filterform)
    notes = notes.annotate(gelezen_op=journal_read_at(request.user, dossier, before=clock.now() - VISIT))
    by_people = notes.filter(soort__in=MENSELIJK)
    changes = notes.exclude(soort__in=MENSELIJK)
    human, human_more = _page(by_people, request.GET.get("na", ""), words)
    changed, changes_more = _page(changes, request.GET.get("wijzigingen_na", ""), words)
    context = {
        "form": form,
        "filterform": filterform,
        "gefilterd": bool(terms),
        "notities": human,
        "meer": human_more,
        "dagen": [(day, list(rows)) for day, rows in groupby(changed, key=lambda note: note.gebeurd_op)],
        "wijzigingen_meer": changes_more,
        "nieuw": _new([*human, *changed], request.user),
        "refusal": refusal(check_can_write, request.user, dossier),
        "afscherm_refusal": refusal(check_can_manage_open, request.user, dossier),
    }
    return render_dossier(request, dossier, "dossiers/voortgang.html", context, status=status)


@require_POST
def filteren(request, kenmerk):
    dossier = get_dossier_or_404(request.user, kenmerk, page="keuze in de voortgang")
    names = ("soort", "persoon", "tekst")
    terms = {name: clean_line(request.POST.get(name, ""))[:80] for name in names}
    request.session[f"voortgang/{dossier.kenmerk}"] = terms if any(terms.values()) else None
    return redirect("dossiers:voortgang", kenmerk)


def _note_act(request, kenmerk, sleutel, form_class, act, template, done):
    dossier = get_dossier_or_404(request.user, kenmerk, page="notitie")
    known = _notes(dossier) if request.method == "POST" else _readable(dossier)  # what was typed meets its refusal
    notitie = get_row_or_404(known.filter(soort__in=MENSELIJK), sleutel)
    posted = request.POST if request.method == "POST" else None
    start = {"soort": notitie.soort, "gebeurd_op": notitie.gebeurd_op, "tekst": notitie.tekst, "bron": notitie.bron}
    form = form_class(
        posted,
        houder=dossier,
        bronnen={"betrokkenen": people_of(dossier)},
        initial=start | {"over": list(notitie.over.all())} if form_class is NotitieForm else None,
    )
    uitslag = attempt(
        request,
        form,
        lambda: act(notitie, form.values(), by=request.user),
        lambda row: answer(reverse("dossiers:voortgang", args=[kenmerk]), done),
    )
    context = {"form": form, "notitie": notitie}
    return uitslag.response or render_dossier(request, dossier, template, context, status=uitslag.status)


@require_http_methods(["GET", "HEAD", "POST"])
def verbeteren(request, kenmerk, sleutel):
    """A new note instead of this one; what stood there stays readable."""
    return _note_act(
        request,
        kenmerk,
        sleutel,
        NotitieForm,
        correct_notitie,
        "dossiers/verbeteren.html",
        "De verbetering is genoteerd.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def afschermen(request, kenmerk, sleutel):
    return _note_act(
        request, kenmerk, sleutel, RedenForm, hide_notitie, "dossiers/afschermen.html", "De notitie is afgeschermd."
    )


def note_as_text(notitie):
    """A note as it is pasted into another system."""
    lines = [
        f"{notitie.get_soort_display().capitalize()} - {notitie.gebeurd_op:%d/%m/%Y} - {notitie.created_by}",
        f"Over: {', '.join(str(persoon) for persoon in notitie.over.all())}" if notitie.over.all() else "",
        f"Bron: {notitie.get_bron_display()}" if notitie.bron else "",
        "Verbetert een eerdere notitie." if notitie.corrigeert_id else "",
        "",
        notitie.tekst,
    ]
    return "\n".join(line for number, line in enumerate(lines) if line or number == 4) + "\n"


@require_safe
def kopie(request, kenmerk, sleutel):
    """One note as plain text, for SIPAR."""
    dossier = get_dossier_or_404(request.user, kenmerk, page="notitie als tekst", soort=Soort.UITGEVOERD)
    notitie = get_row_or_404(_readable(dossier), sleutel)
    return render_dossier(
        request, dossier, "dossiers/kopie.html", {"titel": "Notitie voor SIPAR", "tekst": note_as_text(notitie)}
    )
