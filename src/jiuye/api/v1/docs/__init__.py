"""The API's documentation for people, from its OpenAPI document."""
