"""Text processing for search: folding, segmentation, highlighting. Pure functions, no business nouns."""

from jiuye.kernel.text.folding import fold, fold_with_origins, one_form
from jiuye.kernel.text.highlighting import Span, pieces, spans
from jiuye.kernel.text.segmentation import Segmenter, Term, Token, Word

__all__ = ["Segmenter", "Span", "Term", "Token", "Word", "fold", "fold_with_origins", "one_form", "pieces", "spans"]
