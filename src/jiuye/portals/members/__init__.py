"""The members page of the agencies' and the employers' portals, written once: a portal creates its routes with
`Members(…).routes()`.
"""

from jiuye.portals.members.routes import Members

__all__ = ["Members"]
