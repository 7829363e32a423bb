"""The beheerder's pages: an allow-list of models, and nothing out of a dossier."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect

from accounts.models import Gebruiker, Justitiehuis, Rol, Team, Teamverantwoordelijkheid
from dossiers.audit import record
from dossiers.forms.velden import CleanText
from dossiers.models import Soort
from dossiers.names import name_lookup
from dossiers.tekens import clean_line
from partners.forms.partner import PartnerForm
from partners.models import Contactpunt, Partner, Partnersoort
from stap5.models import Leidraad


class Beheer(admin.AdminSite):
    site_header = site_title = "Stap 5 · beheer"
    index_title = "Beheer"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_active and getattr(request.user, "rol", None) == Rol.BEHEERDER

    def login(self, request, extra_context=None):
        """Sign in where everybody does; who has another role has nothing to find here."""
        if isinstance(request.user, AnonymousUser):
            return redirect("account_login")
        return redirect("werk")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


beheer = Beheer(name="beheer")


class BeheerForm(CleanText, forms.ModelForm):
    """What a page of a model without a form of its own is made of."""


class AllowListed(admin.ModelAdmin):
    """Rows are added and changed, never deleted; every change enters the audit record."""

    form = BeheerForm

    def has_module_permission(self, request):
        return beheer.has_permission(request)

    has_add_permission = has_view_permission = has_change_permission = lambda self, request, obj=None: (
        beheer.has_permission(request)
    )

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, clean_line(search_term))

    def log_addition(self, request, obj, message):
        record(Soort.BEHEER, f"{obj._meta.verbose_name} {obj.pk} toegevoegd", by=request.user)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        record(Soort.BEHEER, f"{obj._meta.verbose_name} {obj.pk} gewijzigd", by=request.user)
        return super().log_change(request, obj, message)


class GebruikerForm(CleanText, UserChangeForm):
    """A colleague as she stands there."""


class GebruikerToevoegenForm(CleanText, AdminUserCreationForm):
    class Meta:
        model = Gebruiker
        fields = ["username", "first_name", "last_name", "email", "rol", "team", "huis"]


@admin.register(Gebruiker, site=beheer)
class GebruikerBeheer(AllowListed, UserAdmin):
    form = GebruikerForm
    add_form = GebruikerToevoegenForm
    list_display = ["username", "first_name", "last_name", "rol", "team", "huis", "is_active"]
    list_filter = ["rol", "is_active", "huis"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
        ("Rol", {"fields": ["rol", "team", "huis", "is_active"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "rol",
                    "team",
                    "huis",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        """Nobody changes her own role, team or access."""
        return ["rol", "team", "huis", "is_active", "username"] if obj == request.user else []


@admin.register(Justitiehuis, site=beheer)
class JustitiehuisBeheer(AllowListed):
    list_display = ["naam", "plaats", "ovo_code"]


class TeamverantwoordelijkheidInline(admin.TabularInline):
    model = Teamverantwoordelijkheid
    form = BeheerForm
    extra = 1

    has_add_permission = has_view_permission = has_change_permission = lambda self, request, obj=None: (
        beheer.has_permission(request)
    )

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Team, site=beheer)
class TeamBeheer(AllowListed):
    list_display = ["naam", "huis"]
    list_filter = ["huis"]
    inlines = [TeamverantwoordelijkheidInline]


@admin.register(Partnersoort, site=beheer)
class PartnersoortBeheer(AllowListed):
    list_display = ["naam", "code"]
    readonly_fields = ["code"]
    fieldsets = [
        (None, {"fields": ["code", "naam", "volgorde"]}),
        (
            "Wat en voor wie",
            {"fields": ["kort", "aanbod", "leeftijden", "leeftijd_van", "leeftijd_tot", "zwangerschap"]},
        ),
        ("Kiezen", {"fields": ["wanneer", "wanneer_niet"]}),
        ("Bereiken", {"fields": ["bereiken", "anoniem_overleg", "doorverwijzen", "bron"]}),
    ]

    def has_add_permission(self, request):
        return False


class ContactpuntInline(admin.StackedInline):
    model = Contactpunt
    form = BeheerForm
    extra = 0
    max_num = 4

    has_add_permission = has_view_permission = has_change_permission = has_delete_permission = (
        lambda self, request, obj=None: beheer.has_permission(request)
    )


@admin.register(Partner, site=beheer)
class PartnerBeheer(AllowListed):
    """Offices stop, they are not deleted; a contact point that no longer exists may go."""

    form = PartnerForm
    inlines = [ContactpuntInline]
    list_display = ["naam", "soort", "plaats", "nagekeken_op", "gestopt_op"]
    list_filter = ["soort"]
    list_select_related = ["soort", "plaats__gemeente"]
    search_fields = ["naam"]  # shows the box; what is typed is looked for as in the directory

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(**name_lookup(search_term)), False

    def save_model(self, request, obj, form, change):
        obj.versie += 1 if change else 0
        super().save_model(request, obj, form, change)


@admin.register(Leidraad, site=beheer)
class LeidraadBeheer(AllowListed):
    list_display = ["slug", "titel"]
    readonly_fields = ["slug"]

    def has_add_permission(self, request):
        return False
