import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_herinneringen"),
        ("dossiers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="betrokkene",
            name="ook_gevolgd_door",
            field=models.CharField(blank=True, max_length=200, verbose_name="ook gevolgd door"),
        ),
        migrations.CreateModel(
            name="Vervanging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sleutel", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=accounts.clock.now, editable=False)),
                ("van", models.DateField(default=accounts.clock.today)),
                ("tot", models.DateField(verbose_name="tot en met")),
                ("reden", models.CharField(blank=True, max_length=300)),
                ("gestopt_op", models.DateField(blank=True, editable=False, null=True)),
                ("gestopt_reden", models.TextField(blank=True, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vervangt",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vervangen_door",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "vervangingen",
                "ordering": ["van", "id"],
            },
        ),
        migrations.AddField(
            model_name="deelname",
            name="vervanging",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deelnames",
                to="dossiers.vervanging",
            ),
        ),
        migrations.CreateModel(
            name="Overdracht",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sleutel", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("versie", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=accounts.clock.now, editable=False)),
                ("gestopt_op", models.DateField(blank=True, editable=False, null=True)),
                ("gestopt_reden", models.TextField(blank=True, editable=False)),
                ("reden", models.TextField()),
                ("boodschap", models.TextField(blank=True)),
                ("aanvaard_op", models.DateTimeField(editable=False, null=True)),
                ("geweigerd_op", models.DateTimeField(editable=False, null=True)),
                ("geweigerd_reden", models.TextField(blank=True, editable=False)),
                (
                    "aanvaard_door",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="overdrachten", to="dossiers.dossier"
                    ),
                ),
                (
                    "geweigerd_door",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "naar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overdrachten",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "naar_team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overdrachten",
                        to="accounts.team",
                    ),
                ),
                (
                    "nieuwe_eigenaar",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "van_team",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "voorstel tot overdracht",
                "verbose_name_plural": "voorstellen tot overdracht",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("aanvaard_op__isnull", True), ("gestopt_op__isnull", True), ("geweigerd_op__isnull", True)
                        ),
                        fields=("dossier",),
                        name="overdracht_een_wachtende",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("naar__isnull", True), ("naar_team__isnull", False)),
                            models.Q(("naar__isnull", False), ("naar_team__isnull", True)),
                            _connector="OR",
                        ),
                        name="overdracht_aan_collega_of_team",
                        violation_error_message="Kies een collega of een team, niet allebei.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("aanvaard_door__isnull", True),
                                ("aanvaard_op__isnull", True),
                                ("nieuwe_eigenaar__isnull", True),
                            ),
                            models.Q(
                                ("aanvaard_door__isnull", False),
                                ("aanvaard_op__isnull", False),
                                ("nieuwe_eigenaar__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="overdracht_aanvaard_volledig",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("geweigerd_door__isnull", True),
                                ("geweigerd_op__isnull", True),
                                ("geweigerd_reden", ""),
                            ),
                            models.Q(
                                ("geweigerd_door__isnull", False),
                                ("geweigerd_op__isnull", False),
                                models.Q(("geweigerd_reden", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="overdracht_geweigerd_met_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("aanvaard_op__isnull", True), ("geweigerd_op__isnull", True)),
                            models.Q(("aanvaard_op__isnull", True), ("gestopt_op__isnull", True)),
                            models.Q(("gestopt_op__isnull", True), ("geweigerd_op__isnull", True)),
                            _connector="OR",
                        ),
                        name="overdracht_een_antwoord",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gestopt_op__isnull", True), ("gestopt_reden", "")),
                            models.Q(("gestopt_op__isnull", False), models.Q(("gestopt_reden", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="overdracht_gestopt_met_reden",
                        violation_error_message="Geef een datum en een reden.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="vervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot__gte", models.F("van"))),
                name="vervanging_tot_na_van",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(("voor", models.F("door")), _negated=True), name="vervanging_door_iemand_anders"
            ),
        ),
        migrations.AddConstraint(
            model_name="vervanging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gestopt_op__isnull", True), ("gestopt_reden", "")),
                    models.Q(("gestopt_op__isnull", False), models.Q(("gestopt_reden", ""), _negated=True)),
                    _connector="OR",
                ),
                name="vervanging_gestopt_met_reden",
                violation_error_message="Geef een datum en een reden.",
            ),
        ),
    ]
