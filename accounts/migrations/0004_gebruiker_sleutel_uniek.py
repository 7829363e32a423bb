import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_gebruiker_sleutels")]

    operations = [
        migrations.AlterField(
            "gebruiker", "sleutel", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
        ),
    ]
