import uuid

from django.db import migrations


def give_sleutels(apps, schema_editor):
    """A default would give everybody the same one."""
    users = apps.get_model("accounts", "Gebruiker").objects.using(schema_editor.connection.alias)
    for pk in users.filter(sleutel__isnull=True).values_list("pk", flat=True):
        users.filter(pk=pk).update(sleutel=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_gebruiker_sleutel")]

    operations = [migrations.RunPython(give_sleutels, migrations.RunPython.noop)]
