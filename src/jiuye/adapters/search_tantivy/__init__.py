"""The search engine port on Tantivy: an index in files, read in process and written by one process."""

from jiuye.adapters.search_tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
