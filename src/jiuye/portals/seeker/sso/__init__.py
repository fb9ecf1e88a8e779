"""Coming from a partner's app, already identified by the electronic social security card; and what the site looks like there."""
