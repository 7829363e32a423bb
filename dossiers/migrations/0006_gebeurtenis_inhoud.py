from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_notitie_beheer"),
    ]

    operations = [
        migrations.AddField(
            model_name="gebeurtenis",
            name="inhoud",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
    ]
