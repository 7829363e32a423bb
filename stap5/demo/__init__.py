"""The demonstration: three invented casussen, typed in as a user would, and any number of dossiers made in bulk.

Everyone in it is invented. Phone numbers begin with 0400, a series that does not exist in Belgium.
"""
