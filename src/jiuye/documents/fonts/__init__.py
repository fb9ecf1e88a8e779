"""Fonts for the letters of names that Noto Sans SC lacks: rare Han characters and the scripts of China's minorities.

Subsets of free fonts, made by `generate`; README.md names sources, versions and licences.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
