"""R1 and R2: the platform under kill -9 (`bench/faults.py`).

`site` runs it, `killer` kills its processes, `people`, `staff` and `programs` use it through `wire`, which writes the
`ledger`; `comparison` compares ledger and database afterwards. `broken/` has the variants that must be caught.
"""
