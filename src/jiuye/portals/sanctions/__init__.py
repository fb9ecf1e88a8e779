"""The page on which an agency, an employer or a person reads sanctions and appeals, written once: a portal creates its
routes with `Sanctions(…).routes()`.
"""

from jiuye.portals.sanctions.pages import Sanctions

__all__ = ["Sanctions"]
