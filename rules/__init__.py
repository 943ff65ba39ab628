"""Who may use which public service, with which paper: rules as data, verdicts as values."""
