"""The one lock under which a dossier is written."""

from accounts.transactions import held
from dossiers.models import Dossier


def lock(houder):
    """The dossier of `houder`, read afresh and locked until the end of the action: asked once, however often it is
    called. Rows that point to the dossier may be written meanwhile (`no_key`), so a reader's record never waits."""
    pk = houder.in_dossier().pk
    return held(Dossier, pk, lambda: Dossier.objects.select_for_update(no_key=True).get(pk=pk))


def afresh(row):
    """A row as it stands in the database now."""
    return type(row)._base_manager.get(pk=row.pk)


def forget_facts(dossier):
    """What was remembered on a dossier object (who may do what, who is who) is asked again: something was written."""
    for name in [name for name in dossier.__dict__ if name.startswith("_") and name != "_state"]:
        del dossier.__dict__[name]
