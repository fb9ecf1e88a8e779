"""The outside world in one process: what the product talks to over HTTP, played for development and tests.

One folder a service: `sms` (gateway), `essc` (the electronic social security card as an OpenID provider), `authority` (the
ministry's records); `people` are those they know, `phone` what is in their hands, `control` makes the services misbehave.
Each is a Flask blueprint; `application.build` puts them together. It imports nothing of the product, and the product reaches it
only through its ports' adapters, like a real provider. What tests and scripts may do without pages: `essc.hooks`, `phone.apps`.
"""
