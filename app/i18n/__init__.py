"""Words, chosen last: languages, catalogs and the translator."""
