"""Account security: signed-in devices, step-up, the second factor, changing the phone number."""
