from django.db import migrations, models
from django.db.models.functions import Replace


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_antwoordlink"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="zoekletters",
            field=models.GeneratedField(
                db_persist=True,
                expression=Replace("zoeknaam", models.Value(" ")),
                output_field=models.CharField(max_length=200),
            ),
        ),
    ]
