"""The organisation's qualification, the same in the agencies' and the employers' portal.

A portal creates its routes with `Desk(…).routes()`; its templates extend the portal's own layout, which `Desk` names.
"""
