"""Simulated external services in one process, over HTTP, for development and tests.

One folder per service: `sms` (gateway), `essc` (the electronic social security card as an OpenID provider),
`authority` (the ministry's records); `people` are the persons they know, `phone` simulates a person's phone,
`control` makes the services misbehave. Each is a Flask blueprint; `application.build` puts them together. It imports
nothing of the product, and the product reaches it only through its ports' adapters, like a real provider. Interfaces
without pages, for tests and scripts: `essc.hooks`, `phone.apps`.
"""
