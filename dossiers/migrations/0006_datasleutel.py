from django.db import migrations, models

import accounts.clock
import dossiers.models.datasleutel


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_notitie_beheer"),
    ]

    operations = [
        migrations.CreateModel(
            name="Datasleutel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "naam",
                    models.CharField(
                        default=dossiers.models.datasleutel.make_name, editable=False, max_length=8, unique=True
                    ),
                ),
                ("verpakt", models.TextField(editable=False)),
                ("created_at", models.DateTimeField(default=accounts.clock.now, editable=False)),
            ],
            options={
                "verbose_name_plural": "datasleutels",
                "ordering": ["id"],
            },
        ),
    ]
