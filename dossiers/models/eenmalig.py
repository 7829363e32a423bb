"""What a form did, kept with the one-time key it carried: sent again, it does nothing and gives the same answer."""

from django.db import models

from accounts import clock


class Eenmalig(models.Model):
    """`wie` sent the form: `gebruiker/<id>`, or `link/<sleutel>` of a partner without an account. `digest`: keyed, of
    the address and all that was sent. `antwoord`: {"adres", "berichten"} it led to; empty only while it is done."""

    sleutel = models.UUIDField()
    wie = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)
    antwoord = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name_plural = "eenmalige sleutels"
        constraints = [models.UniqueConstraint(fields=["wie", "sleutel"], name="eenmalig_uniek")]

    def __str__(self):
        return f"{self.wie} {self.sleutel}"
