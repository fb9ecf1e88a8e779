"""The outside world in one process: what the product talks to over HTTP, played for development and tests.

One folder a service (`sms`, `phone`, `control`), each a Flask blueprint; `application.build` puts them together.
It imports nothing of the product, and the product reaches it only through its ports' adapters, like a real provider.
"""
