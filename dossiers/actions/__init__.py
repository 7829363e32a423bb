"""Every write to a dossier. An action locks its dossier, checks, saves, and leaves its trace in one transaction."""

from dossiers.actions.dossier import close_dossier, open_dossier, reopen_dossier
from dossiers.actions.journaal import add_notitie, correct_notitie, erase_text, hide_notitie, report_change, tell
from dossiers.actions.lock import afresh, lock
from dossiers.actions.rijen import Conflict, change_row, create_row, record_fields, set_facts, stop_row, telling

__all__ = [
    "Conflict",
    "add_notitie",
    "afresh",
    "change_row",
    "close_dossier",
    "correct_notitie",
    "create_row",
    "erase_text",
    "hide_notitie",
    "lock",
    "open_dossier",
    "record_fields",
    "reopen_dossier",
    "report_change",
    "set_facts",
    "stop_row",
    "tell",
    "telling",
]
