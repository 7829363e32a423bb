from django.db import migrations, models
from django.db.models.functions import Replace


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_notitie_beheer"),
    ]

    operations = [
        migrations.AddField(
            model_name="betrokkene",
            name="zoekletters",
            field=models.GeneratedField(
                db_persist=True,
                expression=Replace("zoeknaam", models.Value(" ")),
                output_field=models.CharField(max_length=180),
            ),
        ),
    ]
