"""Help becomes a referral of the dossier: what ran is `al betrokken`, what was asked waits to be sent."""

from django.db import migrations


def move(apps, schema_editor):
    Hulp = apps.get_model("stap5", "Hulp")
    Doorverwijzing = apps.get_model("partners", "Doorverwijzing")
    for row in Hulp.objects.select_related("plan").order_by("pk"):
        ran = row.stand == "loopt"
        status = "al_betrokken" if ran else "voorbereid"
        if row.gestopt_op:
            status = "afgerond" if ran else "ingetrokken"
        referral = Doorverwijzing.objects.create(
            sleutel=row.sleutel,
            versie=row.versie,
            created_at=row.created_at,
            created_by_id=row.created_by_id,
            gestopt_op=row.gestopt_op,
            gestopt_reden=row.gestopt_reden,
            dossier_id=row.plan.dossier_id,
            soort_id=row.soort_id,
            partner_naam=row.naam,
            vraag=row.waarvoor if ran else row.waarvoor or "(niet genoteerd)",
            hoe="" if ran else "brief",
            al_betrokken=ran,
            status=status,
            status_op=row.gestopt_op or row.sinds,
        )
        referral.voor.set(row.voor.all())


class Migration(migrations.Migration):
    dependencies = [("stap5", "0001_initial"), ("partners", "0003_doorverwijzing")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop, elidable=True)]
