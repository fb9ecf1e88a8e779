"""The map of the public pages for search engines (sitemaps.org, protocol 0.9)."""
