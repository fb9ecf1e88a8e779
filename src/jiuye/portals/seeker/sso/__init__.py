"""Sign-in from a partner's app with the electronic social security card, and the site's appearance inside the app."""
