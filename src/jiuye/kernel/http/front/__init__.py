"""Receives requests without giving a slow sender anything that others need: an ASGI application in front of the WSGI one.

Headers are received by the server (hyper, in Granian), bodies here, by one event loop that waits for any number of senders
at once: within a deadline, up to the route's limit, into memory. Only a complete request takes one of the few threads that
run the site. `/livez` is answered by the loop.
"""

from jiuye.kernel.http.front.application import Front
from jiuye.kernel.http.front.bodies import Limits

__all__ = ["Front", "Limits"]
