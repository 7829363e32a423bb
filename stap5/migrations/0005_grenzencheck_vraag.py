from django.db import migrations

import dossiers.fields


class Migration(migrations.Migration):
    dependencies = [
        ("stap5", "0004_overleg_met"),
    ]

    operations = [
        migrations.AddField(
            model_name="grenzencheck",
            name="vraag",
            field=dossiers.fields.EncryptedTextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
