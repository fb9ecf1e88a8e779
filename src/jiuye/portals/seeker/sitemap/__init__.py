"""The site map for search engines (sitemaps.org, protocol 0.9)."""
