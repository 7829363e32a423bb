"""The plan as PDF."""


def render_dossier_pdf(data):
    raise NotImplementedError
