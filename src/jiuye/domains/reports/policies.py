"""Who decides on reports."""

from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound

DECIDERS = frozenset({"auditor", "owner"})
MOST_A_DAY = 10
TEXT_LIMIT = 500
CONTACT_LIMIT = 60
ANSWER_LIMIT = 300


def may_decide(actor: Actor) -> None:
    """Raises `NotFound` for all but the platform's people, `Denied` for those whose duty is another."""
    if not actor.acts_for("platform"):
        raise NotFound
    if actor.role not in DECIDERS:
        raise Denied("处理举报由审核员负责，您的角色不能进行这项操作。")
