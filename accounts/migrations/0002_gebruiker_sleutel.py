from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("gebruiker", "sleutel", models.UUIDField(null=True, editable=False)),
    ]
