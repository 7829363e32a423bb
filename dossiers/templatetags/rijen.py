"""What a page of rows needs: the acts upon each row with their addresses, and the panels of the apps above."""

from django import template

register = template.Library()


@register.filter
def handelingen_voor(rubriek, rij):
    """[(handeling, route name)] of the acts that `rubriek` offers upon this row."""
    return [
        (handeling, f"{rubriek.route}_{handeling.slug.replace('-', '_')}")
        for handeling in rubriek.handelingen
        if handeling.offered(rij)
    ]


@register.simple_tag(takes_context=True)
def paneel(context, naam, inhoud):
    """The template `naam` rendered with the page's context and, on top of it, the dict `inhoud`."""
    with context.push(**inhoud):
        return context.template.engine.get_template(naam).render(context)
